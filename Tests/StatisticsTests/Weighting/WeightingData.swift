import Statistics
import TestSupport
import Testing

/// The 614 people of LaLonde's data as MatchIt ships them.
struct LaLonde {
  let reference: ReferenceCase
  let treated: [Bool]
  let outcome: [Double]
  let columns: [(name: String, values: [Double])]

  init(_ id: String) throws {
    reference = try ReferenceCase(id)
    let table = try reference.table("lalonde")
    treated = table.numbers("treat").map { $0 == 1 }
    outcome = table.numbers("re78")
    let race = table.texts("race")
    columns = [
      ("age", table.numbers("age")), ("educ", table.numbers("educ")), ("black", race.map { $0 == "black" ? 1 : 0 }),
      ("hispan", race.map { $0 == "hispan" ? 1 : 0 }), ("married", table.numbers("married")),
      ("nodegree", table.numbers("nodegree")), ("re74", table.numbers("re74")), ("re75", table.numbers("re75")),
    ]
  }

  func design(intercept: Bool = true) throws -> ModelMatrix { try ModelMatrix(intercept: intercept, columns) }

  func scores() throws -> PropensityScores { try PropensityScores(treated: treated, design: design()) }
}
