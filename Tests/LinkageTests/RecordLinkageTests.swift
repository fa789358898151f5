import Foundation
import Primitives
import Testing
import TestSupport

@testable import Linkage

@Suite struct RecordLinkageTests {
  static let fields: [LinkageField] = [
    LinkageField("given", .name), LinkageField("family", .name), LinkageField("born", .date),
    LinkageField("sex", .code),
  ]

  private static func text(_ text: String) -> LinkageRecords.Value { text.isEmpty ? .missing : .text(text) }

  private static func records(_ rows: [(String, String, String, String)]) -> LinkageRecords {
    LinkageRecords(
      fields: fields,
      columns: [
        rows.map { text($0.0) }, rows.map { text($0.1) },
        rows.map { CalendarDate(iso: $0.2).map { .date($0) } ?? .missing }, rows.map { text($0.3) },
      ])
  }

  /// Invented people, all different, each with two names put together from syllables.
  private static func strangers(_ count: Int, seed: UInt64) -> [(String, String, String, String)] {
    var draws = SeededGenerator(seed: seed)
    let syllables = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo", "zu"]
    func name(_ parts: Int) -> String {
      (0..<parts).map { _ in syllables[Int(draws.uniform() * 15)] }.joined().capitalized
    }
    return (0..<count).map { _ in
      let born = CalendarDate(year: 1960, month: 1, day: 1)!.adding(days: Int(draws.uniform() * 15_000))
      return (name(2), name(3), born.iso, draws.uniform() < 0.5 ? "man" : "woman")
    }
  }

  private func linked(_ rows: [(String, String, String, String)]) throws -> [String: LinkedPair] {
    let linked = try RecordLinkage().link(Self.records(rows))
    return Dictionary(uniqueKeysWithValues: linked.pairs.map { ("\($0.first)-\($0.second)", $0) })
  }

  @Test func `the same person is found under other spellings, with exchanged names and with a mistaken date`() throws {
    var rows = Self.strangers(400, seed: 3)
    for place in 0..<40 { rows.append(rows[place]) }
    rows += [
      ("Mohammed", "Khadir", "1990-03-07", "man"), ("Muhammad", "Khader", "1990-03-07", "man"),
      ("Tesfalem", "Okubamichael", "1988-05-12", "man"), ("Okubamichael", "Tesfalem", "1988-05-12", "man"),
      ("Zarghuna", "Popalzai", "1979-04-09", "woman"), ("Zarghuna", "Popalzai", "1979-09-04", "woman"),
    ]
    let pairs = try linked(rows)
    for place in 0..<40 { #expect(pairs["\(place)-\(400 + place)"]?.verdict == .certain) }
    #expect(pairs["440-441"]?.verdict == .certain)
    #expect(pairs["442-443"]?.isExchanged == true)
    #expect(pairs["444-445"]?.verdict == .certain)
    #expect(pairs.values.count { $0.verdict == .certain } <= 43)
  }

  @Test func `twins are for somebody to look at, never certain`() throws {
    var rows = Self.strangers(300, seed: 5)
    for place in 0..<30 { rows.append(rows[place]) }
    rows += [("Samira", "Wardakzada", "2001-06-19", "woman"), ("Belqis", "Wardakzada", "2001-06-19", "woman")]
    let pair = try linked(rows)["330-331"]
    #expect(pair == nil || (pair?.verdict == .review && pair?.doubt == .otherName))
  }

  @Test func `a rare name weighs more than a common one`() throws {
    var rows = Self.strangers(400, seed: 7)
    for place in 0..<60 { rows[place].1 = "Ahmadi" }
    for place in 100..<140 { rows.append(rows[place]) }
    rows += [
      ("Golnar", "Ahmadi", "1992-11-23", "woman"), ("Golnar", "Ahmadi", "1992-11-23", "woman"),
      ("Parisa", "Qezelbash", "1991-10-21", "woman"), ("Parisa", "Qezelbash", "1991-10-21", "woman"),
    ]
    let pairs = try linked(rows)
    let common = try #require(pairs["440-441"])
    let rare = try #require(pairs["442-443"])
    #expect(rare.weight > common.weight + 3)
    #expect(rare.levels == common.levels)
  }

  @Test func `a register without doubles gives none`() throws {
    let linked = try RecordLinkage().link(Self.records(Self.strangers(500, seed: 11)))
    #expect(linked.certain.isEmpty)
    #expect(linked.review.count < 3)
  }

  @Test func `the same records in another order give the same pairs`() throws {
    var rows = Self.strangers(200, seed: 13)
    for place in 0..<20 { rows.append(rows[place]) }
    let forwards = try RecordLinkage().link(Self.records(rows))
    let backwards = try RecordLinkage().link(Self.records(rows.reversed()))
    let last = rows.count - 1
    #expect(
      Set(forwards.certain.map { [$0.first, $0.second] })
        == Set(backwards.certain.map { [last - $0.second, last - $0.first] }))
    let again = try RecordLinkage().link(Self.records(rows))
    #expect(again.pairs == forwards.pairs)
  }

  @Test func `what is not known neither helps nor harms`() throws {
    let rows = Self.strangers(100, seed: 17).map { ($0.0, $0.1, "", "") }
    let linked = try RecordLinkage().link(Self.records(rows + rows.prefix(10)))
    #expect(linked.pairs.allSatisfy { $0.levels[2] == nil && $0.levels[3] == nil })
  }

  @Test func `blocks that are too large are told`() throws {
    var settings = RecordLinkage()
    settings.largestBlock = 10
    let rows = (0..<50).map { _ in ("Ali", "Ahmadi", "1990-01-01", "man") }
    let linked = try settings.link(Self.records(rows))
    #expect(linked.pairs.isEmpty && linked.largeBlocks > 0 && linked.recordsInLargeBlocks >= 50)
  }

  @Test func `records that cannot be compared are refused, and few or none give no pairs`() throws {
    #expect(throws: LinkageError.noFields) { try RecordLinkage().link(LinkageRecords(fields: [], columns: [])) }
    #expect(throws: LinkageError.noFieldToChooseBy) {
      try RecordLinkage().link(LinkageRecords(fields: [LinkageField("sex", .code)], columns: [[.text("man")]]))
    }
    #expect(try RecordLinkage().link(Self.records([])).pairs.isEmpty)
    #expect(try RecordLinkage().link(Self.records([("Ali", "Ahmadi", "1990-01-01", "man")])).pairs.isEmpty)
  }

  @Test func `a number of one person finds them under another name`() throws {
    let people = Self.strangers(200, seed: 19)
    var names = people.map(\.0)
    var numbers = people.indices.map { "QQ\(100_000 + $0 * 37)C" }
    names += ["Halima", "Yordanos"]
    numbers += ["QQ999999A", "qq 99 99 99 a"]
    let records = LinkageRecords(
      fields: [LinkageField("name", .name), LinkageField("ni", .identifier)],
      columns: [names.map { Self.text($0) }, numbers.map { Self.text($0) }])
    let pairs = try RecordLinkage().link(records).pairs
    #expect(pairs.contains { $0.first == 200 && $0.second == 201 })
  }

  @Test func `accuracy counts pairs`() throws {
    var rows = Self.strangers(200, seed: 23)
    for place in 0..<20 { rows.append(rows[place]) }
    let people = (0..<200).map { "\($0)" } + (0..<20).map { "\($0)" }
    let accuracy = LinkageAccuracy(try RecordLinkage().link(Self.records(rows)).certain, people: people)
    #expect(accuracy.total == 20 && accuracy.right == 20 && accuracy.precision == 1 && accuracy.recall == 1)
    #expect(LinkageAccuracy([], people: ["a", "b"]).precision == nil)
    #expect(LinkageAccuracy([], people: ["a", "b"]).recall == nil)
  }

  @Test func `groups are what is joined, directly or through others`() {
    var groups = LinkedGroups(count: 6)
    groups.join(4, 2)
    groups.join(5, 4)
    #expect((0..<6).map { groups.root($0) } == [0, 1, 2, 3, 2, 2])
  }
}
