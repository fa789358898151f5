import Fingerprints
import Linkage
import Primitives
import Storage

extension Register {
  /// Adds decisions about who is one person: all of them, or none when one cannot stand.
  ///
  /// The last decision about two pseudonyms holds; the same decision once more adds nothing, so that a command that was
  /// interrupted can be given again. Groups follow from them: when two are one with a third, all three are
  /// one person.
  /// - Throws: ``RegisterError`` when a pseudonym is not known, when a person would be one with somebody they were decided
  ///   to differ from, when there is nothing to undo, or when the day lies before that of an earlier decision: what was
  ///   known on a day must stay so.
  public func decide(_ decisions: [LinkDecision]) throws(RegisterError) {
    try registerFailures {
      let keys = try requireKeys()
      try database.write { connection in
        var known = try Self.linkDecisions(connection, asKnownOn: nil)
        for decision in decisions {
          for pseudonym in [decision.first, decision.second] {
            guard try connection.integer("SELECT 1 FROM main.people WHERE pseudonym = ?", [pseudonym]) != nil else {
              throw RegisterError.unknownPseudonym(pseudonym)
            }
          }
          guard decision.first != decision.second else {
            throw RegisterError.linkedToItself(pseudonym: decision.first)
          }
          if known.last(where: { $0.isAbout(decision) })?.says(decision) == true { continue }
          if let last = known.last?.decidedOn, decision.decidedOn < last {
            throw RegisterError.decisionTooEarly(day: decision.decidedOn, last: last)
          }
          if decision.kind == .undone, StandingLinks(known).kind(decision.first, decision.second) == nil {
            throw RegisterError.nothingToUndo(first: decision.first, second: decision.second)
          }
          known.append(decision)
          try Self.add(decision, connection)
          try AuditBook(connection).add(
            decision.kind == .undone ? .peopleUnlinked : .peopleLinked,
            AuditSubject(.person, keys.mark(ofPerson: decision.first)),
            by: .named(decision.decidedBy, on: decision.decidedOn).because(decision.reason))
        }
        if let conflict = StandingLinks(known).conflict {
          throw RegisterError.linkContradicts(first: conflict.first, second: conflict.second)
        }
      }
    }
  }

  /// Those of the decisions, one after the other, that join nobody with somebody they were decided to differ from.
  public func withoutContradictions(_ decisions: [LinkDecision]) throws(RegisterError) -> [LinkDecision] {
    var known = try linkDecisions()
    guard known.contains(where: { $0.kind == .different }) else { return decisions }
    var possible: [LinkDecision] = []
    for decision in decisions where StandingLinks(known + [decision]).conflict == nil {
      known.append(decision)
      possible.append(decision)
    }
    return possible
  }

  /// Whether two pseudonyms are one person, directly or through others.
  public func isOnePerson(_ a: String, _ b: String) throws(RegisterError) -> Bool {
    let representatives = StandingLinks(try linkDecisions()).representatives
    guard let person = representatives[a] else { return false }
    return person == representatives[b]
  }

  /// The decisions that were taken until a day (nil for all), in their order.
  public func linkDecisions(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> [LinkDecision] {
    try registerFailures {
      try database.read { try Self.linkDecisions($0, asKnownOn: day) }
    }
  }

  static func linkDecisions(_ connection: Connection, asKnownOn day: CalendarDate?) throws -> [LinkDecision] {
    let statement = try connection.statement(
      """
      SELECT first, second, kind, decided_on, decided_by, reason, probability FROM main.link_decisions
      WHERE decided_on <= ? ORDER BY decided_on, id
      """)
    statement.bind(day?.iso ?? "9999-12-31", at: 0)
    var found: [LinkDecision] = []
    while try statement.step() {
      guard let kind = LinkDecision.Kind(rawValue: statement.text(at: 2)!),
        let decided = CalendarDate(iso: statement.text(at: 3)!)
      else { throw RegisterError.damagedValue(record: "link_decisions", field: "kind") }
      found.append(
        LinkDecision(
          statement.text(at: 0)!, statement.text(at: 1)!, kind, on: decided, by: statement.text(at: 4)!,
          reason: statement.text(at: 5)!, probability: statement.isNull(at: 6) ? nil : statement.double(at: 6)))
    }
    return found
  }

  private static func add(_ decision: LinkDecision, _ connection: Connection) throws {
    let statement = try connection.statement(
      """
      INSERT INTO main.link_decisions (first, second, kind, decided_on, decided_by, reason, probability)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    for (place, text) in [
      decision.first, decision.second, decision.kind.rawValue, decision.decidedOn.iso, decision.decidedBy,
      decision.reason,
    ].enumerated() {
      statement.bind(text, at: place)
    }
    if let probability = decision.probability {
      statement.bind(probability, at: 6)
    } else {
      statement.bindNull(at: 6)
    }
    try statement.run()
  }
}

extension LinkDecision {
  fileprivate func isAbout(_ other: LinkDecision) -> Bool { first == other.first && second == other.second }

  /// Whether it is the same decision: its kind, day, reason and who took it.
  fileprivate func says(_ other: LinkDecision) -> Bool {
    kind == other.kind && decidedOn == other.decidedOn && decidedBy == other.decidedBy && reason == other.reason
  }
}

/// What holds of decisions that were taken in an order.
struct StandingLinks {
  struct Pair: Hashable {
    let first: String
    let second: String
  }
  /// The last decision about each pair, those undone left out.
  private(set) var kinds: [Pair: LinkDecision.Kind] = [:]

  init(_ decisions: [LinkDecision]) {
    for decision in decisions {
      kinds[Pair(first: decision.first, second: decision.second)] = decision.kind == .undone ? nil : decision.kind
    }
  }

  func kind(_ a: String, _ b: String) -> LinkDecision.Kind? { kinds[Pair(first: min(a, b), second: max(a, b))] }

  /// For each pseudonym that is one with others, the lowest of its group, which stands for the person.
  var representatives: [String: String] {
    let same = kinds.filter { $0.value == .same }.keys
    let names = Set(same.flatMap { [$0.first, $0.second] }).sorted()
    var groups = LinkedGroups(count: names.count)
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    for pair in same { groups.join(places[pair.first]!, places[pair.second]!) }
    // Places are in the order of the names, and the lowest place stands for its group.
    var found: [String: String] = [:]
    for (place, name) in names.enumerated() { found[name] = names[groups.root(place)] }
    return found
  }

  /// Two who were decided to differ and are one through others; the lowest such pair.
  var conflict: Pair? {
    let representatives = representatives
    return kinds.filter { $0.value == .different }.keys
      .filter { pair in
        guard let person = representatives[pair.first] else { return false }
        return person == representatives[pair.second]
      }.min { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
