import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
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
  public let check: CheckResult?
  /// What it changes; only when it was tried, or could not be taken in because of another.
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
  /// Study plans whose results are shown without and with the return, when it is only tried.
  public var effectPlans: [String] = []
  /// What the sender knew to be the latest return about the month: the beginning of a fingerprint, or `nothing`.
  public var basedOn: String?
  /// Who answers for the returns; nil for nobody yet.
  public var signedBy: String?
  /// Whether people in the comparison are named by their numbers too.
  public var showsNumbers = false

  public init(
    paths: [String], provider: String? = nil, period: CalendarMonth? = nil, receivedOn: CalendarDate? = nil,
    isDryRun: Bool = false, acceptsNewProvider: Bool = false
  ) {
    self.paths = paths
    self.provider = provider
    self.period = period
    self.receivedOn = receivedOn
    self.isDryRun = isDryRun
    self.acceptsNewProvider = acceptsNewProvider
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
    let received = Dictionary(stored.map { ($0.fingerprint, $0) }) { first, _ in first }
    var plans: [StudyPlan] = []
    for path in request.effectPlans { plans.append(try readPlan(URL(fileURLWithPath: path), model: model)) }
    let basis = try request.basedOn.map { (text) throws(WorkspaceError) in try self.basis(text, register) }
    let pending = try pendingReturns(request, today: today, known: Set(stored.map(\.provider)), aside: aside)
    progress?(StageProgress(stage: "submitting", completed: 0, total: pending.count))
    for (index, item) in pending.enumerated() {
      let collection = try ReturnFiles.collect(item.paths)
      if let note = collection.note { aside(note) }
      let job = SubmitJob(
        request: request, register: register, received: received, plans: plans, basis: basis, language: language,
        codeVersion: codeVersion)
      each(try submit(item, collection.files, job))
      progress?(StageProgress(stage: "submitting", completed: index + 1, total: pending.count))
    }
  }

  private func submit(
    _ item: PendingReturn, _ files: [URL], _ job: SubmitJob
  ) throws(WorkspaceError) -> SubmitResult {
    let (provider, period, receivedOn) = (item.provider, item.period, item.receivedOn)
    let (register, language, isDryRun) = (job.register, job.language, job.request.isDryRun)
    let files = try ReturnFiles.load(files)
    let source = ProviderReturn(provider: provider, period: period, receivedOn: receivedOn, files: files)
    if let known = job.received[source.fingerprint], known.receivedOn <= receivedOn {
      var result = SubmitResult(
        provider: provider, period: period, receivedOn: known.receivedOn, fingerprint: source.fingerprint,
        dryRun: isDryRun, outcome: .receivedBefore, records: [], check: nil)
      result.withdrawnOn = known.withdrawnOn
      return result
    }
    let sheets = try ReturnFiles.sheets(of: files)
    let numbers = model.personNumbers(in: sheets)
    let known = try storeTask { () throws(RegisterError) in
      try register.knownRecords(for: numbers, provider: provider, records: model.recordsThatRulesConsult)
    }
    let review = model.review(sheets, known: known)
    let confirmed = try storeTask { () throws(RegisterError) in
      try register.confirmations(of: review.findings, provider: provider)
    }
    let check = CheckResult(review, language: language, confirmed: confirmed.mapValues { DecisionItem($0) })
    var result = SubmitResult(
      provider: provider, period: period, receivedOn: receivedOn, fingerprint: source.fingerprint, dryRun: isDryRun,
      outcome: nil, records: [], check: check)
    let accepted = review.accept(as: source)
    if isDryRun {
      try preview(accepted, &result, job)
      return result
    }
    let receipt: SubmissionReceipt
    do throws(RegisterError) {
      receipt = try register.append(accepted, basedOn: job.basis)
    } catch .otherBasis(_, _, _, let found) {
      result.conflict = found
      try preview(accepted, &result, job)
      return result
    } catch {
      throw .storeNotUsable(error)
    }
    var taken = SubmitResult(
      provider: provider, period: period, receivedOn: receipt.receivedOn, fingerprint: receipt.fingerprint,
      dryRun: false, outcome: receipt.outcome, records: receipt.records, check: check)
    taken.latest = receipt.fingerprint
    try storeTask { () throws(RegisterError) in
      taken.peopleSetAside = try register.peopleSetAside(in: receipt.fingerprint).count
      if let name = job.request.signedBy {
        try register.sign(receipt.fingerprint, DecisionMaking(by: name, on: receivedOn))
      }
    }
    return taken
  }

  /// Shows what a return would change, and do to studies.
  private func preview(
    _ accepted: AcceptedSubmission, _ result: inout SubmitResult, _ job: SubmitJob
  ) throws(WorkspaceError) {
    let preview = try storeTask { () throws(RegisterError) in
      try job.register.preview(accepted, withSnapshots: !job.plans.isEmpty)
    }
    result.comparison = ComparisonResult(
      preview.comparison, fingerprint: nil, previous: preview.previous,
      numbers: job.request.showsNumbers ? try numbers(of: preview.comparison, job.register) : [:])
    result.latest = preview.latest
    guard let snapshots = preview.snapshots else { return }
    result.effects = job.plans.map {
      effect(of: snapshots, on: $0, codeVersion: job.codeVersion, language: job.language)
    }
  }

  private func basis(_ text: String, _ register: Register) throws(WorkspaceError) -> ReturnBasis {
    text == "nothing" ? .nothing : .latest(try returnFingerprint(text, register))
  }
}

/// What is the same for every return of one command.
private struct SubmitJob {
  let request: SubmitRequest
  let register: Register
  let received: [Fingerprint: StoredReturn]
  let plans: [StudyPlan]
  let basis: ReturnBasis?
  let language: Language
  let codeVersion: String
}
