import ArgumentParser
import Primitives
import Registers
import Workspaces

struct VaultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vault", abstract: "The vault: names, numbers and received files, sealed.",
    subcommands: [VaultRotateCommand.self])
}

struct VaultRotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Seal everything in the vault with a new key, and throw the old key away.",
    discussion: """
      Example: meedoen vault rotate --as 'Ada Bakker' --role administrator --reason 'yearly change'
      It can be stopped at any moment; run it again to go on. Keep a copy of the old key for as long as you keep backups
      that were made with it.
      """)

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws { try staff.requireReason() }

  func run() throws {
    let bar = ProgressLine(format: output.progress)
    onInterruption(
      say: LocalizedText(
        "meedoen: stopped. The vault opens with the old and the new key; run the same command again to go on.",
        nl:
          "meedoen: gestopt. De kluis gaat open met de oude en de nieuwe sleutel; voer hetzelfde commando opnieuw uit."),
      in: output.language)
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).changeVaultKey(by: staff.stamp, progress: bar.handler)
    }
    bar.clear()
    switch output.format {
    case .json: try sayJSON(result)
    case .text:
      let language = output.language
      let (values, files) = (language.number(result.change.identities), language.number(result.change.files))
      let isOne = result.change.files == 1
      say(
        language == .dutch
          ? """
          \(result.change.wasResumed ? "Verder gegaan waar het was gestopt. " : "")De kluis heeft een nieuwe sleutel: \
          \(values) waarden en \(files) \(isOne ? "bestand" : "bestanden") opnieuw verzegeld.
          Bewaar een kopie van store/keys op een andere, veilige plek.
          """
          : """
          \(result.change.wasResumed ? "Went on where it had stopped. " : "")The vault has a new key: \(values) values \
          and \(files) \(isOne ? "file" : "files") sealed anew.
          Keep a copy of store/keys in another, safe place.
          """)
    }
  }
}
