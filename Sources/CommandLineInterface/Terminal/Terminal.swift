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

  /// The option as it is written behind a command that is named in a text; empty for the current folder.
  var argument: String {
    workspace == "." ? "" : " --workspace '\(workspace.replacingOccurrences(of: "'", with: "'\\''"))'"
  }
}

/// Writes a line to standard output.
///
/// When it cannot be written (a full disk, a pipe that was closed) the program ends with exit code 74: what it did is
/// kept, but nobody could be told.
func say(_ text: String = "") {
  do {
    try FileHandle.standardOutput.write(contentsOf: Data((harmless(text) + "\n").utf8))
  } catch {
    exit(74)
  }
}

/// Writes a line to standard error: notes and errors.
func note(_ text: String) {
  try? FileHandle.standardError.write(contentsOf: Data((harmless(text) + "\n").utf8))
}

/// Text whose control characters, except line breaks and tabs, are replaced: what a file holds must not steer a terminal.
func harmless(_ text: String) -> String {
  func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
  }
  guard text.unicodeScalars.contains(where: isControl) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
  return String(result)
}

/// Prints a value as JSON with stable keys.
func sayJSON(_ value: some Encodable) throws { say(try resultJSON(value)) }

/// An error as JSON.
struct Failure: Encodable {
  let schema = "meedoen-error/1"
  let code: String
  let exitCode: Int32
  let message: String
  /// What was done before it, when the command is `submit`.
  let returns: [SubmitResult]?
}

/// Tells an error in one to three lines, or as JSON; gives the exit code of its family to end the command with.
func told(_ error: WorkspaceError, _ options: OutputOptions, after returns: [SubmitResult]? = nil) throws -> ExitCode {
  let message = error.message[options.language]
  if options.format == .json {
    try sayJSON(Failure(code: error.code, exitCode: error.exitCode, message: message, returns: returns))
  } else {
    note("meedoen: \(error.code): \(message)")
  }
  return ExitCode(error.exitCode)
}

/// Runs a task; an error is told, and ends the command.
func run<Result>(_ options: OutputOptions, _ task: () throws(WorkspaceError) -> Result) throws -> Result {
  do throws(WorkspaceError) {
    return try task()
  } catch {
    throw try told(error, options)
  }
}

/// Ends a command with an exit code other than 0.
func finish(_ code: Int32) throws {
  if code != 0 { throw ExitCode(code) }
}
