import ArgumentParser
import Primitives
import Registers
import Workspaces

struct AuditShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List the audit trail, the oldest entry first.",
    discussion: """
      Examples: meedoen audit show --last 20
                meedoen audit show --action person-exported --format json
                meedoen audit show --person 1001 --provider entree
      """)

  @Option(help: "Only the latest so many.")
  var last: Int?

  @Option(help: "Only this action, such as return-taken-in.")
  var action: AuditAction?

  @Option(help: "Only what this member of staff did.")
  var actor: String?

  @Option(help: "Only what is about this: the beginning of a fingerprint or of a mark.")
  var object: String?

  @Option(help: "Only what is about the person with this number. Needs the keys.")
  var person: String?

  @Option(help: "The provider that gave the number.")
  var provider: String?

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last is at least 1.") }
    if person != nil, provider == nil { throw ValidationError("Name the provider of the number with --provider.") }
  }

  func run() throws {
    var request = AuditRequest()
    request.action = action
    request.actor = actor
    request.object = object
    if let person, let provider { request.person = (person, provider) }
    request.last = last
    let wanted = request
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).auditTrail(wanted, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      if list.entries.isEmpty { return say(dutch ? "Er is niets opgeschreven." : "Nothing is written down.") }
      var table = TextTable([.right, .left, .left, .left, .left, .left])
      table.add(
        dutch ? "nr" : "no", dutch ? "wanneer (UTC)" : "when (UTC)", dutch ? "wie" : "who", dutch ? "wat" : "what",
        dutch ? "waarover" : "about", dutch ? "waarom" : "why")
      for entry in list.entries {
        let role = StaffRole(rawValue: entry.role).map { $0 == .unstated ? "" : " (\($0.title[language]))" } ?? ""
        table.add(
          "\(entry.sequence)", entry.at.replacing("T", with: " ").replacing("Z", with: ""),
          (entry.actor.isEmpty ? "–" : entry.actor) + role,
          AuditAction(rawValue: entry.action)?.title[language] ?? entry.action,
          (AuditSubject.Kind(rawValue: entry.kind)?.title[language] ?? entry.kind) + " \(shownObject(of: entry))",
          entry.reason ?? "")
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
    }
  }
}

/// Fingerprints and marks go by their beginning; what is in words is shown whole.
private func shownObject(of entry: AuditEntry) -> String {
  let isMark = entry.kind == AuditSubject.Kind.return.rawValue || entry.kind == AuditSubject.Kind.person.rawValue
  return isMark ? String(entry.object.prefix(16)) : entry.object
}

extension AuditAction: ExpressibleByArgument {}
