/// A data model as it was published: a folder of YAML files, read as it stands and not yet understood.
///
/// `records/*.yml` has the fields of each record, `categories/*.yml` the lists of codes, `validators.yml` and
/// `datatypes.yml` explain the words used, `workflow.yml` has the order of work. Each part keeps its place, so that what
/// is said about it later can point at it.
struct PublishedModel {
  var records: [PublishedRecord]
  var categories: [PublishedCategory]
  var types: [PublishedWord]
  var validators: [PublishedWord]
  var workflow: [PublishedStage]
  /// The file of the workflow and whether it gives colours.
  var workflowColour: DefinitionNode?
  var unknownSettings: [(name: String, place: DefinitionNode, record: String?, field: String?)]
}

struct PublishedRecord {
  let id: String
  let file: String
  let help: String?
  var fields: [PublishedField]
}

struct PublishedField {
  let id: String
  let place: DefinitionNode
  let name: String?
  let type: String
  let help: String?
  let helpPlace: DefinitionNode?
  let isKey: Bool
  let references: [(record: String, field: String, place: DefinitionNode)]
  let validators: [PublishedValidator]
  let status: String?
  let commentCount: Int

  func validator(_ name: String) -> PublishedValidator? { validators.first { $0.name == name } }
  /// Whether a validator that is on or off is on.
  func isOn(_ name: String) -> Bool { (try? validator(name)?.setting.trueOrFalse()) ?? false }
}

struct PublishedValidator {
  let name: String
  let place: DefinitionNode
  let setting: DefinitionNode
}

struct PublishedCategory {
  struct Item {
    let value: String
    let label: String?
    let place: DefinitionNode
    /// The source has blanks around the value that are no part of it.
    let hasBlanks: Bool
  }
  let id: String
  let file: String
  let items: [Item]
}

/// A word that the folder explains: a data type or a validator.
struct PublishedWord {
  let name: String
  let place: DefinitionNode
  let help: String?
}

struct PublishedStage {
  let name: String
  let records: [String]
  let stages: [PublishedStage]
}
