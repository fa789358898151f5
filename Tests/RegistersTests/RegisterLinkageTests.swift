import DataModels
import Foundation
import Linkage
import Primitives
import Storage
import Tables
import TestSupport
import Testing

@testable import Registers
@testable import Submissions

@Suite struct RegisterLinkageTests {
  static let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: twice
      version: "1"
      title: {en: Twice, nl: Tweemaal}
      identifier-scope: provider
      records:
        person:
          is: person
          purpose: test
          key: [number]
          fields:
            number: {type: text, privacy: identifier, required: yes, label: Number}
            given: {type: text, privacy: direct, purpose: linkage, label: Given name}
            family: {type: text, privacy: direct, purpose: linkage, label: Family name}
            born: {type: date, privacy: direct, purpose: linkage, label: Born}
            secret: {type: text, privacy: direct, purpose: claims, label: Not for linkage}
            note: {type: text, label: Note}
        visit:
          is: event
          of: person
          at: on
          purpose: test
          key: [number, on]
          fields:
            number: {type: text, privacy: identifier, required: yes, label: Number}
            on: {type: date, required: yes, label: Day}
            note: {type: text, label: Note}
      """, file: "twice.yml")

  static func people(_ rows: [(number: String, given: String, family: String, born: String)]) -> SentRows {
    SentRows(
      record: "person", fields: ["number", "given", "family", "born"],
      rows: rows.map { [.text($0.number), .text($0.given), .text($0.family), date($0.born)] })
  }

  static func visit(_ number: String, _ on: String, _ note: String) -> SentRows {
    SentRows(record: "visit", fields: ["number", "on", "note"], rows: [[.text(number), date(on), .text(note)]])
  }

  /// One person under two numbers, and somebody else.
  private func withTwo(_ body: (Register, _ north: String, _ south: String, _ other: String) throws -> Void) throws {
    try withRegister(Self.model) { register in
      try register.append(
        submission(
          Self.model, from: "north", about: "2024-01", on: "2024-02-01",
          Self.people([("7", "Mohammed", "Khadir", "1990-03-07"), ("8", "Selam", "Bereket", "1985-10-02")]),
          Self.visit("7", "2024-01-05", "north")))
      try register.append(
        submission(
          Self.model, from: "south", about: "2024-02", on: "2024-03-01",
          Self.people([("9", "Muhammad", "Khader", "1990-03-07")]), Self.visit("9", "2024-02-05", "south")))
      try body(
        register, try register.pseudonym(ofPerson: "7", provider: "north"),
        try register.pseudonym(ofPerson: "9", provider: "south"),
        try register.pseudonym(ofPerson: "8", provider: "north"))
    }
  }

  private func link(_ a: String, _ b: String, _ kind: LinkDecision.Kind, on iso: String) -> LinkDecision {
    LinkDecision(a, b, kind, on: day(iso), by: "steward", reason: "test")
  }

  @Test func twoNumbersBecomeOnePersonFromTheDayOfTheDecision() throws {
    try withTwo { register, north, south, _ in
      let before = try register.snapshot()
      #expect(before.people.count == 3)
      try register.decide([link(south, north, .same, on: "2024-04-01")])
      let after = try register.snapshot()
      #expect(after.people.count == 2 && after.people.contains(min(north, south)))
      #expect(!after.people.contains(max(north, south)))
      let person = try #require(after.people.firstIndex(of: min(north, south)))
      #expect(after.person(person).rows(ofRecord: 0).count == 1)
      #expect(after.person(person).rows(ofRecord: 1).count == 2)
      #expect(try register.snapshot(asKnownOn: day("2024-03-31")).fingerprint == before.fingerprint)
      #expect(try register.linkDecisions(asKnownOn: day("2024-03-31")).isEmpty)
    }
  }

  @Test func undoingGivesBackWhatWasAndPastDaysKeepShowingTheDecision() throws {
    try withTwo { register, north, south, _ in
      let before = try register.fingerprint()
      try register.decide([link(north, south, .same, on: "2024-04-01")])
      let merged = try register.fingerprint()
      try register.decide([link(north, south, .undone, on: "2024-05-01")])
      #expect(try register.fingerprint() == before && before != merged)
      #expect(try register.fingerprint(asKnownOn: day("2024-04-15")) == merged)
      try register.decide([link(north, south, .same, on: "2024-06-01")])
      #expect(try register.fingerprint() == merged)
      #expect(try register.linkDecisions().map(\.kind) == [.same, .undone, .same])
    }
  }

  @Test func anyMergeCanBeUndoneAlsoAfterLaterOnesThatRestOnIt() throws {
    try withTwo { register, north, south, other in
      let apart = try register.fingerprint()
      // An early merge, a later one with somebody else, and a decision about a third pair in between.
      try register.decide([link(north, south, .same, on: "2024-04-01")])
      try register.decide([link(south, other, .same, on: "2024-05-01")])
      #expect(try register.snapshot().people.count == 1 && register.isOnePerson(north, other))
      let all = try register.fingerprint()
      // The first is undone: the second stands, so the two that it names are one and the third is alone again.
      try register.decide([link(north, south, .undone, on: "2024-06-01")])
      #expect(try register.snapshot().people.count == 2)
      #expect(try !register.isOnePerson(north, south) && register.isOnePerson(south, other))
      #expect(try register.fingerprint(asKnownOn: day("2024-05-15")) == all, "past days keep what was decided")
      try register.decide([link(south, other, .undone, on: "2024-07-01")])
      #expect(try register.fingerprint() == apart)
      // In a ring of three, undoing one side leaves all three one: the other two sides say so.
      try register.decide([
        link(north, south, .same, on: "2024-08-01"), link(south, other, .same, on: "2024-08-01"),
        link(north, other, .same, on: "2024-08-01"),
      ])
      try register.decide([link(north, south, .undone, on: "2024-08-02")])
      #expect(try register.isOnePerson(north, south) && register.snapshot().people.count == 1)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func rowsThatComeLaterAreOfTheOnePersonToo() throws {
    try withTwo { register, north, south, _ in
      try register.decide([link(north, south, .same, on: "2024-04-01")])
      try register.append(
        submission(
          Self.model, from: "south", about: "2024-04", on: "2024-05-02", Self.visit("9", "2024-04-05", "later")))
      let snapshot = try register.snapshot()
      let person = try #require(snapshot.people.firstIndex(of: min(north, south)))
      #expect(snapshot.person(person).rows(ofRecord: 1).count == 3)
    }
  }

  @Test func decisionsThatCannotStandAreRefusedAndChangeNothing() throws {
    try withTwo { register, north, south, other in
      try register.decide([link(north, other, .different, on: "2024-04-01")])
      #expect(throws: RegisterError.linkContradicts(first: min(north, other), second: max(north, other))) {
        try register.decide([
          link(north, south, .same, on: "2024-04-02"), link(south, other, .same, on: "2024-04-02"),
        ])
      }
      #expect(throws: RegisterError.nothingToUndo(first: min(north, south), second: max(north, south))) {
        try register.decide([link(north, south, .undone, on: "2024-04-02")])
      }
      #expect(throws: RegisterError.unknownPseudonym("aaaa")) {
        try register.decide([link("aaaa", south, .same, on: "2024-04-02")])
      }
      #expect(throws: RegisterError.linkedToItself(pseudonym: south)) {
        try register.decide([link(south, south, .same, on: "2024-04-02")])
      }
      #expect(throws: RegisterError.decisionTooEarly(day: day("2024-03-31"), last: day("2024-04-01"))) {
        try register.decide([link(north, south, .same, on: "2024-03-31")])
      }
      #expect(try register.linkDecisions().count == 1)
      #expect(try register.snapshot().people.count == 3)
      let proposed = [link(north, south, .same, on: "2024-04-02"), link(south, other, .same, on: "2024-04-02")]
      #expect(try register.withoutContradictions(proposed) == [proposed[0]])
    }
  }

  @Test func aDecisionIsNeverChangedOrRemoved() throws {
    try withTwo { register, north, south, _ in
      try register.decide([link(north, south, .same, on: "2024-04-01")])
      for sql in ["DELETE FROM main.link_decisions", "UPDATE main.link_decisions SET reason = ''"] {
        #expect(throws: (any Error).self) { try register.database.write { try $0.execute(sql) } }
      }
      #expect(try register.linkDecisions().count == 1)
    }
  }

  @Test func aRegisterOfBeforeIsBroughtUpToDateByOpeningIt() throws {
    try withTemporaryFolder { folder in
      let old = Schema(kind: Schema.register.kind, migrations: [Schema.register.migrations[0]])
      try KeyFolder.createFolder(folder)
      let keys = try KeyFolder(folder).create(nil)
      let database = try Database(
        Register.registerFile(folder), schema: old,
        attached: [.init(name: "vault", file: Register.vaultFile(folder), schema: Schema.vault)], for: .create)
      try database.write { connection in
        try Properties.write(model: Self.model, keys: keys, connection)
        try ModelTables(Self.model).bringUpToDate(connection)
      }
      let register = try Register.open(in: folder, model: Self.model)
      #expect(try register.linkDecisions().isEmpty)
      #expect(try register.snapshot().people.isEmpty)
    }
  }

  @Test func thePersonOfTwoNumbersIsFoundByWhatTheVaultHolds() throws {
    try withRegister(Self.model) { register in
      var draws = SeededGenerator(seed: 31)
      let syllables = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo", "zu"]
      func name(_ parts: Int) -> String {
        (0..<parts).map { _ in syllables[Int(draws.uniform() * 15)] }.joined().capitalized
      }
      let rows = (0..<120).map { index in
        (
          number: "\(index)", given: name(2), family: name(3),
          born: day("1970-01-01").adding(days: Int(draws.uniform() * 12_000)).iso
        )
      }
      try register.append(submission(Self.model, from: "north", on: "2024-02-01", Self.people(rows)))
      try register.append(
        submission(
          Self.model, from: "south", on: "2024-02-02",
          Self.people(rows.prefix(30).map { ("s\($0.number)", $0.given, $0.family, $0.born) })))
      let found = try register.findLinks()
      #expect(found.fields.map(\.name) == ["person.given", "person.family", "person.born"])
      #expect(found.fields.map(\.kind) == [.name, .name, .date])
      #expect(found.people == 150)
      let certain = found.links.filter { $0.pair.verdict == .certain }
      #expect(certain.count == 30 && certain.allSatisfy { Set($0.providers) == ["north", "south"] })
      let values = found.values(of: certain[0])
      #expect(values[0].first == values[0].second && values[0].first != nil)
      try register.decide(
        certain.map {
          LinkDecision($0.first, $0.second, .same, on: day("2024-03-01"), by: "steward", reason: "linkage")
        })
      #expect(try register.snapshot().people.count == 120)
      #expect(try register.findLinks().links.filter { $0.decided == .same }.count == 30)
    }
  }

  @Test func linkingNeedsTheKeys() throws {
    try withRegister(Self.model) { register in
      let reader = try Register.openForReading(in: register.folder, model: Self.model)
      #expect(throws: RegisterError.self) { try reader.findLinks() }
      #expect(try register.findLinks().links.isEmpty)
    }
  }
}
