import Foundation

/// submission-benchmarks list
/// submission-benchmarks generate FOLDER --rows N [--wrong PER_MILLION_CELLS] [--workbook]
/// submission-benchmarks run TASK FOLDER --rows N [--repetitions N]
///
/// Results are JSON on standard output, one object a line.
@main struct SubmissionBenchmarkCommand {
  private var words = Array(CommandLine.arguments.dropFirst())

  static func main() {
    var command = SubmissionBenchmarkCommand()
    do {
      try command.run()
    } catch {
      printJSON(["error": "\(error)"])
      exit(4)
    }
  }

  private mutating func option(_ name: String) -> Int? {
    guard let place = words.firstIndex(of: "--" + name), place + 1 < words.count, let value = Int(words[place + 1])
    else { return nil }
    words.removeSubrange(place...place + 1)
    return value
  }

  private mutating func run() throws {
    let rows = option("rows") ?? 1_000_000
    let repetitions = option("repetitions") ?? 3
    let wrong = option("wrong") ?? 1000
    switch words.first {
    case "list":
      for task in submissionTasks { print(task.name + "\t" + task.title) }
    case "generate":
      guard words.count > 1 else { stop("Name a folder.") }
      let people = try WideReturn(rows: rows, wrongPerMillion: wrong)
      if words.contains("--workbook") {
        try people.writeWorkbook(to: words[1] + "/wide-\(rows).xlsx")
      } else {
        try people.writeText(to: words[1] + "/wide-\(rows).csv")
        try people.writeSchema(to: words[1] + "/wide.schema.json")
      }
    case "run":
      guard words.count > 2, let task = submissionTasks.first(where: { $0.name == words[1] }) else {
        stop("Name one of: " + submissionTasks.map(\.name).joined(separator: " ") + ", and a folder.")
      }
      let work = try task.prepare(SubmissionTask.Setting(folder: words[2], rows: rows))
      var times: [Double] = []
      var outcome: SubmissionTask.Outcome?
      let clock = ContinuousClock()
      for _ in 0..<max(1, repetitions) {
        let spent = try clock.measure { outcome = try work() }
        times.append(Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18)
        if times[0] > 60 { break }
      }
      let checks = outcome?.checks ?? []
      printJSON([
        "task": task.name, "title": task.title, "seconds": times,
        "checks": Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0.value) }),
      ])
    default: stop("list, generate or run")
    }
  }
}

private func stop(_ message: String) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(64)
}

private func printJSON(_ object: [String: Any]) {
  let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
  print(data.map { String(decoding: $0, as: UTF8.self) } ?? "{}")
}
