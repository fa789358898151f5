import DataModels
import Foundation
import Primitives
import Registers
import Tables

/// What is different between two versions of a model, in one language.
public struct ModelDifferenceReport: Encodable, Sendable {
  public struct Change: Encodable, Sendable {
    public let place: String
    public let what: String
    public let effect: ModelChange.Effect
    /// How many stored rows do not fit the newer version here; null when no register was looked at, or none can be said.
    public let stored: Int?
  }

  public let schema = "meedoen-model-diff/1"
  public let model: String
  public let from: String
  public let to: String
  public let language: Language
  /// Whether a register of the older version can be opened with the newer one.
  public let canBeOpened: Bool
  public let changes: [Change]
}

/// Compares two versions of a model; counts what that does to the rows of a workspace when one is given.
public func compareModels(
  _ old: DataModel, _ new: DataModel, stored workspace: Workspace?, language: Language
) throws(WorkspaceError) -> ModelDifferenceReport {
  let difference = ModelDifference(from: old, to: new)
  let snapshot: RegisterSnapshot? =
    if let workspace {
      try storeTask { () throws(RegisterError) in
        try Register.openForReading(in: workspace.store, model: workspace.model).snapshot()
      }
    } else { nil }
  return ModelDifferenceReport(
    model: new.id, from: old.version, to: new.version, language: language, canBeOpened: !difference.isRefused,
    changes: difference.changes.map { change in
      ModelDifferenceReport.Change(
        place: change.place, what: change.what[language], effect: change.effect,
        stored: snapshot.flatMap { StoredMisfits(snapshot: $0, new: new).count(at: change) })
    })
}

/// Counts stored rows that do not fit a newer version of their model.
private struct StoredMisfits {
  let snapshot: RegisterSnapshot
  let new: DataModel

  /// Rows at the place of a change; nil where a count says nothing.
  func count(at change: ModelChange) -> Int? {
    switch change.effect {
    case .none, .wider, .refused: return nil
    case .narrower, .mapped, .kept, .hidden: break
    }
    if let slash = change.place.firstIndex(of: "/") {
      let (list, code) = (String(change.place[..<slash]), String(change.place[change.place.index(after: slash)...]))
      return rows { field, value in
        guard field.type.codeList == list else { return false }
        switch value {
        case .text(let text): return text == code
        case .list(let items): return items.contains(code)
        default: return false
        }
      }
    }
    let parts = change.place.split(separator: ".").map(String.init)
    if change.effect == .mapped { return parts.count == 2 ? readFromOthers(parts[0], parts[1]) : nil }
    guard parts.count == 2, let record = snapshot.model.index(ofRecord: parts[0]),
      let index = snapshot.model.records[record].index(of: parts[1])
    else { return nil }
    let table = snapshot.records[record].table
    if change.effect == .hidden { return (0..<table.rowCount).count { !table.columns[index][$0].isMissing } }
    guard let field = new.record(parts[0])?.field(parts[1]) else { return nil }
    return (0..<table.rowCount).count { !fits(table.columns[index][$0], field) }
  }

  /// Rows with a value in a field that a newer one is read from.
  private func readFromOthers(_ id: String, _ field: String) -> Int? {
    guard let place = snapshot.model.index(ofRecord: id), let new = new.record(id)?.field(field) else { return nil }
    let sources = new.replaces.compactMap { snapshot.model.records[place].index(of: $0.field) }
    let table = snapshot.records[place].table
    return (0..<table.rowCount).count { row in sources.contains { !table.columns[$0][row].isMissing } }
  }

  private func rows(where isMeant: (Field, Value) -> Bool) -> Int {
    zip(snapshot.model.records, snapshot.records).reduce(0) { sum, pair in
      let (record, rows) = pair
      return sum
        + record.fields.indices.reduce(0) { inner, index in
          guard record.fields[index].type.codeList != nil else { return inner }
          return inner
            + (0..<rows.table.rowCount).count { isMeant(record.fields[index], rows.table.columns[index][$0]) }
        }
    }
  }

  /// Whether a stored value keeps to what a field asks of one value alone.
  private func fits(_ value: Value, _ field: Field) -> Bool {
    if value.isMissing { return !field.isRequired }
    if field.privacy.isIdentifying { return true }
    // A column keeps years as whole numbers.
    var comparable = value
    if case .integer(let year) = value, field.type == .year { comparable = .year(year) }
    if field.range?.contains(comparable) == false { return false }
    switch value {
    case .text(let text):
      if let length = field.maximumLength, text.count > length { return false }
      if let format = field.format, !format.matches(text) { return false }
      if let list = field.type.codeList.flatMap(new.codeList) {
        return list.contains(text) || list.replaces[text] != nil
      }
    case .list(let items):
      if let least = field.minimumItems, Set(items).count < least { return false }
      if let list = field.type.codeList.flatMap(new.codeList) {
        return items.allSatisfy { list.contains($0) || list.replaces[$0] != nil }
      }
    default: break
    }
    return true
  }
}
