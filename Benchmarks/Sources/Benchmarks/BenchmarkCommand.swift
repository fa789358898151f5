import Foundation

/// benchmarks list
/// benchmarks machine
/// benchmarks generate FOLDER [--rows N] [--persons N] [--sample N]
/// benchmarks run TASK [--rows N] [--persons N] [--sample N] [--draws N] [--repetitions N]
///
/// Results are JSON on standard output, one object a line.
@main struct BenchmarkCommand {
  private var words = Array(CommandLine.arguments.dropFirst())

  static func main() {
    var command = BenchmarkCommand()
    command.run()
  }

  private mutating func option(_ name: String) -> Int? {
    guard let place = words.firstIndex(of: "--" + name), place + 1 < words.count, let value = Int(words[place + 1])
    else { return nil }
    words.removeSubrange(place...place + 1)
    return value
  }

  private mutating func run() {
    var sizes = BenchmarkTask.Sizes()
    sizes.rows = option("rows") ?? sizes.rows
    sizes.persons = option("persons") ?? sizes.persons
    sizes.sample = option("sample") ?? sizes.sample
    sizes.draws = option("draws") ?? sizes.draws
    let repetitions = option("repetitions") ?? 3
    switch words.first {
    case "list":
      for task in benchmarkTasks { print(task.name + "\t" + task.title) }
    case "machine":
      let limits = MachineLimits.measured()
      printJSON(["bandwidth": limits.bandwidth, "flops": limits.flops, "cores": limits.cores])
    case "generate":
      guard words.count > 1 else { stop("Name a folder.") }
      Register(rows: sizes.rows).write(to: words[1] + "/register.csv")
      Register(rows: sizes.sample).write(to: words[1] + "/sample.csv")
      MonthlyPanel(persons: sizes.persons).write(to: words[1] + "/panel.csv")
    case "run":
      guard words.count > 1, let task = benchmarkTasks.first(where: { $0.name == words[1] }) else {
        stop("Name one of: " + benchmarkTasks.map(\.name).joined(separator: " "))
      }
      do {
        let empty = PeakMemory.now
        let prepared = try task.prepare(sizes)
        let before = PeakMemory.now
        var times: [Double] = []
        var outcome: BenchmarkTask.Outcome?
        PeakMemory.reset()
        for _ in 0..<max(1, repetitions) {
          times.append(try seconds { outcome = try prepared.run() })
          if times.count == 1, times[0] > 60 { break }
        }
        guard let outcome else { stop("nothing was computed") }
        printJSON([
          "task": task.name, "title": task.title, "seconds": times, "held": prepared.held, "input": prepared.input,
          "empty": empty, "before": before,
          "peak": PeakMemory.peak, "bytes": outcome.bytes, "flops": outcome.flops,
          "checks": Dictionary(uniqueKeysWithValues: outcome.checks.map { ($0.name, $0.value) }),
        ])
      } catch {
        printJSON(["task": task.name, "error": "\(error)"])
        exit(4)
      }
    default: stop("list, machine, generate or run")
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
