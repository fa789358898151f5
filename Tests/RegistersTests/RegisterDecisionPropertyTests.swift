import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Registers
@testable import Submissions

/// Returns, some of them once more in other bytes, and decisions about them; against the plain definition.
@Suite struct RegisterDecisionPropertyTests {
  private let keys = RegisterKeys()

  private struct Case {
    let model: DataModel
    var returns: [AcceptedSubmission] = []
    var withdrawals: [(return: Int, from: Int, until: Int?)] = []
    var errors: [(number: String, provider: String, from: Int, until: Int?)] = []
  }

  /// Days 1 to 6 are of receipts, 7 to 9 of decisions.
  private func drawn(_ round: UInt64) -> Case {
    let model = fixtureModel(scope: round % 2 == 0 ? "programme" : "provider")
    var source = RandomReturns(model: model, random: SeededGenerator(seed: 31, stream: round))
    var drawn = Case(model: model, returns: source.draw(Int.random(in: 2...6, using: &source.random)))
    for each in drawn.returns where source.coin(60) {
      let copy = again(each, &source.random)
      if !drawn.returns.contains(where: { $0.source.fingerprint == copy.source.fingerprint }) {
        drawn.returns.append(copy)
      }
    }
    var seen: Set<String> = []
    for place in drawn.returns.indices where source.coin(30) {
      guard seen.insert(drawn.returns[place].source.fingerprint.hex).inserted else { continue }
      drawn.withdrawals.append((place, 7, source.coin(40) ? 8 : nil))
    }
    for provider in ["north", "south"] where source.coin(40) {
      guard drawn.returns.contains(where: { $0.source.provider == provider }) else { continue }
      drawn.errors.append(("P\(Int.random(in: 1...3, using: &source.random))", provider, 7, source.coin(40) ? 9 : nil))
    }
    return drawn
  }

  /// The same rows in another order and another file, perhaps about another month.
  private func again(_ each: AcceptedSubmission, _ random: inout SeededGenerator) -> AcceptedSubmission {
    var sent = each.records.map { rows -> SentRows in
      let record = fixtureModel().records[rows.recordIndex]
      return SentRows(
        record: record.id, fields: rows.fieldIndices.map { record.fields[$0].id },
        rows: (0..<rows.rowCount).map { row in rows.fieldIndices.indices.map { rows.value(row: row, position: $0) } }
          .shuffled(using: &random))
    }
    sent.reverse()
    let model = fixtureModel(scope: "provider")
    let isSame = Bool.random(using: &random)
    return submission(
      model, from: each.source.provider,
      about: isSame ? each.source.period.iso : "2024-0\(Int.random(in: 1...3, using: &random))",
      on: "2024-05-0\(Int.random(in: 1...6, using: &random))", sent)
  }

  private func fill(_ register: Register, _ drawn: Case, _ random: inout SeededGenerator) throws {
    for each in drawn.returns.shuffled(using: &random) { try register.append(each) }
    for each in drawn.withdrawals {
      let fingerprint = drawn.returns[each.return].source.fingerprint
      try register.withdraw(fingerprint, making(each.from, .wrongFile))
      if let day = each.until { try register.restore(fingerprint, making(day, .withdrawnByMistake)) }
    }
    for each in drawn.errors {
      let person = try register.pseudonym(ofPerson: each.number, provider: each.provider)
      let isKnown = try register.database.read {
        try $0.integer("SELECT 1 FROM main.people WHERE pseudonym = ?", [person]) != nil
      }
      guard isKnown else { continue }
      try register.answer(.enteredInError, about: person, provider: each.provider, making(each.from, .enteredTwice))
      if let day = each.until {
        try register.answer(.left, about: person, provider: each.provider, making(day, .finished))
      }
    }
  }

  private func making(_ number: Int, _ reason: DecisionReason) -> DecisionMaking {
    DecisionMaking(by: "Ada", on: day("2024-05-0\(number)"), reason: reason)
  }

  private func plain(_ drawn: Case, on known: Int) -> [String: [[String]: [Value]]] {
    func stands(_ from: Int, _ until: Int?) -> Bool { from <= known && (until.map { known < $0 } ?? true) }
    let gone = drawn.withdrawals.filter { stands($0.from, $0.until) }.map {
      drawn.returns[$0.return].source.fingerprint
    }
    let errors = drawn.errors.filter { stands($0.from, $0.until) }.map { each in
      keys.pseudonym(ofPerson: each.number, provider: each.provider, model: drawn.model) + each.provider
    }
    let counting = PlainState.ordered(drawn.returns, until: day("2024-05-0\(known)")).filter {
      !gone.contains($0.source.fingerprint)
    }
    return PlainState(counting, model: drawn.model, keys: keys) { errors.contains($0 + $1) }.rows
  }

  @Test func everyDayIsTheReturnsThatCountLaidOverEachOther() throws {
    var copies = 0
    for round in 0..<60 as Range<UInt64> {
      let drawn = drawn(round)
      var random = SeededGenerator(seed: 32, stream: round)
      try withRegister(drawn.model, keys: keys) { register in
        try fill(register, drawn, &random)
        copies += try register.database.read { try $0.integer("SELECT COUNT(*) FROM main.return_copies")! }
        for known in 1...9 {
          PlainState.expect(
            plain(drawn, on: known), in: try register.snapshot(asKnownOn: day("2024-05-0\(known)")),
            "round \(round), day \(known)")
        }
        #expect(try register.verifyAudit().isSound)
        let status = try register.status()
        let state = plain(drawn, on: 9)
        for record in status.records {
          #expect(record.rows == (state[record.record] ?? [:]).count, "round \(round), \(record.record)")
        }
      }
    }
    #expect(copies > 20, "the cases hold what they are about")
  }

  @Test func theOrderInWhichReturnsComeMakesNoDifference() throws {
    for round in 100..<130 as Range<UInt64> {
      let drawn = drawn(round)
      var found: Set<[String]> = []
      for stream in 0..<3 as Range<UInt64> {
        var random = SeededGenerator(seed: 33, stream: round * 10 + stream)
        try withRegister(drawn.model, keys: keys) { register in
          try fill(register, drawn, &random)
          found.insert([try register.fingerprint().hex, try register.historyFingerprint().hex])
        }
      }
      #expect(found.count == 1, "round \(round)")
    }
  }

  /// What a receipt says of a return whose rows are there already is what it would say if they were written again.
  @Test func aCopyIsCountedAsIfItsRowsWereWritten() throws {
    for round in 200..<260 as Range<UInt64> {
      let drawn = drawn(round)
      var random = SeededGenerator(seed: 34, stream: round)
      let order = drawn.returns.shuffled(using: &random)
      try withRegister(drawn.model, keys: keys) { register in
        try withRegister(drawn.model, keys: keys) { plain in
          for each in order {
            try plain.database.write { connection in
              try Schema.withoutGuards(["content_marks"], connection) {
                try connection.execute("DELETE FROM main.content_marks")
              }
            }
            #expect(try register.append(each) == plain.append(each), "round \(round)")
          }
          #expect(try register.fingerprint() == plain.fingerprint(), "round \(round)")
          #expect(try register.historyFingerprint() == plain.historyFingerprint(), "round \(round)")
        }
      }
    }
  }
}
