import ArgumentParser
import Foundation

/// The whole command line: `meedoen NOUN VERB`, and `check` and `submit`, which are used every day.
public struct MeedoenCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "meedoen",
    abstract: "Monitoring and evaluation of the integration of newcomers.",
    discussion: """
      Start here:
        meedoen check return.xlsx --model municipality      check a return, without sending anything
        meedoen new waterstad --model municipality          make a workspace
        meedoen submit return.xlsx --provider entree --period 2016-03
        meedoen study run plan.yml                          follow a cohort and write the report
      """,
    version: MeedoenVersion.text,
    subcommands: [
      CheckCommand.self, NewCommand.self, SubmitCommand.self, SubmissionsCommand.self, SubmissionCommand.self,
      DiffCommand.self, CycleCommand.self, RegisterCommand.self, LinkCommand.self, StudyCommand.self,
      ExportCommand.self,
      EstimateCommand.self, ModelCommand.self, SimulateCommand.self, ExplainCommand.self, AuditCommand.self,
      VaultCommand.self, PersonCommand.self, RetentionCommand.self, PrivacyCommand.self,
    ])

  public init() {}
}

/// The version of the program.
public enum MeedoenVersion {
  public static let number = "0.1.0"
  static var text: String { number }
}

/// Runs the command line with the arguments of the process; ends the process.
public func runCommandLine() -> Never {
  MeedoenCommand.main()
  exit(0)
}
