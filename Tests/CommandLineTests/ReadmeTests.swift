import Foundation
import TestSupport
import Testing

/// The walk of the README works as it is written.
@Suite struct ReadmeTests {
  @Test func theCommandsOfTheReadmeWorkInTheirOrder() throws {
    let text = try String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)
    let commands = shellCommands(of: text)
    #expect(commands.count >= 8, "the blocks of commands were not found")
    try withTemporaryFolder { folder in
      // What `make demo` leaves, with fewer people.
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("Examples"), withDestinationURL: repository.appendingPathComponent("Examples")
      )
      #expect(
        try Meedoen.run(
          "simulate", "municipality", "--persons", "200", "--seed", "2016", "--output", "demo/data", in: folder
        ).status == 0)
      for command in commands {
        let run = try Meedoen.run(arguments: command, in: folder)
        // 1 says that rows are held.
        #expect(run.status <= 1, "meedoen \(command.joined(separator: " ")): \(run.errors)")
      }
      let reports = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("demo/try/reports").path)
      #expect(reports.contains { $0.hasSuffix(".en.html") })
    }
  }

  /// The arguments of each line `meedoen …` in a block of shell commands; numbers of persons are made small.
  func shellCommands(of text: String) -> [[String]] {
    var commands: [[String]] = []
    var isShell = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh" || line == "```console"
      } else if isShell, line.hasPrefix("meedoen ") || line.hasPrefix("$ meedoen ") {
        var words = line.split(separator: " ").drop { $0 == "$" }.dropFirst().map(String.init)
        if let option = words.firstIndex(of: "--persons"), option + 1 < words.count { words[option + 1] = "200" }
        commands.append(words)
      }
    }
    return commands
  }
}
