import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// A table as a user has it: a file on disk.
func table(_ text: String, named name: String = "people.csv", missing: [String] = []) throws -> EstimationTable {
  try withTemporaryFolder { folder in
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return try EstimationTable(contentsOf: url, missing: missing)
  }
}

/// Runs a method as the command does.
func estimate(
  _ method: String, _ table: EstimationTable, _ settings: [String: String], filter: String? = nil,
  references: [String: String] = [:]
) throws -> EstimationResult {
  let method = try estimationMethod(named: method)
  return try method.estimate(
    EstimationRequest(method, table: table, settings: settings, filter: filter, references: references))
}

/// A method for tests of the frame: gives back what it read.
struct Probe: EstimationMethod {
  let id = "probe"
  let title = LocalizedText("Probe", nl: "Proef")
  let summary = LocalizedText("Reads options.", nl: "Leest opties.")
  let page = "KaplanMeier"
  let example = ""
  let options: [EstimationOption] = [
    EstimationOption("formula", .formula, "A model.", nl: "Een model."),
    EstimationOption("terms", .terms, "Terms.", nl: "Termen."),
    EstimationOption("x", .column, "A column.", nl: "Een kolom."),
    EstimationOption("yes", .column, "Yes or no.", nl: "Ja of nee."),
    EstimationOption("kept", .column, "A column with gaps.", nl: "Een kolom met gaten.", keepsMissing: true),
    EstimationOption("group", .category, "Groups.", nl: "Groepen."),
    EstimationOption("ratio", .whole(1...9), "A ratio.", nl: "Een verhouding.", standard: "1"),
    EstimationOption("rho", .number(.zeroOrMore), "A power.", nl: "Een macht."),
    EstimationOption("fast", .flag, "Fast.", nl: "Snel."),
    EstimationOption(
      "ties", .choice([EstimationChoice("efron", "a", nl: "a"), EstimationChoice("breslow", "b", nl: "b")]), "Ties.",
      nl: "Gelijke."),
    .errors, .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult { request.result() }
}

func request(
  _ table: EstimationTable, _ settings: [String: String], filter: String? = nil, references: [String: String] = [:]
) throws -> EstimationRequest {
  try EstimationRequest(Probe(), table: table, settings: settings, filter: filter, references: references)
}

/// The code and the English message of what is thrown.
func refusal(_ body: () throws -> Void) -> (code: String, message: String) {
  do {
    try body()
    return ("", "")
  } catch let error as EstimationError {
    return (error.code, error.message.english)
  } catch {
    return ("?", "\(error)")
  }
}
