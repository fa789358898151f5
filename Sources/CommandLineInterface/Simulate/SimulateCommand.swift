import ArgumentParser
import Foundation
import Primitives
import Workspaces

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract:
      "Write a synthetic programme with a known truth: monthly returns, the key of their errors, the true effect.",
    discussion: """
      Example: meedoen simulate municipality --persons 4000 --seed 2016 --output demo/data
      The same seed gives the same bytes. All people in it are invented.
      """)

  @Argument(help: "Which programme: municipality, rtof, or duplicates (people with two numbers).")
  var programme: SimulationRequest.Kind

  @Option(help: "How many people.")
  var persons: Int = 4000

  @Option(help: "The seed of the random numbers. Without it, one is chosen and told.")
  var seed: UInt64?

  @Option(help: "The share of rows with an error, from 0 to 0.5. Without it, the programme's own.")
  var errorRate: Double?

  @Option(name: .shortAndLong, help: "The folder to write into.")
  var output: String

  @OptionGroup var options: OutputOptions

  func run() throws {
    let seed = seed ?? UInt64.random(in: 1...999_999)
    let result = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      try simulate(
        SimulationRequest(
          kind: programme, persons: persons, seed: seed, errorRate: errorRate, folder: URL(fileURLWithPath: output)),
        progress: ProgressLine(format: options.progress).handler)
    }
    let language = options.language
    switch options.format {
    case .json: try sayJSON(result)
    case .text where programme == .duplicates:
      let (people, rows, pairs) = (
        language.number(result.people), language.number(result.rows), language.number(result.errors)
      )
      say(
        language == .dutch
          ? "\(people) verzonnen mensen, \(rows) keer ingeschreven: \(pairs) paren van één persoon (seed \(result.seed)).\n"
            + "Aanleveringen: \(output)/returns · model: \(output)/model.yml · alles: \(output)/people.csv · de waarheid: \(output)/truth.csv"
          : "\(people) invented people, entered \(rows) times: \(pairs) pairs of one person (seed \(result.seed)).\n"
            + "Returns: \(output)/returns · model: \(output)/model.yml · all: \(output)/people.csv · the truth: \(output)/truth.csv"
      )
    case .text:
      say(
        language == .dutch
          ? """
          \(language.number(result.people)) verzonnen mensen, \(language.number(result.returns)) aanleveringen, \(language.number(result.rows)) rijen, waarvan \(language.number(result.errors)) met een fout (seed \(result.seed)).
          Aanleveringen: \(output)/returns · fouten: \(output)/errors.csv · de waarheid: \(output)/truth.json
          """
          : """
          \(language.number(result.people)) invented people, \(language.number(result.returns)) returns, \(language.number(result.rows)) rows, of which \(language.number(result.errors)) with an error (seed \(result.seed)).
          Returns: \(output)/returns · errors: \(output)/errors.csv · the truth: \(output)/truth.json
          """)
    }
  }
}

extension SimulationRequest.Kind: ExpressibleByArgument {}
