import Foundation
import Primitives
import Statistics
import TestSupport
import Testing

/// What errors say, in both languages.
@Suite struct ErrorMessageTests {
  @Test func `one is not told as many`() {
    let pairs: [(StatisticsError, String, String)] = [
      (.tooFewClusters(found: 1, needed: 2), "there is 1 cluster;", "er is 1 cluster;"),
      (.tooFewClusters(found: 3, needed: 5), "there are 3 clusters;", "er zijn 3 clusters;"),
      (.tooFewGroups(found: 1), "people in 1 group;", "mensen in 1 groep;"),
      (.tooFewGroups(found: 0), "people in 0 groups;", "mensen in 0 groepen;"),
      (.tooFewObservations(found: 1, needed: 4), "there is 1 observation;", "er is 1 waarneming;"),
      (.notConverged(method: "the Cox model", iterations: 1), "in 1 step;", "in 1 stap "),
      (.drawsFailed(failed: 1, draws: 1), "in 1 of 1 draw;", "in 1 van 1 trekking;"),
      (.lengthsDiffer(array: "y", expected: 3, found: 1), "y has 1 element where", "y heeft 1 element waar"),
    ]
    for (error, english, dutch) in pairs {
      #expect(error.description.contains(english) && error.message[.dutch].contains(dutch), "\(error.message)")
    }
  }

  @Test func `columns that tell the treated apart are not said to predict the outcome`() throws {
    let x = (0..<20).map(Double.init)
    let design = try ModelMatrix([("x", x)])
    #expect(throws: StatisticsError.separated(columns: ["x"], of: "the treatment")) {
      try PropensityScores(treated: x.map { $0 > 9 }, design: design)
    }
    let error = StatisticsError.separated(columns: ["x"], of: "the treatment")
    #expect(error.description.hasPrefix("x predicts the treatment without error"))
    #expect(error.message[.dutch].hasPrefix("x voorspelt de behandeling zonder fout"))
  }

  @Test func `names of columns are left as they are`() {
    #expect(StatisticsError.constant(variable: "treated").message[.dutch].hasPrefix("treated is in elke rij gelijk"))
    #expect(StatisticsError.collinear(columns: ["cluster"]).message[.dutch].hasPrefix("cluster volgt uit"))
  }

  @Test func `what is filled into a phrase is said in its language too`() {
    let message = StatisticsError.oneGroupOnly(variable: "not treated in the later period").message
    #expect(message[.dutch].hasPrefix("niet behandeld in de tweede periode heeft"))
    let levels = StatisticsError.setting(name: "region", reason: "west is not one of its levels north, south").message
    #expect(levels[.dutch] == "region: west is niet een van de niveaus north, south")
  }

  /// Every phrase that the sources hand to an error, `{}` for what is filled in.
  @Test func `every phrase of an error has its Dutch`() throws {
    let phrases = try ErrorPhrase.all()
    #expect(phrases.count > 200)
    for phrase in phrases {
      let error: StatisticsError =
        phrase.isName ? .oneGroupOnly(variable: phrase.filled) : .noTreatedGroup(reason: phrase.filled)
      #expect(
        !error.message[.dutch].contains(phrase.filled),
        "\(phrase.file): “\(phrase.text)” stands in no file of Sources/Statistics/Dutch")
    }
  }
}
