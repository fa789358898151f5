import Statistics

/// The models of the reference cases.
enum GeneralisedReference {
  static func swissLabour(_ reference: ReferenceCase, square: Bool) throws -> GeneralisedLinearModel {
    let table = try reference.table("swiss_labor")
    let age = ModelMatrix.Term.numeric("age", table.numbers("age"))
    var terms: [ModelMatrix.Term] = [.intercept, .numeric("income", table.numbers("income")), age]
    if square { terms.append(.product(age, age)) }
    for name in ["education", "youngkids", "oldkids"] { terms.append(.numeric(name, table.numbers(name))) }
    terms.append(.numeric("foreign", table.texts("foreign").map { $0 == "yes" ? 1 : 0 }))
    return try GeneralisedLinearModel(
      ModelMatrix(rowCount: age.count, terms: terms),
      response: table.texts("participation").map { $0 == "yes" ? 1 : 0 }, family: .binomial)
  }

  static func teaching(_ reference: ReferenceCase) throws -> GeneralisedLinearModel {
    let table = try reference.table("program_effectiveness")
    return try GeneralisedLinearModel(
      ModelMatrix([
        ("average", table.numbers("average")), ("testscore", table.numbers("testscore")),
        ("psi", table.texts("participation").map { $0 == "yes" ? 1 : 0 }),
      ]),
      response: table.texts("grade").map { $0 == "increase" ? 1 : 0 }, family: .binomial)
  }

  static func homelessness(_ reference: ReferenceCase) throws -> GeneralisedLinearModel {
    let table = try reference.table("helprct")
    let levels = ["alcohol", "cocaine", "heroin"]
    let codes = table.texts("substance").map { Int32(levels.firstIndex(of: $0)!) }
    return try GeneralisedLinearModel(
      ModelMatrix(
        rowCount: codes.count,
        terms: [
          .intercept, .numeric("age", table.numbers("age")),
          .numeric("fem", table.texts("sex").map { $0 == "female" ? 1 : 0 }), .numeric("cesd", table.numbers("cesd")),
          .factor("sub", codes: codes, levels: levels, reference: 0),
        ]),
      response: table.texts("homeless").map { $0 == "homeless" ? 1 : 0 }, family: .binomial)
  }
}

extension ModelMatrix.Term {
  /// How many rows a numeric term has.
  fileprivate var count: Int { if case .numeric(_, let values) = self { values.count } else { 0 } }
}
