import Estimations
import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Formulas are read as R reads them.
@Suite struct FormulaTests {
  static let people = """
    y,age,race,sex,year,birth-year
    1,20,white,m,2001,1
    2,30,black,f,2002,2
    3,40,hispan,m,2001,3
    5,50,white,f,2003,5
    4,61,black,m,2002,4

    """

  func names(_ formula: String, references: [String: String] = [:]) throws -> [String] {
    try request(table(Self.people), ["formula": formula], references: references).model().design.names
  }

  @Test(
    arguments: [
      ("y ~ age", ["(Intercept)", "age"]),
      ("y ~ race + age", ["(Intercept)", "racehispan", "racewhite", "age"]),
      ("y ~ factor(year)", ["(Intercept)", "factor(year)2002", "factor(year)2003"]),
      ("y ~ age*sex", ["(Intercept)", "age", "sexm", "age:sexm"]),
      ("y ~ age:sex + age", ["(Intercept)", "age", "age:sexm"]),
      ("y ~ sex - 1", ["sexf", "sexm"]),
      ("y ~ 0 + sex + race", ["sexf", "sexm", "racehispan", "racewhite"]),
      ("y ~ sex:age", ["(Intercept)", "sexf:age", "sexm:age"]),
      ("y ~ (age + sex)^2 - sex", ["(Intercept)", "age", "age:sexm"]),
      ("y ~ sex/age", ["(Intercept)", "sexm", "sexf:age", "sexm:age"]),
      ("y ~ I(age^2) + log(age) + sqrt(age)", ["(Intercept)", "I(age^2)", "log(age)", "sqrt(age)"]),
      ("y ~ I(age*2+1)", ["(Intercept)", "I(age * 2 + 1)"]),
      ("y ~ I(age>30)", ["(Intercept)", "I(age > 30)TRUE"]),
      ("y ~ `birth-year`", ["(Intercept)", "birth-year"]),
      ("y ~ 1", ["(Intercept)"]),
      ("y ~ rcs(age, c(20, 30, 50))", ["(Intercept)", "age", "age'"]),
      ("y ~ factor(race, ref = 'white')", ["(Intercept)", "factor(race)black", "factor(race)hispan"]),
      ("y ~ factor(sex, levels = c('m', 'f'))", ["(Intercept)", "factor(sex)f"]),
    ] as [(String, [String])])
  func `columns have the names that R gives them`(_ formula: String, _ expected: [String]) throws {
    #expect(try names(formula) == expected)
  }

  @Test func `a reference can be chosen for a column`() throws {
    #expect(try names("y ~ race", references: ["race": "white"]) == ["(Intercept)", "raceblack", "racehispan"])
    #expect(refusal { _ = try names("y ~ race", references: ["race": "whit"]) }.code == "EST-06")
    #expect(refusal { _ = try names("y ~ race", references: ["rase": "white"]) }.message.contains("“race”"))
  }

  @Test func `response and offset are expressions`() throws {
    let model = try request(table(Self.people), ["formula": "log(y) ~ age + offset(age/10) + offset(y)"]).model()
    #expect(model.responseName == "log(y)")
    #expect(model.response[0] == 0)
    #expect(model.offset == [3, 5, 7, 10, 10.1])
    let truth = try request(table(Self.people), ["formula": "race == 'white' ~ age"]).model()
    #expect(truth.response == [1, 0, 0, 1, 0])
  }

  @Test func `a dot is every other column`() throws {
    #expect(try names("y ~ . - race - `birth-year` - year") == ["(Intercept)", "age", "sexm"])
  }

  @Test func `products of factors change fastest in the first`() throws {
    #expect(
      try names("y ~ sex*race").suffix(2) == ["sexm:racehispan", "sexm:racewhite"])
    let design = try request(table(Self.people), ["formula": "y ~ age:sex - 1"]).model().design
    #expect(design.materialised().column(1) == [20, 0, 40, 0, 61])
  }

  @Test func `terms alone leave out the constant when asked, and code factors as if it were there`() throws {
    let asked = try request(table(Self.people), ["terms": "age + sex"])
    #expect(try asked.design("terms", intercept: false).names == ["age", "sexm"])
  }

  @Test(arguments: [
    ("y ~ age +", "missing at the end"), ("y ~ age + * sex", "“*”"), ("y ~ lgo(age)", "did you mean “log”"),
    ("y ~ 'x", "quotation mark"), ("age + sex", "before a tilde"), ("y ~ poly(age, 2)", "no function “poly”"),
    ("y ~ age $ sex", "“$”"), ("y ~ 0", "no term"), ("y ~ age > 30", "“>”"), ("y ~ rcs(age, 2)", "rcs"),
    ("y ~ log(race)", "text"),
  ])
  func `what cannot be read is told with its place`(_ formula: String, _ words: String) {
    let (code, message) = refusal { _ = try request(table(Self.people), ["formula": formula]).model() }
    #expect(code == "EST-07" && message.contains(words), "\(message)")
    #expect(message.contains("--formula, character "))
  }

  @Test func `what has no finite value is told with the row of the file`() {
    let (code, message) = refusal {
      _ = try request(table("y,x\n1,2\n2,0\n"), ["formula": "y ~ log(x)"]).model()
    }
    #expect(code == "EST-06" && message.contains("log(x)") && message.contains("row 3"))
  }

  @Test func `spline knots lie at Harrell's quantiles`() throws {
    let ages = (1...200).map { "\($0),\($0)" }.joined(separator: "\n")
    let design = try request(table("y,x\n\(ages)\n"), ["formula": "y ~ rcs(x, 4)"]).model().design
    guard case .spline(_, _, let knots) = design.terms[1] else {
      Issue.record("no spline")
      return
    }
    // Quantiles of type 7 of 1...200 at 0.05, 0.35, 0.65, 0.95.
    for (knot, expected) in zip(knots, [10.95, 70.65, 130.35, 190.05]) { #expect(isClose(knot, expected)) }
  }
}
