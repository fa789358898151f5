import Foundation
import Linkage
import Primitives
import SyntheticProgrammes
import Testing
import TestSupport

@Suite struct SyntheticDuplicatesTests {
  private func linked(
    people: Int, seed: UInt64, errorFactor: Double = 1
  ) throws -> (LinkedRecords, who: [String]) {
    var register = SyntheticDuplicates(people: people, seed: seed)
    register.errorFactor = errorFactor
    let entered = register.registrations()
    func text(_ text: String) -> LinkageRecords.Value { text.isEmpty ? .missing : .text(text) }
    func date(_ date: CalendarDate?) -> LinkageRecords.Value { date.map { .date($0) } ?? .missing }
    let records = LinkageRecords(
      fields: [
        LinkageField("given-name", .name), LinkageField("family-name", .name), LinkageField("birth-date", .date),
        LinkageField("sex", .code), LinkageField("origin", .code), LinkageField("permit-on", .date),
      ],
      columns: [
        entered.map { text($0.given) }, entered.map { text($0.family) }, entered.map { date($0.born) },
        entered.map { text($0.sex) }, entered.map { text($0.origin) }, entered.map { date($0.permitted) },
      ])
    return (try RecordLinkage().link(records), entered.map { "\($0.person)" })
  }

  @Test func `the same seed invents the same people, another seed others`() {
    let first = SyntheticDuplicates(people: 500, seed: 4).registrations()
    #expect(first == SyntheticDuplicates(people: 500, seed: 4).registrations())
    #expect(first != SyntheticDuplicates(people: 500, seed: 5).registrations())
    #expect(first.count > 500 && Set(first.map(\.person)).count == 500)
    #expect(Set(first.map(\.number)).count == first.count)
  }

  /// The whole of 50,000 people is in the page of the method; here 6,000, which take a few seconds unoptimised.
  @Test func `linkage finds nearly all that were entered twice, and hardly anything else`() throws {
    let (linked, who) = try linked(people: 6000, seed: 1)
    let accuracy = LinkageAccuracy(groupsOf: linked.certain, people: who)
    #expect(accuracy.total > 1000)
    #expect(try #require(accuracy.precision) >= 0.99)
    #expect(try #require(accuracy.recall) >= 0.95)
    let all = LinkageAccuracy(linked.pairs, people: who)
    #expect(try #require(all.recall) >= 0.97)
  }

  /// Of the pairs to look at about so many are right as is said; with two and three times as many mistakes as usual, not
  /// fewer. No more of the certain ones are wrong than is said.
  @Test func `a probability is what it says, and where much is wrong it does not say too much`() throws {
    var (mistakesSaid, mistakes) = (0.0, 0)
    for (seed, factor) in [(1, 1), (2, 2), (3, 3)] as [(UInt64, Double)] {
      let (linked, who) = try linked(people: 4000, seed: seed, errorFactor: factor)
      var (said, right, spread) = (0.0, 0, 0.0)
      for pair in linked.pairs where pair.verdict == .review && pair.probability > 0.2 {
        said += pair.probability
        spread += pair.probability * (1 - pair.probability)
        if who[pair.first] == who[pair.second] { right += 1 }
      }
      mistakesSaid += linked.expectedMistakes
      mistakes += linked.certain.count { who[$0.first] != who[$0.second] }
      // In small registers households are few, and what they look like is partly what was expected of them.
      let room = 0.15 * said + 3 * spread.squareRoot()
      #expect(Double(right) >= said - room, "\(factor): \(said) said, \(right) right")
      if factor == 1 { #expect(Double(right) <= said + room, "\(said) said, \(right) right") }
    }
    #expect(Double(mistakes) <= mistakesSaid + 3 * mistakesSaid.squareRoot(), "\(mistakesSaid) said, \(mistakes)")
    #expect(mistakesSaid < 40)
  }

  @Test func `what is written can be read back`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duplicates-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let summary = try SyntheticDuplicates(people: 200, seed: 9).write(to: folder)
    let people = try String(contentsOf: folder.appendingPathComponent("people.csv"), encoding: .utf8)
    let truth = try String(contentsOf: folder.appendingPathComponent("truth.csv"), encoding: .utf8)
    #expect(people.split(whereSeparator: \.isNewline).count == summary.registrations + 1)
    #expect(truth.split(whereSeparator: \.isNewline).count == summary.registrations + 1)
    #expect(summary.people == 200 && summary.returns == 5 && summary.pairs > 10)
  }
}
