import DataModels
import Primitives
import Submissions

extension CheckResult {
  /// What the check comes to, in sentences: how much can be taken in, what is held, what asks for a confirmation.
  public var verdictSentences: [String] {
    let (accepted, total) = (summary.accepted, summary.rows)
    var sentences: [String] = []
    if verdict == .blocked {
      sentences.append(
        pick("Part of this cannot be read against the model.", "Een deel hiervan past niet op het model."))
    }
    if accepted < total {
      sentences.append(
        accepted == 1
          ? pick("1 of \(rows(total)) can be taken in.", "1 van \(rows(total)) kan worden opgenomen.")
          : pick(
            "\(number(accepted)) of \(rows(total)) can be taken in.",
            "\(number(accepted)) van \(rows(total)) kunnen worden opgenomen."))
    } else {
      switch total {
      case 0: sentences.append(pick("There is no row to take in.", "Er is geen rij om op te nemen."))
      case 1: sentences.append(pick("The only row can be taken in.", "De enige rij kan worden opgenomen."))
      default:
        sentences.append(pick("All \(rows(total)) can be taken in.", "Alle \(rows(total)) kunnen worden opgenomen."))
      }
    }
    if summary.held > 0 {
      sentences.append(
        summary.held == 1
          ? pick("1 row is held until it is mended.", "1 rij wacht tot die is verbeterd.")
          : pick(
            "\(rows(summary.held)) are held until they are mended.",
            "\(rows(summary.held)) wachten tot ze zijn verbeterd."))
    }
    let open = (counts[Severity.confirm.rawValue] ?? 0) - confirmedBefore
    if verdict == .confirmationNeeded || (verdict != .accepted && open > 0) {
      sentences.append(
        open == 1
          ? pick("1 finding needs your confirmation.", "1 bevinding vraagt uw bevestiging.")
          : pick(
            "\(number(open)) findings need your confirmation.", "\(number(open)) bevindingen vragen uw bevestiging."))
    }
    if confirmedBefore > 0 {
      sentences.append(
        confirmedBefore == 1
          ? pick("1 was confirmed before.", "1 is eerder bevestigd.")
          : pick(
            "\(number(confirmedBefore)) were confirmed before.", "\(number(confirmedBefore)) zijn eerder bevestigd."))
    }
    return sentences
  }

  func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
  private func number(_ count: Int) -> String { language.number(count) }
  private func rows(_ count: Int) -> String {
    number(count) + (count == 1 ? pick(" row", " rij") : pick(" rows", " rijen"))
  }
}

extension CheckResult.Item {
  /// `return.xlsx › person B14`, as far as it is known.
  public func place(in language: Language) -> String {
    if scope == .wholeReturn { return language == .dutch ? "de hele aanlevering" : "the whole return" }
    var place = sheet.map { "\(file) › \($0)" } ?? file
    if let cell {
      place += " \(cell)"
    } else if let row {
      place += (language == .dutch ? " rij " : " row ") + "\(row)"
    } else if let column {
      place += (language == .dutch ? " kolom " : " column ") + column
    }
    return place
  }
}
