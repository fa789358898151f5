import ArgumentParser
import Primitives
import Registers
import Workspaces

struct PersonEraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Erase one person from the register, the vault and the received files.",
    discussion: """
      Example: meedoen person erase --number 1001 --provider entree --yes \\
                 --as 'Ada Bakker' --role administrator --reason 'request of 12 March'
      This cannot be undone. What stays is a mark without a name, so that later returns cannot bring the person back.
      With “erasure: statistical” in meedoen.yml, values that point to nobody are kept for statistics.
      Backups are not reached: erase again after putting one back.
      """)

  @OptionGroup var person: PersonOptions

  @Flag(help: "It is meant: erase.")
  var yes = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    try staff.requireReason()
    if !yes { throw ValidationError("This cannot be undone. Add --yes when it is meant.") }
  }

  func run() throws {
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).erasePerson(
        person.number, provider: person.provider, on: .today, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(result)
    case .text:
      let dutch = output.language == .dutch
      let erasure = result.erasure
      if erasure.outcome == .erasedBefore {
        say(dutch ? "Deze persoon was al gewist." : "This person was erased before.")
      } else {
        say(dutch ? "Gewist." : "Erased.")
      }
      var table = TextTable([.left, .right])
      table.add(dutch ? "rijen in het register" : "rows in the register", "\(erasure.rows)")
      table.add(dutch ? "waarden in de kluis" : "values in the vault", "\(erasure.identities)")
      table.add(dutch ? "ontvangen bestanden" : "received files", "\(erasure.filesRedacted + erasure.filesDropped)")
      table.add(dutch ? "rijen daarin" : "rows in these", "\(erasure.fileRows)")
      table.add(dutch ? "bevindingen" : "findings", "\(erasure.findings)")
      say(table.lines().joined(separator: "\n"))
      if erasure.filesDropped > 0 {
        say(
          dutch
            ? "\(erasure.filesDropped) daarvan waren niet zonder deze persoon te schrijven en zijn geheel verwijderd."
            : "\(erasure.filesDropped) of these could not be written without this person, and were removed as a whole.")
      }
      if erasure.residue == .statistical {
        say(
          dutch
            ? "Voor de statistiek zijn waarden bewaard die naar niemand wijzen."
            : "Values that point to nobody are kept for statistics.")
      }
      say((dutch ? "Merk in het auditspoor: " : "Mark in the audit trail: ") + erasure.mark)
    }
  }
}
