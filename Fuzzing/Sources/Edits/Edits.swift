import Foundation
import Submissions

/// Makes random edits of sound returns and prints what does not hold: `Edits FIRST COUNT`, or `Edits SEED` for one.
@main
struct Edits {
  static func main() {
    let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    guard let first = numbers.first else {
      print("Usage: Edits FIRST COUNT")
      exit(2)
    }
    let count = numbers.count > 1 ? numbers[1] : 1
    let start = ContinuousClock.now
    var failures = 0
    var byKind: [String: Int] = [:]
    var findings = 0
    var slowest = (seed: first, time: Duration.zero)
    for seed in first..<first + count {
      let began = ContinuousClock.now
      let trial = EditTrial(seed: seed)
      let time = ContinuousClock.now - began
      if time > slowest.time { slowest = (seed, time) }
      byKind["\(trial.edit.kind) \(trial.edit.form)", default: 0] += 1
      findings += trial.review.findings.count
      if let report = trial.report {
        failures += 1
        print(report)
      }
      if time > .seconds(10) {
        failures += 1
        print("seed \(seed) took \(time)")
      }
    }
    if count == 1 { print(EditTrial(seed: first).review.findings.map { "\($0.code.rawValue) \($0.place)" }) }
    print("\(count) edits of \(byKind.count) kinds and forms, \(findings) findings, \(failures) that do not hold.")
    print("It took \(ContinuousClock.now - start); the slowest was seed \(slowest.seed) with \(slowest.time).")
    exit(failures == 0 ? 0 : 1)
  }
}
