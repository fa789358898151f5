import Estimations
import Primitives
import TestSupport
import Testing

/// Errors clustered by few are told, with what does better where the method has it.
@Suite struct FewClustersNoteTests {
  /// 120 rows in 6, and in 60, clusters.
  static func people() throws -> EstimationTable {
    var text = "y,x,d,t,start,few,many,person\n"
    for row in 0..<120 {
      let x = Double((row * 37) % 101) / 10
      let y = x / 3 + Double((row * 53) % 17)
      let start = row / 2 % 3 == 0 ? 0 : 2
      text += "\(y),\(x),\((row * 7) % 11 > 5 ? 1 : 0),\(row % 2 + 1),\(start),\(row % 6),m\(row % 60),\(row / 2)\n"
    }
    return try table(text)
  }

  func notes(_ method: String, _ settings: [String: String]) throws -> [String] {
    try estimate(method, Self.people(), settings).warnings.map(\.english).filter { $0.hasPrefix("Errors rest on") }
  }

  @Test func `the note advises CR2 where the method has it`() throws {
    let note = try #require(try notes("linear-regression", ["formula": "y ~ x", "cluster": "few"]).first)
    #expect(note.hasPrefix("Errors rest on 6 clusters. With fewer than about 40 they tend to be too small"))
    #expect(note.hasSuffix("Give --errors cr2."))
    #expect(try notes("linear-regression", ["formula": "y ~ x", "cluster": "many"]).isEmpty)
    #expect(try notes("linear-regression", ["formula": "y ~ x"]).isEmpty)
    #expect(try notes("linear-regression", ["formula": "y ~ x", "cluster": "few", "errors": "cr2"]).isEmpty)
    let both = try notes("linear-regression", ["formula": "y ~ x", "cluster": "many,few"])
    #expect(both.count == 1 && both[0].contains("on 6 clusters") && !both[0].hasSuffix("Give --errors cr2."))
  }

  @Test func `elsewhere it advises what there is`() throws {
    let did = try notes(
      "difference-in-differences", ["outcome": "y", "treated": "d", "after": "t == 2", "cluster": "few"])
    #expect(did.first?.contains("--method interaction --errors cr2") == true)
    let weighted = try notes("inverse-probability-weighting", ["formula": "d ~ x", "outcome": "y", "cluster": "few"])
    #expect(weighted.first?.contains("meedoen estimate bootstrap --cluster") == true)
    let absorbed = try notes("absorbed-regression", ["formula": "y ~ x", "absorb": "t", "cluster": "few"])
    #expect(absorbed.first?.contains("no correction for it here") == true)
  }

  @Test func `units are clusters where nothing else is said`() throws {
    var text = "income,treated,person,year\n"
    for person in 0..<8 {
      for year in 1...4 {
        text += "\((person * 13 + year * 7) % 11),\(person > 3 && year > 2 ? 1 : 0),\(person),\(year)\n"
      }
    }
    let settings = ["formula": "income ~ treated", "unit": "person", "period": "year"]
    let result = try estimate("two-way-fixed-effects", table(text), settings)
    #expect(result.warnings.contains { $0.english.hasPrefix("Errors rest on 8 clusters.") })
    let plain = try estimate(
      "two-way-fixed-effects", table(text), settings.merging(["errors": "classical"]) { $1 })
    #expect(!plain.warnings.contains { $0.english.hasPrefix("Errors rest on") })
  }
}
