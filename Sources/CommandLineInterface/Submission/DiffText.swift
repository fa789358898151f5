import Primitives
import Submissions
import Workspaces

/// What a return changes, as people read it: totals, records, then rows with their cells.
struct DiffText {
  let result: ComparisonResult
  let language: Language
  let showsAll: Bool
  private let shown = 20

  init(result: ComparisonResult, language: Language, showsAll: Bool) {
    self.result = result
    self.language = language
    self.showsAll = showsAll
  }

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
  private func rows(_ count: Int) -> String {
    "\(language.number(count)) " + (count == 1 ? pick("row", "rij") : pick("rows", "rijen"))
  }
  private func people(_ count: Int) -> String {
    "\(language.number(count)) " + (count == 1 ? pick("person", "persoon") : pick("people", "mensen"))
  }

  var text: String {
    var lines = [summary]
    if result.saysTheSame {
      lines.append(
        pick(
          "No data changes: it says the same as the return before it.",
          "Geen wijzigingen in gegevens: zij zegt hetzelfde als de aanlevering ervoor."))
    } else if result.noChanges {
      lines.append(pick("Nothing that is known changes.", "Er verandert niets aan wat bekend is."))
    }
    if result.records.contains(where: { $0.added + $0.changed + $0.removed + $0.held > 0 }) {
      var table = TextTable([.left, .right, .right, .right, .right])
      table.add(
        "record", pick("new", "nieuw"), pick("changed", "gewijzigd"), pick("unchanged", "ongewijzigd"),
        pick("no longer sent", "niet meer gestuurd"))
      for record in result.records {
        table.add(
          record.record, language.number(record.added), language.number(record.changed),
          language.number(record.unchanged), language.number(record.removed))
      }
      lines += table.lines()
    }
    let told = result.rows.filter { $0.change != .added } + result.rows.filter { $0.change == .added }
    for row in showsAll ? told[...] : told.prefix(shown) { lines += describe(row) }
    if !showsAll, told.count > shown {
      lines.append(
        pick(
          "  (showing \(shown) of \(language.number(told.count)); --all shows every row)",
          "  (\(shown) van \(language.number(told.count)); --all toont elke rij)"))
    }
    return lines.joined(separator: "\n")
  }

  /// The counts in one line.
  var summary: String {
    var parts = [
      "\(rows(result.added)) \(pick("new", "nieuw"))",
      "\(rows(result.changed)) \(pick("changed", "gewijzigd"))"
        + (result.changed > 0
          ? " (\(language.number(result.changedCells)) \(result.changedCells == 1 ? pick("cell", "cel") : pick("cells", "cellen")))"
          : ""),
      "\(rows(result.unchanged)) \(pick("unchanged", "ongewijzigd"))",
    ]
    if result.removed > 0 {
      parts.append("\(rows(result.removed)) \(pick("no longer sent", "niet meer gestuurd"))")
    }
    if result.held > 0 { parts.append("\(rows(result.held)) \(pick("sent, but held", "gestuurd, maar vastgehouden"))") }
    var text = pick("Changes: ", "Wijzigingen: ") + parts.joined(separator: ", ") + "."
    if result.newPeople > 0 { text += " \(people(result.newPeople)) \(pick("new", "nieuw"))." }
    if !result.absentPeople.isEmpty {
      text += " \(people(result.absentPeople.count)) \(pick("no longer in it", "niet meer erin"))."
    }
    return text
  }

  private func describe(_ row: ComparisonResult.Row) -> [String] {
    let word =
      switch row.change {
      case .added: pick("new", "nieuw")
      case .changed: pick("changed", "gewijzigd")
      case .removed: pick("no longer sent", "niet meer gestuurd")
      case .held: pick("sent, but held", "gestuurd, maar vastgehouden")
      }
    let place = ([row.record, row.number ?? row.person] + row.key).joined(separator: " · ")
    return ["  \(word)  \(place)"]
      + row.cells.map { cell in
        let empty = pick("(empty)", "(leeg)")
        var line = "      \(cell.field): "
        line +=
          cell.isHidden
          ? pick("another value", "een andere waarde") : "\(cell.old ?? empty) → \(cell.new ?? empty)"
        if cell.isOverruled {
          line += pick(" (a later month says otherwise)", " (een latere maand zegt iets anders)")
        }
        return line
      }
  }
}

/// What a return does to a study, as people read it.
struct EffectText {
  let effect: StudyEffect
  let language: Language

  var text: String {
    func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
    var lines = [pick("Effect on “\(effect.title)”", "Effect op ‘\(effect.title)’") + " (\(effect.plan))"]
    if let reason = effect.withoutResultBefore { lines.append("  \(pick("before", "voor")): \(reason)") }
    if let reason = effect.withoutResultAfter { lines.append("  \(pick("after", "na")): \(reason)") }
    for result in effect.results {
      let none = pick("none", "geen")
      lines.append(
        result.isChanged
          ? "  \(result.before ?? none) → \(result.after ?? none)  \(result.sentence)"
          : "  \(result.after ?? none) (\(pick("unchanged", "ongewijzigd")))  \(result.sentence)")
    }
    return lines.joined(separator: "\n")
  }
}
