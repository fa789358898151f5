import DataModels
import Foundation
import Primitives
import Registers
import ShippedModels
import Submissions
import TableFiles

let registerTasks: [SubmissionTask] = [
  SubmissionTask(name: "register", title: "Ten returns into a register, the last once more, and the register read") {
    setting in
    { try RegisterRun(setting).outcome }
  },
  SubmissionTask(name: "register-returns", title: "Returns as files, for whole commands") { setting in
    {
      let people = setting.rows / CaseloadReturn.rowsPerPerson
      let folder = setting.folder + "/caseload-\(setting.rows)"
      try CaseloadReturn(people: 0..<people).write(to: folder + "/first")
      try CaseloadReturn(people: 0..<people, isShuffled: true).write(to: folder + "/shuffled")
      try CaseloadReturn(people: people..<2 * people).write(to: folder + "/second")
      return SubmissionTask.Outcome(checks: [])
    }
  },
]

/// A register that grows to so many rows by ten returns of one provider; each step is timed, what comes before it is not.
///
/// Timed of a return is all of `Register.append`: pseudonyms, sealed names and files, rows, what they change, findings,
/// audit entry, both files on the disk.
private struct RegisterRun {
  private let model: DataModel
  private let register: Register
  private let people: Int
  private var checks: [(name: String, value: Double)] = []

  var outcome: SubmissionTask.Outcome { SubmissionTask.Outcome(checks: checks) }

  private static let returns = 10

  init(_ setting: SubmissionTask.Setting) throws {
    model = try DataModel(
      yaml: ShippedModels.all.first { $0.name == "municipality" }!.yaml, file: "municipality.yml")
    let folder = URL(fileURLWithPath: setting.folder + "/register-\(setting.rows)")
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    register = try Register.create(in: folder, model: model)
    people = setting.rows / CaseloadReturn.rowsPerPerson / Self.returns
    try grow()
    try repeatLast()
    try correct()
    try read()
    let status = try register.status()
    checks.append(("stored rows", Double(status.records.reduce(0) { $0 + $1.storedRows })))
    checks.append(("bytes", Double(status.bytes)))
  }

  private mutating func grow() throws {
    for step in 0..<Self.returns {
      let sent = try reviewed(CaseloadReturn(people: step * people..<(step + 1) * people), about: step, on: 5)
      try time("append \(step + 1)", sent)
      checks.append(("memory \(step + 1)", Double(memory)))
    }
  }

  /// The last return again: the same bytes; and the same content in another order.
  private mutating func repeatLast() throws {
    let last = (Self.returns - 1) * people..<Self.returns * people
    try time("same bytes", try reviewed(CaseloadReturn(people: last), about: Self.returns - 1, on: 6))
    let start = ContinuousClock.now
    let sent = try reviewed(CaseloadReturn(people: last, isShuffled: true), about: Self.returns - 1, on: 7)
    checks.append(("read and review same content", seconds(since: start)))
    try time("same content", sent)
  }

  /// A tenth of the people of the first two returns put right, and one of the two returns withdrawn again.
  private mutating func correct() throws {
    for step in 0..<2 {
      let corrected = CaseloadReturn(people: step * people..<(step + 1) * people, correctedOneIn: 10)
      let sent = try reviewed(corrected, about: Self.returns - 1, on: 8 + step)
      try time("corrections \(step + 1)", sent)
      guard step == 1 else { continue }
      _ = try register.withdraw(
        sent.source.fingerprint, DecisionMaking(by: "benchmark", on: day(11), reason: .wrongFile))
    }
  }

  /// The register now, and as known before the corrections and the decision; in turn, so that both meet the same machine.
  private mutating func read() throws {
    var people = 0
    for round in 1...3 {
      var start = ContinuousClock.now
      people = try register.snapshot().people.count
      checks.append(("live \(round)", seconds(since: start)))
      start = ContinuousClock.now
      people += try register.snapshot(asKnownOn: day(7)).people.count
      checks.append(("as known on \(round)", seconds(since: start)))
    }
    checks.append(("people", Double(people / 2)))
  }

  private mutating func time(_ name: String, _ sent: AcceptedSubmission) throws {
    let start = ContinuousClock.now
    let receipt = try register.append(sent)
    checks.append((name, seconds(since: start)))
    checks.append((name + " rows", Double(receipt.records.reduce(0) { $0 + $1.rows })))
    checks.append((name + " unchanged", Double(receipt.records.reduce(0) { $0 + $1.unchanged })))
  }

  private func day(_ day: Int) -> CalendarDate { CalendarDate(year: 2018, month: Self.returns + 1, day: day)! }

  private func reviewed(_ sent: CaseloadReturn, about month: Int, on day: Int) throws -> AcceptedSubmission {
    let source = ProviderReturn(
      provider: "north", period: CalendarMonth(year: 2018, month: month + 1)!,
      receivedOn: CalendarDate(year: 2018, month: month + 2, day: day)!, files: sent.files)
    let reader = TableFileReader()
    let sheets = try source.files.flatMap { try reader.read($0.content, named: $0.name) }
    let occasion = ReviewOccasion(period: source.period, receivedOn: source.receivedOn)
    return model.review(sheets, on: occasion).accept(as: source)
  }

  private func seconds(since start: ContinuousClock.Instant) -> Double {
    let spent = ContinuousClock.now - start
    return Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18
  }

  /// What this process holds, in bytes; 0 where the system does not tell.
  private var memory: Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
    else { return 0 }
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
  }
}
