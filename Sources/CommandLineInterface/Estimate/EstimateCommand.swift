import ArgumentParser
import Estimations
import Foundation
import Primitives

/// `meedoen estimate`: lists the methods, explains one, or runs one on a flat table.
///
/// Which options there are depends on the method, so they are read here and not by the argument parser.
struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Estimate with a statistical method on a flat table: CSV, Excel or SPSS. Lists the methods without one.",
    discussion: """
      Example: meedoen estimate kaplan-meier --data people.csv --time days --event work --group approach
      `meedoen estimate METHOD --help` explains the options of a method.
      Exit code: 0 when there is an estimate, 2 when the table cannot be used, 4 when no estimate is possible, 64 for wrong use.
      """)

  @Argument(parsing: .captureForPassthrough, help: "The method and its options.")
  var words: [String] = []

  func run() throws {
    let arguments: EstimateArguments
    var output = OutputOptions()
    do throws(EstimationError) {
      output = EstimateArguments.output(words)
      arguments = try EstimateArguments(words)
    } catch {
      throw try told(error, output)
    }
    do throws(EstimationError) {
      guard let name = arguments.method else {
        return try show(EstimateHelp.list(output.language), json: EstimateHelp.listJSON(output.language), output)
      }
      let method = try estimationMethod(named: name)
      guard !arguments.asksHelp else {
        return try show(
          EstimateHelp.help(of: method, output.language), json: EstimateHelp.json(of: method, output.language), output)
      }
      try estimate(method, arguments, output)
    } catch {
      throw try told(error, output)
    }
  }

  private func show(_ lines: [String], json: String, _ output: OutputOptions) throws(EstimationError) {
    say(output.format == .json ? json : lines.joined(separator: "\n"))
  }

  private func estimate(
    _ method: any EstimationMethod, _ arguments: EstimateArguments, _ output: OutputOptions
  ) throws(EstimationError) {
    onInterruption(
      say: LocalizedText("Stopped; nothing was written.", nl: "Gestopt; er is niets geschreven."), in: output.language)
    let table: EstimationTable
    if let data = arguments.common["data"] {
      table = try EstimationTable(
        contentsOf: URL(fileURLWithPath: data), sheet: arguments.common["sheet"], missing: arguments.missing)
    } else if method.takesNumbersAlone {
      table = .withoutColumns
    } else {
      throw .optionMissing(method: method.id, name: "data")
    }
    for remark in table.remarks { note(remark[output.language]) }
    let progress = ProgressLine(format: output.progress)
    let request = try EstimationRequest(
      method, table: table, settings: try arguments.settings(of: method), filter: arguments.common["where"],
      references: try arguments.references(), progress: progress.handler)
    let result: EstimationResult
    do throws(EstimationError) {
      result = try method.estimate(request)
    } catch {
      progress.clear()
      throw error
    }
    progress.clear()
    switch output.format {
    case .json: say(result.json(output.language))
    case .text:
      let longest = try arguments.longest()
      say(result.lines(output.language, longest: longest, width: EstimateHelp.width).joined(separator: "\n"))
    }
  }

  private func told(_ error: EstimationError, _ output: OutputOptions) throws -> ExitCode {
    let message = error.message[output.language]
    if output.format == .json {
      try sayJSON(Failure(code: error.code, exitCode: error.exitCode, message: message, returns: nil))
    } else {
      note(wrapped("meedoen: \(error.code): \(message)", width: EstimateHelp.width))
    }
    return ExitCode(error.exitCode)
  }
}
