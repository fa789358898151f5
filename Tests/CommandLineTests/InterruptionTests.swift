import Foundation
import Primitives
import TestSupport
import Testing

/// Submissions that are killed at any moment lose nothing and leave no half state.
@Suite struct InterruptionTests {
  @Test func killingFiftySubmissionsAtRandomLosesNothing() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data").path
      #expect(
        try Meedoen.run("simulate", "municipality", "--persons", "120", "--seed", "5", "--output", data).status == 0)
      let fresh = folder.appendingPathComponent("fresh")
      #expect(try Meedoen.run("new", fresh.path, "--model", "municipality", "--synthetic").status == 0)
      // Copies of one new workspace have the same keys, so their registers can be compared.
      let whole = folder.appendingPathComponent("whole")
      try FileManager.default.copyItem(at: fresh, to: whole)
      let start = ContinuousClock.now
      #expect(try Meedoen.run("submit", data + "/returns", "--workspace", whole.path).status == 1)
      let seconds =
        Double((ContinuousClock.now - start).components.attoseconds) * 1e-18
        + Double((ContinuousClock.now - start).components.seconds)
      let expected = try fingerprint(whole)

      var random = SeededGenerator(seed: 50)
      let killed = folder.appendingPathComponent("killed")
      var acknowledged: Set<String> = []
      var interruptions = 0
      while interruptions < 50 {
        if !FileManager.default.fileExists(atPath: killed.path) {
          try FileManager.default.copyItem(at: fresh, to: killed)
          acknowledged = []
        }
        let (process, output, _) = Meedoen.process(["submit", data + "/returns", "--workspace", killed.path])
        try process.run()
        usleep(UInt32(random.uniform() * min(seconds, 4) * 1e6 * 0.6))
        let wasRunning = process.isRunning
        kill(process.processIdentifier, SIGKILL)
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if wasRunning { interruptions += 1 }
        for line in lines.split(separator: "\n") where line.first?.isNumber == true && line.hasSuffix("held") == false {
          let words = line.split(separator: " ")
          if words.count > 3, words[0].count == 7 { acknowledged.insert("\(words[0]) \(words[1])") }
        }
        let kept = Set(try submissions(killed))
        #expect(acknowledged.isSubset(of: kept), "an acknowledged return is gone")
        #expect(try files(killed).filter { $0.hasSuffix("-journal") && !$0.hasPrefix(".") }.count <= 2)
        if kept.count == Set(try submissions(whole)).count {
          #expect(try fingerprint(killed) == expected)
          try FileManager.default.removeItem(at: killed)
        }
      }
      if FileManager.default.fileExists(atPath: killed.path) {
        _ = try Meedoen.run("submit", data + "/returns", "--workspace", killed.path)
        #expect(try fingerprint(killed) == expected)
      }
    }
  }

  func fingerprint(_ workspace: URL) throws -> String {
    let run = try Meedoen.run("register", "status", "--workspace", workspace.path, "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    return try run.json()["fingerprint"] as? String ?? "none"
  }

  func submissions(_ workspace: URL) throws -> [String] {
    let run = try Meedoen.run("submissions", "--workspace", workspace.path, "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    let returns = try run.json()["returns"] as? [[String: Any]] ?? []
    return returns.map { "\($0["period"] ?? "") \($0["provider"] ?? "")" }
  }

  func files(_ workspace: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.appendingPathComponent("store").path)
  }
}
