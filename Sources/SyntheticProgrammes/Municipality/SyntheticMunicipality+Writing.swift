import Dispatch
import Foundation
import Primitives
import Synchronization
import TableFiles

extension SyntheticMunicipality {
  /// What was written.
  public struct Summary: Codable, Hashable, Sendable {
    public var people: Int
    public var returns: Int
    public var rows: Int
    /// The errors that were put in.
    public var errors: Int
    /// Right rows that a rule asks to confirm.
    public var confirmations: Int
  }

  /// Writes the returns, the key of the errors, the truth and a README into a folder, which is made when needed.
  ///
  /// The months are written side by side; the files do not depend on how many at a time. Progress counts months.
  /// - Throws: ``SyntheticProgrammeError``, `TableFileError`, or `CancellationError` when the task was cancelled.
  @discardableResult
  public func write(to folder: URL, progress: ProgressHandler? = nil) throws -> Summary {
    try check()
    let returns = folder.appendingPathComponent("returns")
    if FileManager.default.fileExists(atPath: returns.path) {
      throw SyntheticProgrammeError.folderInUse(name: folder.lastPathComponent)
    }
    progress?(StageProgress(stage: "inventing", completed: 0, total: persons))
    let population = population()
    let truth = truth(of: population)
    let composer = composer(for: population)
    progress?(StageProgress(stage: "inventing", completed: persons, total: persons))

    try save(Data(TruthDocument(truth: truth).json.utf8), to: folder, "truth.json")
    try save(Data(TruthDocument(truth: truth).markdown.utf8), to: folder, "truth.md")
    let all: [WrittenMonth]
    do {
      all = try writeMonths(composer, to: returns, progress)
    } catch {
      // A part of a programme looks like a whole one.
      try? FileManager.default.removeItem(at: returns)
      throw error
    }
    let key = all.flatMap(\.key)
    try save(
      CSVWriter().data(headers: ErrorKeyRow.headers, rows: key.map(\.cells)), to: folder, "errors.csv")
    let summary = Summary(
      people: population.count, returns: all.reduce(0) { $0 + $1.returns }, rows: all.reduce(0) { $0 + $1.rows },
      errors: all.reduce(0) { $0 + $1.errors }, confirmations: key.count { $0.kind == ErrorKeyRow.workBeforeSettlement }
    )
    try save(Data(TruthDocument(truth: truth).readme(summary).utf8), to: folder, "README.md")
    return summary
  }

  /// Refuses settings that make no programme.
  public func check() throws(SyntheticProgrammeError) {
    try SettingsCheck.people("persons", persons, below: 900_000)
    try SettingsCheck.months("inflowUntil", from: from, inflowUntil: inflowUntil, until: until)
    try SettingsCheck.rates(error: errorRate, correction: correctionRate)
    try SettingsCheck.effect(effect, [effect, effect + effectDifferenceForWomen])
    for share in intensiveShares.values { try SettingsCheck.share("intensiveShares", share) }
  }

  func composer(for population: [SyntheticPerson]) -> ReturnComposer {
    let last = until.lastDay
    let managers = CaseManagerAssignment(people: population, seed: seed, until: last)
    let files = population.enumerated().map { index, person in
      CaseFile(
        person: person, course: LifeCourse(of: person, seed: seed, until: last),
        managers: managers.spells[index].asKnown(on: person.lastSeen(until: last)))
    }
    let schedule = ReturnSchedule(files: files, from: from, until: until, seed: seed)
    return ReturnComposer(files: files, schedule: schedule, municipality: self)
  }

  private struct WrittenMonth: Sendable {
    var returns = 0
    var rows = 0
    var errors = 0
    var key: [ErrorKeyRow] = []
  }

  /// Writes the months in blocks, those of a block side by side.
  private func writeMonths(
    _ composer: ReturnComposer, to folder: URL, _ progress: ProgressHandler?
  ) throws -> [WrittenMonth] {
    let count = composer.schedule.drafts.count
    let days = DayTexts(from: from.adding(months: -24).firstDay, to: until.adding(months: 1).lastDay)
    let width = max(4, ProcessInfo.processInfo.activeProcessorCount)
    var all: [WrittenMonth] = []
    progress?(StageProgress(stage: "writing", completed: 0, total: count))
    while all.count < count {
      try Task.checkCancellation()
      let first = all.count
      let block = min(width, count - first)
      let results = Mutex([Result<WrittenMonth, any Error>?](repeating: nil, count: block))
      DispatchQueue.concurrentPerform(iterations: block) { offset in
        let result = Result { try write(first + offset, composer, days, to: folder) }
        results.withLock { $0[offset] = result }
      }
      for result in results.withLock({ $0 }) { all.append(try result!.get()) }
      progress?(StageProgress(stage: "writing", completed: all.count, total: count))
    }
    return all
  }

  /// Writes the returns about one month.
  private func write(
    _ place: Int, _ composer: ReturnComposer, _ days: DayTexts, to folder: URL
  ) throws -> WrittenMonth {
    let month = from.adding(months: place)
    var result = WrittenMonth()
    for sender in Sender.allCases {
      let rows = composer.rows(month: place, sender: sender)
      guard !rows.isEmpty else { continue }
      let name = "\(month.iso)/\(sender.id)"
      let target = folder.appendingPathComponent(month.iso).appendingPathComponent(sender.id)
      for file in try ReturnFiles(month: month, rows: rows, days: days).files(of: sender) {
        try save(file.content, to: target, file.name)
        result.rows += file.places.count
        result.key += ErrorKeyRow.rows(of: file, in: name, composer, place)
      }
      try save(Data(description(of: sender, month).utf8), to: target, "return.yml")
      result.returns += 1
      for list in rows.values {
        result.errors += Set(list.filter { $0.error != nil }.map(\.draft)).count
      }
    }
    return result
  }

  /// Most returns come before the fourteenth of the next month and some do not.
  private func description(of sender: Sender, _ month: CalendarMonth) -> String {
    var draws = SeededGenerator(
      seed: seed, stream: UInt64(bitPattern: Int64(month.index)) &* 8 &+ UInt64(sender.rawValue))
    let day =
      draws.chance(0.07)
      ? draws.integer(in: 15...26) : draws.integer(in: [3...10, 5...13, 8...14][sender.rawValue])
    let sent = month.adding(months: 1).firstDay.adding(days: day - 1)
    return """
      meedoen: return/1
      provider: \(sender.id)
      period: \(month.iso)
      sent-on: \(sent.iso)
      model: municipality
      synthetic: yes

      """
  }

  private func save(_ data: Data, to folder: URL, _ name: String) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try data.write(to: folder.appendingPathComponent(name))
    } catch {
      throw SyntheticProgrammeError.notWritable(file: name)
    }
  }
}
