import Foundation
import Primitives
import Testing

@testable import DisclosureControl

@Suite struct NumberTests {
  private let policy = DisclosurePolicy.standard
  private let withheld = DisclosedValue.absent(.protected)

  @Test func aCountIsWithheldBelowTenAndRoundedToFive() {
    let expected: [(Int, DisclosedValue)] = [
      (0, .zero), (1, withheld), (9, withheld), (10, .value(10)), (12, .value(10)), (13, .value(15)),
      (1234, .value(1235)),
    ]
    for (people, value) in expected { #expect(policy.count(people).value == value, "\(people)") }
  }

  @Test func everyPrintedCountLiesWithinTheRangeThatItsReadersKnow() throws {
    for rounding in [Rounding.none, .nearest(base: 3), .nearest(base: 4), .nearest(base: 5), .nearest(base: 10)] {
      for people in 0..<200 {
        let range = rounding.range(of: people)
        #expect(range.contains(people))
        #expect(range.allSatisfy { $0 < 0 || rounding.rounded($0) == rounding.rounded(people) })
        #expect(range.count == rounding.base ?? 1)
      }
    }
  }

  @Test func aShareIsWithheldWhenThoseWithOrWithoutAreFew() throws {
    #expect(policy.share(12, of: 27).percentage == .value(40))  // printed as 10 of 25
    #expect(policy.share(12, of: 27).denominator.value == .value(25))
    for (part, whole) in [(3, 40), (37, 40), (4, 9), (0, 9), (9, 9)] {
      let share = policy.share(part, of: whole)
      #expect(share.percentage == withheld && share.numerator.value == withheld, "\(part) of \(whole)")
    }
    #expect(policy.share(0, of: 40).percentage == .zero)
    #expect(policy.share(40, of: 40).percentage == .value(100))
    let strict = try DisclosurePolicy(zeroIsDisclosive: true)
    #expect(strict.share(0, of: 40).percentage == withheld)
    #expect(strict.share(40, of: 40).percentage == withheld)
  }

  @Test func aShareOfAPrintedTableFollowsItsCells() throws {
    let table = CountTable(id: "t", categories: ["a", "b", "none"], counts: [31, 6, 0], addingTotal: true)
    let disclosed = try policy.protect(table)
    func share(_ row: String, of whole: String = "total") -> DisclosedValue? {
      disclosed.share(of: (row, "count"), in: (whole, "count"))?.percentage
    }
    #expect(share("a") == .value(86))  // 30 of 35
    #expect(share("b") == withheld && share("none") == .zero && share("a", of: "none") == .absent(.notApplicable))
    #expect(share("absent") == nil)
  }

  @Test func aMeanHasOnlyTheDecimalsThatHideItsCount() {
    #expect(policy.mean(3.14159, contributors: 7).value == withheld)
    let ten = policy.mean(3.14159, contributors: 22, decimals: 3)
    #expect(ten.value == .value(3.1) && ten.decimals == 1)
    #expect(policy.mean(3.14159, contributors: 700, decimals: 3).value == .value(3.14))
    // A hundred prints as 100, which 98 may do as well.
    #expect(policy.mean(3.14159, contributors: 100, decimals: 3).value == .value(3.1))
    #expect(policy.mean(.nan, contributors: 50).value == .absent(.notApplicable))
  }

  @Test func everyPossibleCountCanHaveEveryPrintedMean() {
    for contributors in [10, 12, 47, 99, 100, 130, 999] {
      let decimals = policy.mean(0, contributors: contributors, decimals: 9).decimals
      let step = pow(10, -Double(decimals))
      // Between two printed means there is a mean of whole numbers for each count that the reader holds possible.
      for count in policy.range(ofPublished: contributors) { #expect(step * Double(count) >= 1 - 1e-9, "\(count)") }
    }
  }

  @Test func aQuantileNeedsEnoughPeopleOnEitherSide() {
    #expect(policy.quantile(0.5, 14.4, contributors: 20).value == .value(14))
    #expect(policy.quantile(0.5, 14.4, contributors: 19).value == withheld)
    #expect(policy.quantile(0.9, 14.4, contributors: 99).value == withheld)
    #expect(policy.quantile(1, 14.4, contributors: 5000).value == withheld)
  }

  @Test func aCaseloadIsComputedFromThePrintedPeople() {
    #expect(policy.rate(people: 63, per: 1).value == .value(65))
    #expect(policy.rate(people: 126, per: 2, decimals: 1).value == .value(62.5))
    #expect(policy.rate(people: 6, per: 0.5).value == withheld)
    #expect(policy.rate(people: 60, per: 0).value == .absent(.notApplicable))
  }

  @Test func anEstimateNeedsEnoughPeopleInEveryGroup() {
    let estimate = policy.estimate(0.1234, lower: 0.0123, upper: 0.2345, contributors: [60, 55], decimals: 4)
    #expect(estimate.value == .value(0.12) && estimate.lower == .value(0.01) && estimate.upper == .value(0.23))
    #expect(estimate.contributors.map(\.value) == [.value(60), .value(55)])
    #expect(policy.estimate(1, lower: 0, upper: 2, contributors: [60, 9], decimals: 1).value == withheld)
    #expect(policy.estimate(1, lower: 0, upper: 2, contributors: [], decimals: 1).value == withheld)
  }

  @Test func theFiveStatesStayApartInPrintAndWhenEncoded() throws {
    let states: [DisclosedValue] = [
      .zero, .absent(.protected), .absent(.notApplicable), .absent(.notCollected), .absent(.tooLate),
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let encoded = try states.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    #expect(
      encoded == [
        #"{"state":"zero"}"#, #"{"state":"protected"}"#, #"{"state":"notApplicable"}"#, #"{"state":"notCollected"}"#,
        #"{"state":"tooLate"}"#,
      ])
    #expect(states.map { $0.text(in: .dutch) } == ["0", "c", "n/a", "…", "late"])
    #expect(DisclosedValue.value(1235).text(in: .dutch) == "1.235")
    let table = CountTable(
      id: "t", rows: ["r"], columns: ["a", "b", "d", "e", "f", "g"],
      cells: [[.count(0), .count(4), .absent(.notApplicable), .absent(.notCollected), .absent(.tooLate), .count(25)]])
    let disclosed = try policy.protect(table)
    #expect(disclosed.values == [states + [.value(25)]])
    #expect(disclosed.absences == Absence.allCases)
    let text = String(decoding: try encoder.encode(disclosed), as: UTF8.self)
    for state in encoded { #expect(text.contains(state)) }
  }

  @Test func aPolicyIsReadWithItsDefaultsAndRefusedWhenItProtectsNothing() throws {
    let decoder = JSONDecoder()
    #expect(try decoder.decode(DisclosurePolicy.self, from: Data("{}".utf8)) == .standard)
    let exact = try decoder.decode(DisclosurePolicy.self, from: Data(#"{"threshold":5,"rounding":"none"}"#.utf8))
    #expect(exact.rounding == .none && exact.minimumWidth == 5)
    for policy in [exact, .standard, try DisclosurePolicy(threshold: 20, zeroIsDisclosive: true, minimumWidth: 12)] {
      #expect(try decoder.decode(DisclosurePolicy.self, from: JSONEncoder().encode(policy)) == policy)
    }
    for wrong in [#"{"threshold":1}"#, #"{"threshold":4}"#, #"{"rounding":"up"}"#, #"{"minimumWidth":0}"#] {
      #expect(throws: (any Error).self) { try decoder.decode(DisclosurePolicy.self, from: Data(wrong.utf8)) }
    }
  }
}
