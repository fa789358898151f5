import ArgumentParser
import DataModels
import Primitives
import Workspaces

struct ModelAdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Put a new version of the model in force for returns from a month on.",
    discussion: """
      Examples: meedoen model adopt rtof-2026-2.yml --from 2026-11
                meedoen model adopt rtof-2026-2.yml --from 2026-11 --yes --reason 'decided on 3 October' \\
                  --as 'Ada Bakker' --role administrator
      Without --yes it only shows what is different and what becomes of stored rows; the exit code is then 1. Nothing that
      is stored is changed: it is read in the new version's terms. Returns about earlier months, late or corrected, are
      still checked against the version of their month.
      """)

  @Argument(help: "The new version: a file, a name, or a published folder.")
  var file: String

  @Option(help: "The first month about which returns are checked against it, such as 2026-11.", transform: month)
  var from: CalendarMonth

  @Flag(help: "It is meant: adopt it.")
  var yes = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if yes { try staff.requireReason() }
  }

  func run() throws {
    let adoption = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url, adopting: true).adoptModel(
        file, from: from, on: .today, adopts: yes, language: output.language, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(adoption)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      say(ModelDifferenceText(report: adoption.difference).changes.joined(separator: "\n"))
      say()
      if adoption.returnsUnderOlder > 0 {
        let count = language.number(adoption.returnsUnderOlder)
        say(
          dutch
            ? "Al opgenomen over \(from.iso) of later, onder een oudere versie: \(count). Ze blijven zoals ze zijn."
            : "Already taken in about \(from.iso) or later, under an older version: \(count). They stay as they are.")
      }
      let version = adoption.difference.to
      if adoption.isAdopted {
        say(
          dutch
            ? "Versie \(version) geldt voor aanleveringen vanaf \(from.iso). Eerdere maanden houden hun versie; wat is opgeslagen, wordt gelezen als versie \(version)."
            : "Version \(version) is in force for returns from \(from.iso). Earlier months keep their version; what is stored is read as version \(version)."
        )
      } else {
        say(
          dutch
            ? "Er is niets veranderd. Voer versie \(version) in met --yes en --reason."
            : "Nothing was changed. Adopt version \(version) with --yes and --reason.")
      }
    }
    try finish(adoption.isAdopted ? 0 : 1)
  }
}

struct ModelVersionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions", abstract: "Which version of the workspace's model is in force for which months.",
    discussion: "Example: meedoen model versions --workspace waterstad")

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).modelVersions()
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      var table = TextTable([.left, .left, .left, .right, .left, .left, .left])
      table.add(
        dutch ? "versie" : "version", dutch ? "vanaf" : "from", dutch ? "tot en met" : "until",
        dutch ? "aanleveringen" : "returns", dutch ? "ingevoerd" : "adopted", dutch ? "door" : "by",
        dutch ? "waarom" : "why")
      for version in list.versions {
        table.add(
          version.version, version.from?.iso ?? (dutch ? "het begin" : "the beginning"),
          version.isInForce ? version.until?.iso ?? "–" : (dutch ? "geldt niet meer" : "not in force"),
          language.number(version.returns), version.adoptedOn?.iso ?? "–", version.by ?? "–", version.reason ?? "")
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
      say(
        dutch
          ? "Alles wat is opgeslagen, wordt gelezen als versie \(list.current)."
          : "Everything stored is read as version \(list.current).")
    }
  }
}
