import DataModels
import Fingerprints
import Foundation
import Primitives
import TestSupport
import Tables
import Testing

@testable import Registers
@testable import Submissions

/// Returns drawn at random: few people, few values, many coincidences.
struct RandomReturns {
  let model: DataModel
  var random: SeededGenerator

  mutating func draw(_ count: Int) -> [AcceptedSubmission] { (0..<count).map { _ in draw() } }

  private mutating func draw() -> AcceptedSubmission {
    var sent: [SentRows] = []
    if coin(70) { sent.append(rows("person", always: ["number"], maybe: ["Name", "born", "goals", "note"])) }
    if coin(60) { sent.append(rows("activity", always: ["number", "kind", "from"], maybe: ["to", "hours", "days"])) }
    if coin(60) || sent.isEmpty { sent.append(rows("visit", always: ["number", "on"], maybe: ["order"])) }
    if coin(20) { sent.append(rows("visit", always: ["number", "on"], maybe: [])) }
    return submission(
      model, from: ["north", "south"].randomElement(using: &random)!,
      about: "2024-0\(Int.random(in: 1...3, using: &random))",
      on: "2024-05-0\(Int.random(in: 1...6, using: &random))", sent)
  }

  private mutating func rows(_ record: String, always: [String], maybe: [String]) -> SentRows {
    let fields = (always + maybe.filter { _ in coin(60) }).shuffled(using: &random)
    return SentRows(
      record: record, fields: fields,
      rows: (0..<Int.random(in: 0...4, using: &random)).map { _ in fields.map { value(of: $0, always.contains($0)) } })
  }

  private mutating func value(of field: String, _ required: Bool) -> Value {
    if !required, coin(25) { return .missing }
    let small = Int.random(in: 1...3, using: &random)
    return switch field {
    case "number": .text("P\(small)")
    case "Name": .text("Name \(small)")
    case "born": .year(1990 + small)
    case "goals": .list([["work"], ["work", "language"], []][small - 1])
    case "note": .text(["é", "b", ""][small - 1])
    case "kind": .text(coin(50) ? "work" : "education")
    case "from", "to", "on": date("2024-01-0\(small)")
    case "hours": .number(Double(small) / 2)
    default: .integer(small)
    }
  }

  mutating func coin(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
}

@Suite struct RegisterPropertyTests {
  private let keys = RegisterKeys()

  private func returns(_ round: UInt64, _ model: DataModel) -> [AcceptedSubmission] {
    var source = RandomReturns(model: model, random: SeededGenerator(seed: 11, stream: round))
    return source.draw(Int.random(in: 1...9, using: &source.random))
  }

  @Test func anyOrderAndRepetitionOfTheReturnsGivesTheSameRegister() throws {
    for round in 0..<40 as Range<UInt64> {
      let model = fixtureModel(scope: round % 2 == 0 ? "programme" : "provider")
      var random = SeededGenerator(seed: 12, stream: round)
      let all = returns(round, model)
      let expected = try withRegister(model, keys: keys) { register in
        for each in all { try register.append(each) }
        return (try register.fingerprint(), try register.historyFingerprint())
      }
      try withRegister(model, keys: keys) { register in
        let repeated = all + (0..<4).map { _ in all.randomElement(using: &random)! }
        for each in repeated.shuffled(using: &random) { try register.append(each) }
        #expect(try register.fingerprint() == expected.0, "round \(round)")
        #expect(try register.historyFingerprint() == expected.1, "round \(round)")
      }
    }
  }

  @Test func aPastDayIsWhatARegisterHoldsThatNeverSawALaterReturn() throws {
    let model = fixtureModel()
    for round in 0..<20 as Range<UInt64> {
      let all = returns(round, model)
      try withRegister(model, keys: keys) { register in
        for each in all { try register.append(each) }
        for known in 1...6 {
          let last = day("2024-05-0\(known)")
          try withRegister(model, keys: keys) { fresh in
            for each in all where each.source.receivedOn <= last { try fresh.append(each) }
            let past = try register.snapshot(asKnownOn: last)
            let whole = try fresh.snapshot()
            #expect(past.fingerprint == whole.fingerprint, "round \(round), day \(known)")
            #expect(past.people == whole.people && past.returnCount == whole.returnCount)
            for record in model.records {
              #expect(past.lines(record.id) == whole.lines(record.id), "round \(round), day \(known)")
            }
          }
        }
      }
    }
  }

  /// The definition once more, as slowly and plainly as can be.
  @Test func aSnapshotIsTheReturnsLaidOverEachOther() throws {
    for round in 100..<140 as Range<UInt64> {
      let model = fixtureModel(scope: round % 2 == 0 ? "programme" : "provider")
      let all = returns(round, model)
      var earliest: [Fingerprint: AcceptedSubmission] = [:]
      for each in all {
        let known = earliest[each.source.fingerprint]?.source.receivedOn ?? each.source.receivedOn
        if each.source.receivedOn <= known { earliest[each.source.fingerprint] = each }
      }
      let ordered = earliest.values.sorted { a, b in
        (a.source.period, a.source.receivedOn, a.source.fingerprint)
          < (b.source.period, b.source.receivedOn, b.source.fingerprint)
      }
      try withRegister(model, keys: keys) { register in
        for each in all { try register.append(each) }
        let state = PlainState(ordered, model: model, keys: keys).rows
        PlainState.expect(state, in: try register.snapshot(), "round \(round)")
      }
    }
  }

  @Test func theCountsOfAReceiptAddUpAndSayWhetherAnythingChanged() throws {
    let model = fixtureModel()
    for round in 200..<230 as Range<UInt64> {
      try withRegister(model, keys: keys) { register in
        for each in returns(round, model) {
          let before = try register.status()
          let receipt = try register.append(each)
          let after = try register.status()
          for counts in receipt.records {
            #expect(counts.rows == counts.new + counts.changed + counts.unchanged + counts.superseded)
            let old = before.records.first { $0.record == counts.record }!
            let new = after.records.first { $0.record == counts.record }!
            #expect(counts.new == new.rows - old.rows, "round \(round)")
          }
        }
      }
    }
  }
}
