import DataModels
import Primitives
import Testing

/// Loading and refusing `checks`, `outcomes` and `grace`.
@Suite struct DeclaredCheckLoadingTests {
  func yaml(_ extra: String, field: String = "") -> String {
    """
    meedoen: data-model/1
    id: small
    version: "1"
    title: Small
    records:
      person:
        is: person
        purpose: test
        key: [id]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number\(field)}
          name: {type: text, privacy: direct, label: Name}
          born: {type: year, privacy: quasi, label: Born}
          note: {type: text, label: Note}
    \(extra)
    """
  }

  @Test func checksAndOutcomesAreRead() throws {
    let model = try DataModel(
      yaml: yaml(
        """
        checks: {born: born, steady: [person.born], frozen-after: 12, compare-with-column: yes}
        outcomes:
          noted: {title: Noted, on: person, where: note is given, evidence: [note], per-person: 1, price: {amount: 12.5, currency: EUR}}
        """), file: "small.yml")
    #expect(model.checks.born == "born" && model.checks.frozenAfterMonths == 12 && model.checks.comparesWithColumn)
    #expect(model.checks.steady.map(\.field) == [2] && model.checks.steady.map(\.record) == [0])
    #expect(model.outcomes.map(\.id) == ["noted"])
    #expect(model.outcomes[0].price?.text == "12.50 EUR" && model.outcomes[0].mostPerPerson == 1)
    let plain = try DataModel(yaml: yaml(""), file: "small.yml")
    #expect(plain.outcomes.isEmpty && plain.checks.born == nil && plain.checks.steady.isEmpty)
  }

  @Test func checksOfTheWholeAreRead() throws {
    let model = try DataModel(
      yaml: yaml(
        """
          home:
            is: spell
            of: person
            from: in
            to: out
            purpose: test
            key: [id, in]
            fields:
              id: {type: text, privacy: identifier, required: yes, label: Number}
              in: {type: date, required: yes, label: In}
              out: {type: date, label: Out}
        checks:
          contract: 2020-01..2021-12
          compare-with-last-return: yes
          same-person: yes
          balances: {housed: {title: {en: Housed, nl: Gehuisvest}, on: home, where: person.born > 1950, from: in, until: out}}
          compare-with-others: {old: {title: Old, on: person, where: note is given, share: born < 1960}}
        """), file: "small.yml")
    let checks = model.checks
    #expect(checks.contract?.text == "2020-01..2021-12")
    #expect(checks.comparesWithLastReturn && checks.looksForSamePerson)
    #expect(checks.balances.map(\.id) == ["housed"] && checks.balances[0].from == 1 && checks.balances[0].until == 2)
    #expect(checks.balances[0].filter != nil && checks.peerShares.map(\.record) == [0])
  }

  @Test(arguments: [
    ("checks: {contract: soon}", "not a range of dates"),
    ("checks: {balances: {x: {on: person, from: born, until: born}}}", "is not a date"),
    ("checks: {balances: {x: {on: person, from: bron, until: born}}}", "no field “bron”"),
    ("checks: {balances: {x: {on: home, from: a, until: b}}}", "no record is called “home”"),
    ("checks: {compare-with-others: {x: {on: person}}}", "“share” is missing"),
    ("checks: {compare-with-others: {x: {on: person, share: bron = 3}}}", "bron"),
    ("checks: {born: note}", "“note” is not a date, month or year"), ("checks: {born: bron}", "no field “bron”"),
    ("checks: {steady: [born]}", "written as record.field"),
    ("checks: {steady: [person.name]}", "identifies"), ("checks: {frozen-after: 0}", "between 1 and 600"),
    ("outcomes: {x: {title: X, on: persn}}", "no record is called “persn”"),
    ("outcomes: {x: {title: X, on: person, evidence: [nte]}}", "no field “nte”"),
    ("outcomes: {x: {title: X, on: person, counts: 2020..2021}}", "has no day"),
    ("outcomes: {x: {title: X, on: person, price: {amount: 1.234, currency: EUR}}}", "a price is an amount"),
    ("outcomes: {x: {title: X, on: person, price: {amount: 12, currency: euro}}}", "a price is an amount"),
    ("outcomes: {x: {on: person}}", "“title” is missing"),
  ])
  func whatMakesNoSenseIsRefused(_ extra: String, _ reason: String) {
    let error = #expect(throws: DefinitionError.self) { try DataModel(yaml: yaml(extra), file: "small.yml") }
    #expect(error?.problems.contains { $0.message.contains(reason) } == true, "\(error?.problems.map(\.message) ?? [])")
  }

  @Test func aKeyHasNoGrace() {
    #expect(throws: DefinitionError.self) {
      try DataModel(yaml: yaml("", field: ", grace: {until: 2024-01}"), file: "small.yml")
    }
    #expect(throws: DefinitionError.self) {
      try DataModel(
        yaml: yaml("").replacing("label: Note", with: "grace: {until: soon}, label: Note"), file: "small.yml")
    }
  }

  @Test func severityIsEasedUntilTheEndOfTheGrace() {
    let model = try? DataModel(
      yaml: yaml("").replacing("label: Note", with: "grace: {until: 2024-01}, label: Note"), file: "small.yml")
    let grace = model?.person.field("note")?.grace
    #expect(Severity.error.eased(by: grace, in: CalendarMonth(iso: "2024-01")) == .notice)
    #expect(Severity.error.eased(by: grace, in: CalendarMonth(iso: "2024-02")) == .error)
    #expect(Severity.error.eased(by: grace, in: nil) == .error)
    #expect(Severity.notice.eased(by: grace, in: CalendarMonth(iso: "2024-01")) == .notice)
  }
}
