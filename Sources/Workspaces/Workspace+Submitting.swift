import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports
import Studies
import Submissions

/// What became of one return.
public struct SubmitResult: Encodable, Sendable {
  public let schema = "meedoen-submitted-return/1"
  public let provider: String
  public let period: CalendarMonth
  public let receivedOn: CalendarDate
  public let fingerprint: Fingerprint
  /// Whether it was only tried: nothing was kept.
  public let dryRun: Bool
  /// What the register did with it; null when it was only tried.
  public let outcome: SubmissionReceipt.Outcome?
  public let records: [SubmissionReceipt.Record]
  /// The review; null when the same return was received before.
  public var check: CheckResult?
  /// What it changes; of several returns only those that were tried, or could not be taken in because of another.
  public var comparison: ComparisonResult? = nil
  /// What it does to studies; only when it was tried with plans.
  public var effects: [StudyEffect] = []
  /// The provider's latest return about the month, to base this one on (`--based-on`).
  public var latest: Fingerprint? = nil
  /// The return that somebody else sent in the meantime, so that this one was not taken in; null when there is none.
  public var conflict: Fingerprint? = nil
  /// The day on which the same return was withdrawn; it does not count.
  public var withdrawnOn: CalendarDate? = nil
  /// How many people it has whom the provider said to have entered in error, so that they do not count.
  public var peopleSetAside = 0
  /// How many people of the return before it are no longer in it, and nobody said why yet.
  public var peopleToAskAbout = 0
  /// Whether it holds everything about the month, or a part that is laid over that.
  public var extent = SubmissionExtent.whole

  public var waiting: Int { records.reduce(0) { $0 + $1.waiting } }
  public var superseded: Int { records.reduce(0) { $0 + $1.superseded } }
}

/// Returns to submit: files of one provider and month, or folders with a `return.yml` each.
public struct SubmitRequest: Sendable {
  public var paths: [String]
  public var provider: String?
  public var period: CalendarMonth?
  /// The day of receipt; without one the day of the manifest, or today.
  public var receivedOn: CalendarDate?
  public var isDryRun: Bool
  /// Whether a provider that was never seen is meant, though its name is like a known one.
  public var acceptsNewProvider: Bool
  /// Who submits, for the audit trail.
  public var stamp: AuditStamp?
  /// Files to write about the return, for its sender: of one return only.
  public var returned = ReturnedFiles()
  /// Study plans whose results are shown without and with the return, when it is only tried.
  public var effectPlans: [String] = []
  /// What the sender knew to be the latest return about the month: the beginning of a fingerprint, or `nothing`.
  public var basedOn: String?
  /// Who answers for the returns; nil for nobody yet.
  public var signedBy: String?
  /// Whether people in the comparison are named by their numbers too.
  public var showsNumbers = false
  /// Whether the return holds some rows only, to be laid over the whole return about the month.
  public var isPart = false
  /// The order of day and month in dates that do not show it; nil when nobody says.
  public var dates: DateOrder?

  public init(
    paths: [String], provider: String? = nil, period: CalendarMonth? = nil, receivedOn: CalendarDate? = nil,
    isDryRun: Bool = false, acceptsNewProvider: Bool = false, stamp: AuditStamp? = nil
  ) {
    self.paths = paths
    self.provider = provider
    self.period = period
    self.receivedOn = receivedOn
    self.isDryRun = isDryRun
    self.acceptsNewProvider = acceptsNewProvider
    self.stamp = stamp
  }
}

extension Workspace {
  /// Checks returns and takes their sound rows into the register, one after the other.
  ///
  /// What the returns say of themselves (provider, month, day) is looked at before the first is taken in. Each return is
  /// taken in wholly or not at all, so an interrupted run can simply be run again.
  ///
  /// - Parameters:
  ///   - aside: told of files that are not read.
  ///   - each: told of every return as soon as it is done, those before an error too.
  ///   - codeVersion: the version of the program, for the origin of results.
  public func submit(
    _ request: SubmitRequest, today: CalendarDate, language: Language, codeVersion: String = "",
    progress: ProgressHandler? = nil,
    aside: (LocalizedText) -> Void = { _ in }, each: (SubmitResult) -> Void
  ) throws(WorkspaceError) {
    let register = try register()
    let stored = try storeTask { () throws(RegisterError) in try register.returns(includingWithdrawn: true) }
    var plans: [StudyPlan] = []
    for path in request.effectPlans { plans.append(try readPlan(URL(fileURLWithPath: path), model: model)) }
    let job = SubmitJob(
      request: request, register: register,
      received: Dictionary(stored.map { ($0.fingerprint, $0) }) { first, _ in first }, plans: plans,
      basis: try request.basedOn.map { (text) throws(WorkspaceError) in try self.basis(text, register) }
        ?? (request.provider == nil ? nil : .newest),
      language: language, codeVersion: codeVersion)
    let pending = try pendingReturns(request, today: today, known: Set(stored.map(\.provider)), aside: aside)
    progress?(StageProgress(stage: "submitting", completed: 0, total: pending.count))
    var opened: [Fingerprint: Register] = [:]
    // Whether they may be sent is known before the first is taken in, like everything else about them.
    var stamps: [AuditStamp?] = []
    for item in pending {
      let stamp = request.stamp ?? .unnamed(on: today)
      stamps.append(settings.people.isEmpty ? nil : try allow(.sendReturns, by: stamp, provider: item.provider))
      if let name = request.signedBy { try allow(.signReturns, by: .named(name, on: today), provider: item.provider) }
    }
    for (index, item) in pending.enumerated() {
      let collection = try ReturnFiles.collect(item.paths)
      if let note = collection.note { aside(note) }
      let version = versions.model(for: item.period)
      var own = job
      if version.fingerprint != model.fingerprint {
        if opened[version.fingerprint] == nil { opened[version.fingerprint] = try self.register(for: item.period) }
        own.register = opened[version.fingerprint]!
      }
      own.request.stamp = stamps[index] ?? request.stamp
      each(try submit(item, collection.files, own, isOnly: pending.count == 1, aside))
      progress?(StageProgress(stage: "submitting", completed: index + 1, total: pending.count))
    }
  }

  private func submit(
    _ item: PendingReturn, _ urls: [URL], _ job: SubmitJob, isOnly: Bool, _ aside: (LocalizedText) -> Void
  ) throws(WorkspaceError) -> SubmitResult {
    let (register, language, request) = (job.register, job.language, job.request)
    // What is in force for its month, however late it is.
    let model = register.model
    let files = try ReturnFiles.load(urls)
    let source = ProviderReturn(
      provider: item.provider, period: item.period, receivedOn: item.receivedOn, files: files,
      isDeclaredPart: item.isPart, dates: item.dates)
    if let known = job.received[source.fingerprint], known.receivedOn <= item.receivedOn {
      return try receivedBefore(source, known, job, aside)
    }
    try checkTakenIn(item, register, request.stamp)
    let (sheets, unread) = try ReturnFiles.sheets(of: files)
    let numbers = model.personNumbers(in: sheets)
    let known = try storeTask { () throws(RegisterError) in
      try register.knownRecords(for: numbers, provider: source.provider, records: model.recordsThatRulesConsult)
    }
    let occasion = ReviewOccasion(
      period: source.period, receivedOn: source.receivedOn, unread: unread,
      repeated: try repeatedFiles(of: source, in: register), dates: item.dates,
      contract: contract(of: source.provider))
    var review = model.review(sheets, known: known, on: occasion)
    var noted: [Finding] = []
    let standing = try standingReview(of: review, source, in: register)
    var result = try takeIn(review.accept(as: source), job) { (place) throws(RegisterError) in
      noted = try standing?.findings(in: place) ?? []
      return noted
    }
    review = review.adding(noted)
    review.statuses = try storeTask { () throws(RegisterError) in
      try register.statuses(of: review.findings, provider: source.provider, period: source.period)
    }
    let confirmed = try storeTask { () throws(RegisterError) in
      try register.confirmations(of: review.findings, provider: source.provider)
    }
    var check = CheckResult(
      review, language: language, earlier: try earlierFindings(before: source, in: register),
      confirmed: confirmed.mapValues { DecisionItem($0) }, isKnown: true)
    check.dates = item.dates
    result.check = check
    if isOnly, result.outcome == .added { try addChanges(to: &result, register) }
    if !request.returned.isEmpty {
      let writer = ReturnedFileWriter(
        request: request.returned, review: review, result: check, files: files, sheets: sheets, sources: urls,
        changes: request.returned.page == nil ? nil : try returnChanges(result, job), steps: result.pageSteps(language))
      result.check?.written = try writer.write(aside: aside)
    }
    return result
  }

  /// The same return again: nothing changes.
  private func receivedBefore(
    _ source: ProviderReturn, _ known: StoredReturn, _ job: SubmitJob, _ aside: (LocalizedText) -> Void
  ) throws(WorkspaceError) -> SubmitResult {
    if !job.request.isDryRun {
      try storeTask { () throws(RegisterError) in
        try job.register.note(
          .returnReceivedAgain, about: AuditSubject(.return, source.fingerprint.hex),
          by: job.request.stamp ?? .unnamed(on: source.receivedOn))
      }
    }
    if !job.request.returned.isEmpty {
      aside(
        LocalizedText(
          "This return was received before, so nothing was checked and no file was written. `meedoen check` writes them at any time.",
          nl:
            "Deze aanlevering is eerder ontvangen; er is niets gecontroleerd en geen bestand geschreven. `meedoen check` schrijft ze altijd."
        ))
    }
    var result = SubmitResult(
      provider: source.provider, period: source.period, receivedOn: known.receivedOn, fingerprint: source.fingerprint,
      dryRun: job.request.isDryRun, outcome: .receivedBefore, records: [], check: nil)
    result.extent = known.extent
    result.withdrawnOn = known.withdrawnOn
    return result
  }

  /// Takes a reviewed return in, or shows what that would change.
  private func takeIn(
    _ accepted: AcceptedSubmission, _ job: SubmitJob,
    noting: @escaping (ReturnInPlace) throws(RegisterError) -> [Finding]
  ) throws(WorkspaceError) -> SubmitResult {
    let source = accepted.source
    var tried = SubmitResult(
      provider: source.provider, period: source.period, receivedOn: source.receivedOn,
      fingerprint: source.fingerprint, dryRun: job.request.isDryRun, outcome: nil, records: [], check: nil)
    tried.extent = accepted.extent
    if job.request.isDryRun {
      try preview(accepted, &tried, job, noting: noting)
      return tried
    }
    let receipt: SubmissionReceipt
    do throws(RegisterError) {
      receipt = try job.register.append(accepted, basedOn: job.basis, by: job.request.stamp, noting: noting)
    } catch .otherBasis(_, _, _, let found) {
      tried.conflict = found
      try preview(accepted, &tried, job, noting: noting)
      return tried
    } catch {
      throw .storeNotUsable(error)
    }
    var taken = SubmitResult(
      provider: source.provider, period: source.period, receivedOn: receipt.receivedOn,
      fingerprint: receipt.fingerprint, dryRun: false, outcome: receipt.outcome, records: receipt.records,
      check: nil)
    taken.latest = receipt.fingerprint
    taken.extent = accepted.extent
    try storeTask { () throws(RegisterError) in
      taken.peopleSetAside = try job.register.peopleSetAside(in: receipt.fingerprint).count
      if let name = job.request.signedBy {
        try job.register.sign(
          receipt.fingerprint, DecisionMaking(by: name, on: source.receivedOn, stamp: job.request.stamp))
      }
    }
    return taken
  }

  /// What a return that was taken in changed, and who is to be asked about.
  private func addChanges(to result: inout SubmitResult, _ register: Register) throws(WorkspaceError) {
    let fingerprint = result.fingerprint
    let found = try storeTask { () throws(RegisterError) in try register.comparison(of: fingerprint) }
    result.comparison = ComparisonResult(
      found.comparison, fingerprint: fingerprint, previous: found.previous, showsRows: false)
    guard !found.comparison.absentPeople.isEmpty else { return }
    result.peopleToAskAbout = try storeTask { () throws(RegisterError) in
      try register.absences(in: fingerprint).count { $0.isOpen }
    }
  }

  /// Shows what a return would change, and do to studies.
  private func preview(
    _ accepted: AcceptedSubmission, _ result: inout SubmitResult, _ job: SubmitJob,
    noting: @escaping (ReturnInPlace) throws(RegisterError) -> [Finding]
  ) throws(WorkspaceError) {
    let preview = try storeTask { () throws(RegisterError) in
      try job.register.preview(accepted, withSnapshots: !job.plans.isEmpty, readAs: model, noting: noting)
    }
    result.comparison = ComparisonResult(
      preview.comparison, fingerprint: nil, previous: preview.previous,
      numbers: job.request.showsNumbers
        ? try numbers(
          of: preview.comparison, job.register, for: "submit --numbers",
          by: job.request.stamp ?? .unnamed(on: accepted.source.receivedOn), provider: accepted.source.provider) : [:])
    result.latest = preview.latest
    guard let snapshots = preview.snapshots else { return }
    result.effects = job.plans.map {
      effect(of: snapshots, on: $0, codeVersion: job.codeVersion, language: job.language)
    }
  }

  /// What a page tells of the changes, with the numbers of missing people where they were asked for.
  private func returnChanges(_ result: SubmitResult, _ job: SubmitJob) throws(WorkspaceError) -> ReturnPage.Changes {
    var comparison = result.comparison
    if comparison == nil {
      let found = try storeTask { () throws(RegisterError) in try job.register.comparison(of: result.fingerprint) }
      comparison = ComparisonResult(found.comparison, fingerprint: result.fingerprint, previous: found.previous)
    }
    var numbers: [String: String] = [:]
    if job.request.showsNumbers {
      try storeTask { () throws(RegisterError) in
        for person in comparison!.absentPeople {
          numbers[person] = try job.register.identity(of: person)?.value.shown()
        }
      }
    }
    return result.pageChanges(comparison!, numbers: numbers, job.language)
  }

  private func basis(_ text: String, _ register: Register) throws(WorkspaceError) -> ReturnBasis {
    text == "nothing" ? .nothing : .latest(try returnFingerprint(text, register))
  }
}

/// What is the same for every return of one command.
struct SubmitJob {
  var request: SubmitRequest
  /// In the terms of the version that is in force for the month of the return at hand.
  var register: Register
  let received: [Fingerprint: StoredReturn]
  let plans: [StudyPlan]
  let basis: ReturnBasis?
  let language: Language
  let codeVersion: String
}
