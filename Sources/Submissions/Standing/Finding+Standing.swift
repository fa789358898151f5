import DataModels
import Primitives

/// Findings that need more than one return: what is still expected, who is missing, what the whole comes to.
///
/// The facts are found where the register and the cycle are known; here they become findings. None of them holds a row.
extension Finding {
  fileprivate init(
    _ code: FindingCode, at place: FindingPlace = .wholeReturn, record: String? = nil, field: String? = nil,
    rule: String, value: String? = nil, count: Int = 1, key: [String] = [], _ english: String, _ dutch: String
  ) {
    self.init(
      code: code, severity: code.usualSeverity, place: place, record: record, field: field, rule: rule, value: value,
      message: LocalizedText(english, nl: dutch), fix: code.explanation.text, count: count, recordKey: key)
  }

  /// `CMP-01` or `CMP-02`: something expected of a person of the return is overdue.
  public static func overdue(
    _ expectation: Expectation, since day: CalendarDate, at person: PersonPlace
  ) -> Finding {
    let (english, dutch) = (expectation.title.english, expectation.title[.dutch])
    return expectation.isRepeated
      ? Finding(
        .nothingHeard, at: person.place, record: person.record, field: person.field,
        rule: "expectation.\(expectation.id)", key: person.key,
        "“\(english)”: the next one was due by \(day.iso) and has not come.",
        "“\(dutch)”: de volgende moest er uiterlijk \(day.iso) zijn en is er niet.")
      : Finding(
        .expectedOverdue, at: person.place, record: person.record, field: person.field,
        rule: "expectation.\(expectation.id)", key: person.key,
        "“\(english)” was due by \(day.iso) and has not come.",
        "“\(dutch)” moest er uiterlijk \(day.iso) zijn en is er niet.")
  }

  /// The same of people whom the return does not speak of.
  public static func overdue(_ expectation: Expectation, ofOthers count: Int) -> Finding {
    let (english, dutch) = (expectation.title.english, expectation.title[.dutch])
    return Finding(
      expectation.isRepeated ? .nothingHeard : .expectedOverdue, rule: "expectation.\(expectation.id)",
      count: count, key: [String(count)],
      "“\(english)” is overdue for \(count) of your people who are not in this return.",
      "“\(dutch)” is over tijd voor \(count) van uw mensen die niet in deze aanlevering staan.")
  }

  /// `CMP-04`: nothing came about a period that was due.
  public static func returnMissing(_ period: String, dueOn day: CalendarDate) -> Finding {
    Finding(
      .returnMissing, rule: "cycle.\(period).missing",
      "No return about \(period) came; it was due on \(day.iso).",
      "Er kwam geen aanlevering over \(period); die moest er op \(day.iso) zijn.")
  }

  /// `KEY-05`: somebody of the return before whom this one does not have.
  ///
  /// - Parameter pseudonym: under which the person can be answered about.
  public static func missing(_ pseudonym: String, personRecord: String) -> Finding {
    Finding(
      .personMissing, record: personRecord, rule: "person.missing", value: pseudonym, key: [pseudonym],
      "Somebody who was in the return before is not in this one.",
      "Iemand die in de vorige aanlevering stond, staat niet in deze.")
  }

  /// `KEY-04`: a new person who is like somebody known under another number.
  public static func likelySamePerson(at person: PersonPlace, isCertain: Bool, other: String) -> Finding {
    Finding(
      .likelySamePerson, at: person.place, record: person.record, field: person.field, rule: "person.same",
      key: person.key + [other],
      isCertain
        ? "This new person is, as far as can be told, somebody who is known under another number."
        : "This new person may be somebody who is known under another number.",
      isCertain
        ? "Deze nieuwe persoon is, voor zover te zien, iemand die onder een ander nummer bekend is."
        : "Deze nieuwe persoon is misschien iemand die onder een ander nummer bekend is.")
  }

  /// `HIS-04`: a stock that does not follow from the one before.
  public static func stockDiffers(
    _ balance: FlowBalance, record: String, opening: Int, came: Int, left: Int, closing: Int, period: CalendarMonth
  ) -> Finding {
    let (english, dutch) = (balance.title.english, balance.title[.dutch])
    let expected = opening + came - left
    let difference = abs(closing - expected)
    return Finding(
      .stockDiffers, record: record, rule: "balance.\(balance.id)", count: difference,
      key: [period.iso, "\(closing - expected)"],
      "“\(english)”: \(opening) were known at the end of \(period.adding(months: -1).iso), \(came) came and \(left) left in \(period.iso), which makes \(expected); there are \(closing), \(difference) \(closing > expected ? "more" : "fewer").",
      "“\(dutch)”: eind \(period.adding(months: -1).iso) waren er \(opening) bekend, in \(period.iso) kwamen er \(came) en gingen er \(left), dat maakt \(expected); het zijn er \(closing), \(difference) \(closing > expected ? "meer" : "minder")."
    )
  }

  /// `PLA-04`: a share outside the limits of chance around that of the others together.
  ///
  /// Neither the share of the others nor the limits are told: of one other provider they would be its figure.
  public static func shareDiffers(_ share: PeerShare, record: String, events: Int, size: Int, isAbove: Bool) -> Finding
  {
    let (english, dutch) = (share.title.english, share.title[.dutch])
    return Finding(
      .shareDiffers, record: record, rule: "share.\(share.id)", key: [isAbove ? "above" : "below"],
      "“\(english)”: \(events) of your \(size) rows (\(percent(events, size)) %), which is \(isAbove ? "more" : "less") than chance would give a provider that is like the others.",
      "“\(dutch)”: \(events) van uw \(size) rijen (\(percent(events, size)) %), dat is \(isAbove ? "meer" : "minder") dan toeval zou geven bij een aanbieder die is zoals de andere."
    )
  }

  fileprivate static func percent(_ part: Int, _ whole: Int) -> Int { (200 * part + whole) / (2 * whole) }
}

extension Review {
  /// `CMP-03`: fields that are filled in far less often than in the return before.
  ///
  /// Told when both returns have thirty rows, at least half of them had a value before, the share fell by a fifth of all
  /// rows or more, and chance alone would do that once in a thousand times (two shares, normal, one-sided).
  public func fallenFields(_ rates: [FillRate]) -> [Finding] {
    rates.compactMap { (rate) -> Finding? in
      guard rate.hasFallen, let definition = model.record(rate.record), let field = definition.field(rate.field),
        let place = columnPlace(record: rate.record, field: rate.field)
      else { return nil }
      let now = Finding.percent(rate.filled, rate.rows)
      let before = Finding.percent(rate.filledBefore, rate.rowsBefore)
      return Finding(
        .fillRateFell, at: place, record: rate.record, field: rate.field,
        rule: "\(rate.record).\(rate.field).fill-rate", value: nil, count: rate.rows - rate.filled,
        "“\(field.label.english)” is filled in for \(now) % of the rows; in the return before it was \(before) %.",
        "“\(field.label[.dutch])” is ingevuld bij \(now) % van de rijen; in de vorige aanlevering was dat \(before) %.")
    }
  }
}

/// How often a field is filled in, in a return and in the one before it.
public struct FillRate: Hashable, Sendable {
  public let record: String
  public let field: String
  public var rows: Int
  public var filled: Int
  public var rowsBefore: Int
  public var filledBefore: Int

  public init(record: String, field: String, rows: Int, filled: Int, rowsBefore: Int, filledBefore: Int) {
    self.record = record
    self.field = field
    self.rows = rows
    self.filled = filled
    self.rowsBefore = rowsBefore
    self.filledBefore = filledBefore
  }

  /// See ``Review/fallenFields(_:)``.
  public var hasFallen: Bool {
    guard rows >= 30, rowsBefore >= 30, 2 * filledBefore >= rowsBefore else { return false }
    let (now, before) = (Double(filled) / Double(rows), Double(filledBefore) / Double(rowsBefore))
    let pooled = Double(filled + filledBefore) / Double(rows + rowsBefore)
    let variance = pooled * (1 - pooled) * (1 / Double(rows) + 1 / Double(rowsBefore))
    return before - now >= 0.2 && (before - now) * (before - now) > 3.09 * 3.09 * variance
  }
}

extension Expectation {
  /// Whether it comes back again and again, so that what is overdue is a sign of life.
  public var isRepeated: Bool {
    if case .every = timing { return true }
    return false
  }
}
