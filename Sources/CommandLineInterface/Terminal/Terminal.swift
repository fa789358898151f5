import ArgumentParser
import Foundation
import Primitives
import Workspaces

/// How every command prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

enum ProgressFormat: String, ExpressibleByArgument, CaseIterable {
  /// A bar on a terminal, nothing otherwise.
  case auto
  /// One JSON object a line, on standard error.
  case json
  case none
}

enum LanguageOption: String, ExpressibleByArgument, CaseIterable {
  case en, nl

  var language: Language { self == .nl ? .dutch : .english }
}

/// Options that every command has.
struct OutputOptions: ParsableArguments {
  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  @Option(help: "Language: en or nl. Without it, the language of the system.")
  var lang: LanguageOption?

  @Option(help: "Progress on standard error: auto, json or none.")
  var progress: ProgressFormat = .auto

  var language: Language {
    if let lang { return lang.language }
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    return locale.hasPrefix("nl") ? .dutch : .english
  }
}

/// The option that names the workspace.
struct WorkspaceOption: ParsableArguments {
  @Option(name: .shortAndLong, help: "The folder of the workspace. Without it, the current folder.")
  var workspace: String = "."

  var url: URL { URL(fileURLWithPath: workspace) }
}

/// Writes a line to standard output.
func say(_ text: String = "") { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

/// Writes a line to standard error: notes and errors.
func note(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Prints a value as JSON with stable keys.
func sayJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  let data = try encoder.encode(value)
  say(String(decoding: data, as: UTF8.self))
}

/// An error as JSON.
private struct Failure: Encodable {
  let schema = "meedoen-error/1"
  let exitCode: Int32
  let message: String
}

/// Runs a task; an error is told in one to three lines, and ends the command with the exit code of its family.
func run<Result>(_ options: OutputOptions, _ task: () throws(WorkspaceError) -> Result) throws -> Result {
  do throws(WorkspaceError) {
    return try task()
  } catch {
    if options.format == .json {
      try sayJSON(Failure(exitCode: error.exitCode, message: error.message[options.language]))
    } else {
      note("meedoen: " + error.message[options.language])
    }
    throw ExitCode(error.exitCode)
  }
}

/// Ends a command with an exit code other than 0.
func finish(_ code: Int32) throws {
  if code != 0 { throw ExitCode(code) }
}
