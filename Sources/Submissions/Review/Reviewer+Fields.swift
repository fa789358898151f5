import DataModels
import Primitives
import TableFiles

extension Reviewer {
  /// Checks of single cells: required, range, length, form, number of items.
  mutating func checkFields() {
    for b in batches.indices {
      let record = model.records[batches[b].record]
      for f in record.fields.indices where batches[b].positions[f] != nil {
        let field = record.fields[f]
        for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
          if batches[b].unreadable.contains(row * batches[b].fieldCount + f) { continue }
          if let found = Self.problem(field, batches[b].value(row, f)) {
            add(
              found.code, found.severity.eased(by: field.grace, in: occasion.period), b, row, f,
              rule: "\(record.id).\(field.id).\(found.check)", found.message,
              found.fix)
          }
        }
      }
    }
  }

  struct CellProblem {
    let code: FindingCode
    let severity: Severity
    let check: String
    let message: LocalizedText
    let fix: LocalizedText?
  }

  /// What is wrong with a value by itself.
  static func problem(_ field: Field, _ value: Value) -> CellProblem? {
    let name = LocalizedText("“\(field.label.english)”", nl: "“\(field.label[.dutch])”")
    func make(
      _ code: FindingCode, _ severity: Severity, _ check: String, _ english: String, _ dutch: String,
      _ fix: LocalizedText? = nil
    ) -> CellProblem {
      CellProblem(
        code: code, severity: severity, check: check, message: LocalizedText(english, nl: dutch),
        fix: fix ?? code.explanation.text)
    }
    if value.isMissing {
      return field.isRequired
        ? make(
          .requiredBlank, .error, "required", "\(name[.english]) is required and empty.",
          "\(name[.dutch]) is verplicht en leeg.")
        : nil
    }
    if let range = field.range, range.contains(value) == false {
      let unit = field.unit.map { " " + $0 } ?? ""
      return make(
        .outOfRange, field.severity, "range", "\(name[.english]) lies outside \(range.text)\(unit).",
        "\(name[.dutch]) ligt buiten \(range.text)\(unit).", field.rangeFix)
    }
    if let most = field.maximumLength, case .text(let text) = value, text.unicodeScalars.count > most {
      return make(
        .tooLong, .error, "max-length", "The text has \(text.unicodeScalars.count) characters; at most \(most) fit.",
        "De tekst heeft \(text.unicodeScalars.count) tekens; er passen er hoogstens \(most).")
    }
    if let format = field.format, case .text(let text) = value, !format.matches(text) {
      return make(
        .wrongFormat, field.severity, "format",
        "\(name[.english]) does not have the form of \(format.name.english).",
        "\(name[.dutch]) heeft niet de vorm van \(format.name[.dutch]).", format.form)
    }
    if let least = field.minimumItems, case .list(let items) = value, Set(items).count < least {
      return make(
        .tooFewItems, .error, "min-items",
        "There are \(Set(items).count) different items; at least \(least) are needed.",
        "Er staan \(Set(items).count) verschillende onderdelen; er zijn er minstens \(least) nodig.")
    }
    return nil
  }

  /// Adds a finding about a row, and holds the row when it is an error.
  ///
  /// - Parameter holds: whether the return alone shows it.
  mutating func add(
    _ code: FindingCode, _ severity: Severity, _ batch: Int, _ row: Int, _ field: Int?, rule: String,
    _ message: LocalizedText, _ fix: LocalizedText?, holds: Bool = true, isPending: Bool = false
  ) {
    // What only the register shows holds nothing, so it is asked about and is no error of this return.
    let isShownByRegister = !holds && severity >= .error
    let told =
      isShownByRegister
      ? LocalizedText(
        message.english + " It is so together with what was sent before.",
        nl: message[.dutch] + " Het is zo samen met wat eerder is gestuurd.") : message
    var found = finding(code, isShownByRegister ? .confirm : severity, batch, row, field, rule: rule, told, fix)
    found.isPending = isPending
    findings.append(found)
    if holds, severity >= .error { batches[batch].isHeld[row] = true }
  }
}
