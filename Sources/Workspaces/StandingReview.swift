import DataModels
import Primitives
import Registers
import Statistics
import SubmissionCycles
import Submissions

/// What is noted of a return beyond itself: what is still expected, who is missing, and what the register comes to with
/// the return in it.
///
/// It says the same as the status of the cycle, the list of missing people and the search for links, for it asks the same
/// questions of the same rows.
struct StandingReview {
  let model: DataModel
  let source: ProviderReturn
  /// By the number of the person.
  let places: [String: PersonPlace]
  let review: Review
  /// Periods of which nothing came, and which were due.
  let missing: [PeriodStatus]

  func findings(in register: ReturnInPlace) throws(RegisterError) -> [Finding] {
    var findings = missing.map { Finding.returnMissing($0.period.name, dueOn: $0.dueOn) }
    findings += try register.openAbsences().map { Finding.missing($0, personRecord: model.person.id) }
    if model.checks.comparesWithLastReturn { findings += review.fallenFields(try register.fillRates()) }
    if model.checks.looksForSamePerson { findings += try samePeople(register) }
    let records = consulted
    guard !records.isEmpty else { return findings }
    let snapshot = try register.snapshot(of: records)
    let providers = try register.providersOfPeople()
    findings += try overdue(snapshot, providers, register)
    for balance in model.checks.balances {
      if let found = try difference(balance, snapshot, providers, register) { findings.append(found) }
    }
    findings += model.checks.peerShares.compactMap { difference($0, snapshot, providers) }
    return findings
  }

  /// The records that expectations, balances and shares look at.
  private var consulted: Set<Int> {
    var records: Set<Int> = []
    func add(_ record: Int?, _ conditions: Condition?...) {
      if let record { records.insert(record) }
      for condition in conditions { records.formUnion(condition?.consultedRecords ?? []) }
    }
    for expectation in model.expectations {
      add(model.index(ofRecord: expectation.record), expectation.filter, expectation.unless)
      add(expectation.expected.recordIndex, expectation.expected.filter)
    }
    for balance in model.checks.balances { add(balance.record, balance.filter) }
    for share in model.checks.peerShares { add(share.record, share.filter, share.share) }
    return records
  }

  // MARK: People

  private func samePeople(_ register: ReturnInPlace) throws(RegisterError) -> [Finding] {
    let own = try placesByPseudonym(register)
    return try register.likelySamePeople().compactMap { found in
      own[found.new].map { Finding.likelySamePerson(at: $0, isCertain: found.isCertain, other: found.other) }
    }
  }

  private func placesByPseudonym(_ register: ReturnInPlace) throws(RegisterError) -> [String: PersonPlace] {
    var own: [String: PersonPlace] = [:]
    for (number, place) in places { own[try register.pseudonym(of: number)] = place }
    return own
  }

  // MARK: What is expected

  private func overdue(
    _ snapshot: RegisterSnapshot, _ providers: [String: String], _ register: ReturnInPlace
  ) throws(RegisterError) -> [Finding] {
    guard !model.expectations.isEmpty else { return [] }
    let own = try placesByPseudonym(register)
    var findings: [Finding] = []
    var others = [Int](repeating: 0, count: model.expectations.count)
    for (index, name) in snapshot.people.enumerated() where providers[name] == source.provider {
      for (place, expectation) in model.expectations.enumerated() {
        for outcome in expectation.outcomes(of: snapshot.person(index), in: model, on: source.receivedOn)
        where outcome.standing == .overdue {
          if let person = own[name] {
            findings.append(.overdue(expectation, since: outcome.dueOn, at: person))
          } else {
            others[place] += 1
          }
        }
      }
    }
    // In the order of the file, whatever the order of pseudonyms.
    findings.sort {
      ($0.place.file, $0.place.sheet ?? "", $0.place.row ?? 0) < (
        $1.place.file, $1.place.sheet ?? "", $1.place.row ?? 0
      )
    }
    return findings
      + zip(model.expectations, others).filter { $0.1 > 0 }.map { Finding.overdue($0.0, ofOthers: $0.1) }
  }

  // MARK: Stocks and flows

  private func difference(
    _ balance: FlowBalance, _ snapshot: RegisterSnapshot, _ providers: [String: String], _ register: ReturnInPlace
  ) throws(RegisterError) -> Finding? {
    guard try register.hasPrevious() else { return nil }
    var records = balance.filter?.consultedRecords ?? []
    records.insert(balance.record)
    let before = try register.snapshotWithout(of: records)
    let providersBefore = try register.providersOfPeople(withReturn: false)
    let opening = source.period.firstDay.adding(days: -1)
    let closing = source.period.lastDay
    let stockBefore = spells(balance, before, providersBefore).count { $0.isThere(on: opening) }
    let spells = spells(balance, snapshot, providers)
    let came = spells.count { $0.from > opening && $0.from <= closing }
    let left = spells.count { spell in spell.until.map { $0 > opening && $0 <= closing } ?? false }
    let stock = spells.count { $0.isThere(on: closing) }
    guard stock != stockBefore + came - left else { return nil }
    return .stockDiffers(
      balance, record: model.records[balance.record].id, opening: stockBefore, came: came, left: left, closing: stock,
      period: source.period)
  }

  private struct Spell {
    let from: CalendarDate
    let until: CalendarDate?

    func isThere(on day: CalendarDate) -> Bool { from <= day && (until.map { $0 > day } ?? true) }
  }

  /// The spells of the provider's people.
  private func spells(
    _ balance: FlowBalance, _ snapshot: RegisterSnapshot, _ providers: [String: String]
  ) -> [Spell] {
    var spells: [Spell] = []
    for (index, name) in snapshot.people.enumerated() where providers[name] == source.provider {
      let person = snapshot.person(index)
      for row in person.rows(ofRecord: balance.record) {
        let point = EvaluationPoint(record: balance.record, row: row)
        if let filter = balance.filter, filter.holds(at: point, in: person) != true { continue }
        guard case .date(let from) = person.value(record: balance.record, row: row, field: balance.from) else {
          continue
        }
        var until: CalendarDate?
        if case .date(let day) = person.value(record: balance.record, row: row, field: balance.until) { until = day }
        spells.append(Spell(from: from, until: until))
      }
    }
    return spells
  }

  // MARK: Others

  /// A share outside the exact limits of 998 in 1000 around that of all others together (a funnel plot's), when there
  /// are at least two others, with thirty rows between them.
  ///
  /// With one other provider, which way one differs from it would tell its figure.
  private func difference(
    _ share: PeerShare, _ snapshot: RegisterSnapshot, _ providers: [String: String]
  ) -> Finding? {
    var own = (events: 0, size: 0)
    var others = (events: 0, size: 0)
    var names: Set<String> = []
    for (index, name) in snapshot.people.enumerated() {
      guard let provider = providers[name] else { continue }
      let person = snapshot.person(index)
      for row in person.rows(ofRecord: share.record) {
        let point = EvaluationPoint(record: share.record, row: row)
        if let filter = share.filter, filter.holds(at: point, in: person) != true { continue }
        guard let holds = share.share.holds(at: point, in: person) else { continue }
        if provider == source.provider {
          own = (own.events + (holds ? 1 : 0), own.size + 1)
        } else {
          others = (others.events + (holds ? 1 : 0), others.size + 1)
          names.insert(provider)
        }
      }
    }
    guard own.size >= 10, names.count >= 2, others.size >= 30 else { return nil }
    // Half a row more on either side where it is none or all: a share of nought is not taken to be certain.
    let isExtreme = others.events == 0 || others.events == others.size
    let target =
      isExtreme
      ? (Double(others.events) + 0.5) / (Double(others.size) + 1) : Double(others.events) / Double(others.size)
    guard
      let plot = try? FunnelPlot(
        events: [own.events], sizes: [Double(own.size)], measure: .proportion, target: target),
      let limits = try? plot.limits(size: Double(own.size), level: 0.998)
    else { return nil }
    let value = Double(own.events) / Double(own.size)
    guard value < limits.lower || value > limits.upper else { return nil }
    return .shareDiffers(
      share, record: model.records[share.record].id, events: own.events, size: own.size, isAbove: value > limits.upper)
  }
}

extension Workspace {
  /// What is to be noted of a return beyond itself; nil when the model asks for nothing of the kind.
  func standingReview(
    of review: Review, _ source: ProviderReturn, in register: Register
  ) throws(WorkspaceError) -> StandingReview? {
    let checks = model.checks
    guard
      model.cycle != nil || model.returnsHold == .everything || !model.expectations.isEmpty
        || !checks.balances.isEmpty || !checks.peerShares.isEmpty || checks.comparesWithLastReturn
        || checks.looksForSamePerson
    else { return nil }
    return StandingReview(
      model: model, source: source, places: review.personPlaces, review: review,
      missing: try missingPeriods(of: source, in: register))
  }

  /// The periods of which a provider sent nothing when a return comes, and which were due by then.
  private func missingPeriods(
    of source: ProviderReturn, in register: Register
  ) throws(WorkspaceError) -> [PeriodStatus] {
    guard model.cycle != nil else { return [] }
    let own = CycleReturn(provider: source.provider, month: source.period, receivedOn: source.receivedOn)
    let book = try cycleBook(register, asKnownOn: source.receivedOn, with: own)
    return book.periods.map { book.status(of: $0) }.filter { status in
      status.providers.contains { $0.provider == source.provider && $0.standing == .missing }
    }
  }

  /// The days of a provider's contract; nil where the workspace names none.
  func contract(of provider: String) -> ValueRange? {
    settings.providers.first { $0.name == provider }?.contract
  }
}
