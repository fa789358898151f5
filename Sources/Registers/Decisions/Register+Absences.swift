import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions

/// Somebody whom a provider's return no longer has, and what the provider says about it.
public struct Absence: Hashable, Sendable {
  /// A pseudonym.
  public let person: String
  /// The latest answer; nil when nobody answered yet.
  public let answer: Decision?
  /// Whether it is to be asked: nobody answered, or the answer was that they are still here and another return came.
  public let isOpen: Bool
}

extension Register {
  /// The people of the return before this one whom this one does not have, with what was answered about them.
  ///
  /// A part of a month is laid over the whole return about it, and answered for together with that. Empty when returns
  /// hold changes only, for a first return, and for a part without a whole return about its month.
  public func absences(in fingerprint: Fingerprint) throws(RegisterError) -> [Absence] {
    guard model.returnsHold == .everything else { return [] }
    guard let whole = try wholeReturn(under: fingerprint) else { return [] }
    let people = try comparison(of: whole).comparison.absentPeople
    return try registerFailures {
      try database.read { connection in
        let id = try number(of: fingerprint, connection)
        let provider = try connection.text("SELECT provider FROM main.returns WHERE id = \(id)") ?? ""
        let received = try connection.text("SELECT MIN(received_on) FROM main.receipts WHERE return = \(id)") ?? ""
        return try absences(of: people, provider: provider, receivedOn: received, connection)
      }
    }
  }

  /// The whole return about the month that a part is laid over; a whole return itself; nil for a part without one.
  public func wholeReturn(under fingerprint: Fingerprint) throws(RegisterError) -> Fingerprint? {
    try registerFailures {
      try database.read { connection in
        let sequence = try ReturnSequence(connection, try ReturnOrder(connection))
        guard let whole = sequence.whole(under: try number(of: fingerprint, connection)) else { return nil }
        return try connection.text("SELECT fingerprint FROM main.returns WHERE id = \(whole)")
          .flatMap { Fingerprint(hex: $0) }
      }
    }
  }

  /// What was answered about people whom a provider no longer sends.
  func absences(
    of people: [String], provider: String, receivedOn received: String, _ connection: Connection
  ) throws -> [Absence] {
    guard !people.isEmpty else { return [] }
    let inForce = try DecisionBook([.absence], connection).inForce
    return people.map { person in
      let answer = inForce["person \(person) \(provider)"]
      var isOpen = answer == nil
      if let answer, case .absence(_, _, .stillHere) = answer.matter { isOpen = answer.decidedOn.iso < received }
      return Absence(person: person, answer: answer, isOpen: isOpen)
    }
  }

  /// Remembers what a provider says about somebody whom it no longer sends.
  ///
  /// Whoever was entered in error no longer counts as far as this provider's rows go, from that day on; another answer
  /// later brings them back. Nothing is deleted.
  @discardableResult
  public func answer(
    _ answer: AbsenceAnswer, about person: String, provider: String, _ making: DecisionMaking
  ) throws(RegisterError) -> Decision {
    try decide(by: making.stamp) { connection in
      guard try connection.integer("SELECT 1 FROM main.people WHERE pseudonym = ?", [person]) != nil else {
        throw RegisterError.decisionRefused(.unknownPerson)
      }
      let first = try connection.text(
        "SELECT MIN(c.received_on) FROM main.receipts c JOIN main.returns r ON r.id = c.return WHERE r.provider = ?",
        [provider])
      guard let first = first.flatMap({ CalendarDate(iso: $0) }) else {
        throw RegisterError.decisionRefused(.unknownPerson)
      }
      let matter = Decision.Matter.absence(person: person, provider: provider, answer: answer)
      let current = try DecisionBook([.absence], connection).inForce["person \(person) \(provider)"]
      return (making.decision(matter, follows: current), max(first, current?.decidedOn))
    }
  }

  /// Whether somebody is in a provider's latest return, so that nobody asks where they are.
  public func isStillSent(_ person: String, by provider: String) throws(RegisterError) -> Bool {
    try registerFailures {
      try database.read { connection in
        let order = try ReturnOrder(connection)
        let ids = try ReturnSequence(connection, order).latest(of: provider).map { order.holder(of: $0) }
        guard !ids.isEmpty, let id = try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [person])
        else { return false }
        let list = ids.map(String.init).joined(separator: ", ")
        for record in model.records where try RevisionSet.isStored(record, connection) {
          let table = RecordTable(record, model: model).quotedName
          if try connection.integer(
            "SELECT 1 FROM main.\(table) WHERE _person = \(id) AND _return IN (\(list)) LIMIT 1") != nil
          {
            return true
          }
        }
        return false
      }
    }
  }

  /// The people in a return whom its sender said to have entered in error, so that nothing of them counts.
  public func peopleSetAside(in fingerprint: Fingerprint) throws(RegisterError) -> [String] {
    try registerFailures {
      try database.read { connection in
        let id = try number(of: fingerprint, connection)
        let provider = try connection.text("SELECT provider FROM main.returns WHERE id = \(id)") ?? ""
        let holder = try ReturnOrder(connection).holder(of: id)
        var found: [String] = []
        for decision in try DecisionBook([.absence], connection).inForce.values {
          guard case .absence(let person, let sender, .enteredInError) = decision.matter, sender == provider else {
            continue
          }
          for record in model.records where try RevisionSet.isStored(record, connection) {
            let table = RecordTable(record, model: model)
            let isThere = try connection.integer(
              """
              SELECT 1 FROM main.\(table.quotedName) WHERE _return = \(holder)
              AND _person = (SELECT id FROM main.people WHERE pseudonym = ?) LIMIT 1
              """, [person])
            if isThere != nil {
              found.append(person)
              break
            }
          }
        }
        return found.sorted()
      }
    }
  }
}
