import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports
import SubmissionCycles
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
  public func submit(
    _ request: SubmitRequest, today: CalendarDate, language: Language, progress: ProgressHandler? = nil,
    aside: (LocalizedText) -> Void = { _ in }, each: (SubmitResult) -> Void
  ) throws(WorkspaceError) {
    let register = try register()
    let stored = try storeTask { () throws(RegisterError) in try register.returns() }
    let decisions = try storeTask { () throws(RegisterError) in try register.cycleDecisions() }
    let received = Dictionary(stored.map { ($0.fingerprint, $0.receivedOn) }) { first, _ in first }
    let pending = try pendingReturns(request, today: today, known: Set(stored.map(\.provider)), aside: aside)
    progress?(StageProgress(stage: "submitting", completed: 0, total: pending.count))
    for (index, item) in pending.enumerated() {
      let collection = try ReturnFiles.collect(item.paths)
      if let note = collection.note { aside(note) }
      let job = SubmitJob(
        request: request, register: register, received: received, cycle: decisions, language: language, aside: aside)
      each(try submit(item, collection.files, job))
      progress?(StageProgress(stage: "submitting", completed: index + 1, total: pending.count))
    }
  }

  private func submit(
    _ item: PendingReturn, _ urls: [URL], _ job: SubmitJob
  ) throws(WorkspaceError) -> SubmitResult {
    let isDryRun = request.isDryRun
    let (provider, period, receivedOn) = (item.provider, item.period, item.receivedOn)
    let files = try ReturnFiles.load(urls)
    let source = ProviderReturn(provider: provider, period: period, receivedOn: receivedOn, files: files)
    if let day = received[source.fingerprint], day <= receivedOn {
      if !isDryRun {
        try storeTask { () throws(RegisterError) in
          try register.note(
            .returnReceivedAgain, about: AuditSubject(.return, source.fingerprint.hex),
            by: request.stamp ?? .unnamed(on: receivedOn))
        }
      }
      if !request.returned.isEmpty {
        aside(
          LocalizedText(
            "This return was received before, so nothing was checked and no file was written. `meedoen check` writes them at any time.",
            nl:
              "Deze aanlevering is eerder ontvangen; er is niets gecontroleerd en geen bestand geschreven. `meedoen check` schrijft ze altijd."
          ))
      }
      return SubmitResult(
        provider: provider, period: period, receivedOn: day, fingerprint: source.fingerprint, dryRun: isDryRun,
        outcome: .receivedBefore, records: [], check: nil)
    }
    try checkTakenIn(item, decisions)
    let (sheets, unread) = try ReturnFiles.sheets(of: files)
    let numbers = model.personNumbers(in: sheets)
    let known = try storeTask { () throws(RegisterError) in
      try register.knownRecords(for: numbers, provider: provider, records: model.recordsThatRulesConsult)
    }
    let occasion = ReviewOccasion(
      period: period, receivedOn: receivedOn, unread: unread,
      repeated: try repeatedFiles(of: source, in: register))
    let review = model.review(sheets, known: known, on: occasion)
    let check = CheckResult(review, language: language, earlier: try earlierFindings(before: source, in: register))
    var result: SubmitResult
    if isDryRun {
      result = SubmitResult(
        provider: provider, period: period, receivedOn: receivedOn, fingerprint: source.fingerprint, dryRun: true,
        outcome: nil, records: [], check: check)
    } else {
      let receipt = try storeTask { () throws(RegisterError) in try register.append(review.accept(as: source)) }
      result = SubmitResult(
        provider: provider, period: period, receivedOn: receipt.receivedOn, fingerprint: receipt.fingerprint,
        dryRun: false, outcome: receipt.outcome, records: receipt.records, check: check)
    }
    if !request.returned.isEmpty {
      let writer = ReturnedFileWriter(
        request: request.returned, review: review, result: check, files: files, sheets: sheets, sources: urls,
        changes: result.changes(language))
      result.check?.written = try writer.write(aside: aside)
    }
    return result
  }
}

extension SubmitResult {
  /// What the return changed in the register, for a page; empty when it was only tried.
  func changes(_ language: Language) -> [ReturnPage.Fact] {
    guard !records.isEmpty else { return [] }
    func fact(_ english: String, _ dutch: String, _ count: Int) -> ReturnPage.Fact {
      ReturnPage.Fact(LocalizedText(english, nl: dutch)[language], language.number(count))
    }
    func sum(_ count: (SubmissionReceipt.Record) -> Int) -> Int { records.reduce(0) { $0 + count($1) } }
    return [
      fact("New rows", "Nieuwe rijen", sum(\.new)), fact("Changed rows", "Gewijzigde rijen", sum(\.changed)),
      fact("Unchanged rows", "Ongewijzigde rijen", sum(\.unchanged)),
      fact("Superseded by a later month", "Achterhaald door een latere maand", superseded),
      fact("Waiting for their person", "Wachten op hun persoon", waiting),
    ]
  }
}
