import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Submissions

/// What became of one return.
public struct SubmitResult: Encodable, Sendable {
  public let schema = "meedoen-submit/1"
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

  public init(
    paths: [String], provider: String? = nil, period: CalendarMonth? = nil, receivedOn: CalendarDate? = nil,
    isDryRun: Bool = false
  ) {
    self.paths = paths
    self.provider = provider
    self.period = period
    self.receivedOn = receivedOn
    self.isDryRun = isDryRun
  }
}

extension Workspace {
  /// Checks returns and takes their sound rows into the register, one after the other.
  ///
  /// Each return is taken in wholly or not at all, so an interrupted run can simply be run again.
  ///
  /// - Parameter each: told of every return as soon as it is done.
  public func submit(
    _ request: SubmitRequest, today: CalendarDate, language: Language, progress: ProgressHandler? = nil,
    each: (SubmitResult) -> Void
  ) throws(WorkspaceError) {
    let register = try register()
    guard !request.paths.isEmpty else { throw .nothingToRead }
    for path in request.paths where !FileManager.default.fileExists(atPath: path) { throw .fileNotFound(path) }
    let received = try storeTask { () throws(RegisterError) in
      Dictionary(try register.returns().map { ($0.fingerprint, $0.receivedOn) }) { first, _ in first }
    }
    let folders = try ReturnManifest.folders(below: request.paths)
    if folders.isEmpty {
      guard let provider = request.provider, let period = request.period else {
        throw .badReturn(
          folder: request.paths.joined(separator: ", "),
          reason: LocalizedText(
            "say who sent it and about which month: --provider NAME --period 2016-03 (or put a return.yml beside the files).",
            nl:
              "zeg wie het stuurde en over welke maand: --provider NAAM --period 2016-03 (of zet een return.yml bij de bestanden)."
          ))
      }
      each(
        try submit(
          try ReturnFiles.collect(request.paths), provider: provider, period: period,
          receivedOn: request.receivedOn ?? today, isDryRun: request.isDryRun, register, received, language))
      return
    }
    progress?(StageProgress(stage: "submitting", completed: 0, total: folders.count))
    for (index, (folder, manifest)) in folders.enumerated() {
      if let name = manifest.model, name != model.id { throw .otherModel(expected: name, found: model.id) }
      if manifest.isSynthetic, !settings.isSynthetic {
        throw .badReturn(
          folder: folder.path,
          reason: LocalizedText(
            "these people are invented, and this workspace is for real ones. Make a workspace with `meedoen new --synthetic`.",
            nl:
              "deze mensen zijn verzonnen, en deze werkmap is voor echte. Maak een werkmap met `meedoen new --synthetic`."
          ))
      }
      let result = try submit(
        try ReturnFiles.collect([folder.path]), provider: request.provider ?? manifest.provider,
        period: request.period ?? manifest.period, receivedOn: request.receivedOn ?? manifest.sentOn,
        isDryRun: request.isDryRun, register, received, language)
      each(result)
      progress?(StageProgress(stage: "submitting", completed: index + 1, total: folders.count))
    }
  }

  private func submit(
    _ files: [URL], provider: String, period: CalendarMonth, receivedOn: CalendarDate, isDryRun: Bool,
    _ register: Register, _ received: [Fingerprint: CalendarDate], _ language: Language
  ) throws(WorkspaceError) -> SubmitResult {
    let files = try ReturnFiles.load(files)
    let source = ProviderReturn(provider: provider, period: period, receivedOn: receivedOn, files: files)
    if let day = received[source.fingerprint], day <= receivedOn {
      return SubmitResult(
        provider: provider, period: period, receivedOn: day, fingerprint: source.fingerprint, dryRun: isDryRun,
        outcome: .receivedBefore, records: [], check: nil)
    }
    let sheets = try ReturnFiles.sheets(of: files)
    let numbers = model.personNumbers(in: sheets)
    let known = try storeTask { () throws(RegisterError) in
      try register.knownRecords(for: numbers, provider: provider, records: model.recordsThatRulesConsult)
    }
    let review = model.review(sheets, known: known)
    let check = CheckResult(review, language: language)
    if isDryRun {
      return SubmitResult(
        provider: provider, period: period, receivedOn: receivedOn, fingerprint: source.fingerprint, dryRun: true,
        outcome: nil, records: [], check: check)
    }
    let receipt = try storeTask { () throws(RegisterError) in try register.append(review.accept(as: source)) }
    return SubmitResult(
      provider: provider, period: period, receivedOn: receipt.receivedOn, fingerprint: receipt.fingerprint,
      dryRun: false, outcome: receipt.outcome, records: receipt.records, check: check)
  }
}
