import ArgumentParser
import Primitives
import Workspaces

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that nobody changed the audit trail, nor the register behind its back.",
    discussion: """
      Examples: meedoen audit verify
                meedoen audit verify --head 3f9a12c7d01e44b2
      Note the head that it prints somewhere else, and give it next time: then a trail that was made anew is found too.
      Exit code 0: sound. 1: something is not as it was written down.
      """)

  @Option(help: "A head that was noted down before, or its first 16 digits or more.")
  var head: String?

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if let head, head.count < 16 || head.count > 64 || !head.allSatisfy(\.isHexDigit) {
      throw ValidationError("“\(head)” is not a head: 16 to 64 hexadecimal digits.")
    }
  }

  func run() throws {
    let check = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).verifyAudit(noted: head, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(check)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      for problem in check.problems { say(problem.message[language]) }
      let entries =
        "\(language.number(check.entries)) "
        + (dutch ? (check.entries == 1 ? "regel" : "regels") : (check.entries == 1 ? "entry" : "entries"))
      let returns =
        "\(language.number(check.returns)) "
        + (dutch
          ? (check.returns == 1 ? "aanlevering" : "aanleveringen") : (check.returns == 1 ? "return" : "returns"))
      if check.isSound {
        say(dutch ? "Het spoor klopt: \(entries), \(returns)." : "The trail is sound: \(entries), \(returns).")
      } else {
        let count = check.problems.count
        say(
          dutch
            ? "Het spoor klopt niet: \(count) \(count == 1 ? "ding" : "dingen") in \(entries) en \(returns)."
            : "The trail is not sound: \(count) \(count == 1 ? "thing" : "things") in \(entries) and \(returns).")
      }
      if let head = check.head { say((dutch ? "Kop: " : "Head: ") + head) }
    }
    try finish(check.isSound ? 0 : 1)
  }
}
