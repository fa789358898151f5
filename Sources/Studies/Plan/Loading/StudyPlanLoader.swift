import DataModels
import Fingerprints
import Primitives

/// Reads the form of a plan from YAML: its parts, names and the references between them.
///
/// Problems are gathered, so that one reading names them all. What conditions say is checked later, against a model.
struct StudyPlanLoader {
  let root: DefinitionNode
  let problems = ProblemList()
  /// Every expression that was read, so that all can be checked against a model even when the form has problems.
  let expressions = ExpressionList()
  var states: [StateDefinition] = []
  var groupings: [Grouping] = []

  init(root: DefinitionNode) { self.root = root }

  /// The most states, causes of an outcome, or values of a group or route column: results number them in a byte, and
  /// nobody can read more.
  static let most = 60

  static let topLevelNames = [
    "meedoen", "id", "version", "title", "question", "model", "cohort", "states", "outcomes", "groups", "routes",
    "caseload", "report",
  ]

  mutating func load(fingerprint: Fingerprint) throws(DefinitionError) -> StudyPlan {
    guard let top = problems.attempt({ () throws(DefinitionProblem) in try root.mapping(allowing: Self.topLevelNames) })
    else { throw DefinitionError(problems.problems) }
    problems.attempt { () throws(DefinitionProblem) in
      let kind = try top.required("meedoen")
      guard try kind.text() == "study-plan/1" else { throw kind.problem("“study-plan/1” is expected here") }
    }
    let id = problems.attempt { () throws(DefinitionProblem) in try identifier(try top.required("id")) }
    let version = problems.attempt { () throws(DefinitionProblem) in try top.required("version").text() }
    let title = problems.attempt { () throws(DefinitionProblem) in try top.required("title").localizedText() }
    let question = problems.attempt { () throws(DefinitionProblem) in try top.required("question").localizedText() }
    let model = problems.attempt { () throws(DefinitionProblem) in try readModel(try top.required("model")) }
    let cohort = read(top, "cohort") { loader, node throws(DefinitionProblem) in try loader.readCohort(node) }
    if let node = problems.attempt({ () throws(DefinitionProblem) in try top.required("states") }) { readStates(node) }
    checkLoss(cohort?.followUp, top)
    if let node = top["groups"] { readGroupings(node) }
    var outcomes: [OutcomeDefinition] = []
    if let node = problems.attempt({ () throws(DefinitionProblem) in try top.required("outcomes") }) {
      outcomes = readOutcomes(node)
    }
    var routes: [RouteColumn] = []
    if let node = top["routes"] { routes = readRoutes(node, months: cohort?.followUp.months ?? .max) }
    var caseload: CaseloadDefinition?
    if let node = top["caseload"] {
      caseload = problems.attempt { () throws(DefinitionProblem) in try readCaseload(node) }
    }
    let report = problems.attempt { () throws(DefinitionProblem) in
      try readReport(top["report"], months: cohort?.followUp.months ?? .max)
    }
    guard problems.isEmpty else { throw DefinitionError(problems.problems) }
    return StudyPlan(
      id: id!, version: version!, title: title!, question: question!, model: model!, cohort: cohort!, states: states,
      outcomes: outcomes, groupings: groupings, routes: routes, caseload: caseload, report: report!,
      fingerprint: fingerprint)
  }

  /// Reads a required part with a function that changes the loader.
  private mutating func read<Part>(
    _ top: DefinitionMapping, _ name: String,
    _ reading: (inout StudyPlanLoader, DefinitionNode) throws(DefinitionProblem) -> Part?
  ) -> Part? {
    do throws(DefinitionProblem) {
      return try reading(&self, try top.required(name))
    } catch {
      problems.add(error)
      return nil
    }
  }

  private func readModel(_ node: DefinitionNode) throws(DefinitionProblem) -> ModelRequirement {
    let words = try node.text().split(separator: " ").map(String.init)
    let isPair = words.count == 3 && words[1] == ">="
    guard words.count == 1 || isPair, isIdentifier(words[0]) else {
      throw node.problem("a model is written as its id, or as “municipality >= 2026.1”")
    }
    return ModelRequirement(id: words[0], version: isPair ? words[2] : nil, place: PlanPlace(node))
  }

  // MARK: What the parts share

  /// The id of something, which becomes a key in the results.
  func identifier(_ node: DefinitionNode) throws(DefinitionProblem) -> String {
    let text = try node.identifier()
    guard !["total", "start", "time-zero", "observed", "no-event", "not-followed"].contains(text) else {
      throw node.problem("“\(text)” has a meaning of its own in the results; choose another id")
    }
    return text
  }

  func expression(_ node: DefinitionNode, _ kind: ExpressionList.Kind) throws(DefinitionProblem) -> PlanExpression {
    let expression = PlanExpression(text: try node.text(), place: PlanPlace(node))
    expressions.add(expression, kind)
    return expression
  }

  /// One expression, or a list of them.
  func several(
    _ node: DefinitionNode?, _ kind: ExpressionList.Kind
  ) throws(DefinitionProblem) -> [PlanExpression] {
    guard let node else { return [] }
    var result: [PlanExpression] = []
    for item in node.isSequence ? try node.items() : [node] { result.append(try expression(item, kind)) }
    return result
  }

  func duration(_ node: DefinitionNode) throws(DefinitionProblem) -> PlanDuration {
    let words = try node.text().split(separator: " ").map(String.init)
    guard words.count == 2, let count = Int(words[0]), count > 0,
      let unit = CalendarDuration.Unit(rawValue: words[1]) ?? CalendarDuration.Unit(rawValue: words[1] + "s")
    else { throw node.problem("a length of time is expected here, such as “6 months”") }
    guard count <= unit.limit else { throw node.problem(CalendarDuration.limitMessage) }
    return PlanDuration(count: count, unit: unit)
  }

  /// Values that people are divided over: each with a name and a condition, the last one for who is left.
  func values(
    _ node: DefinitionNode, _ kind: ExpressionList.Kind
  ) throws(DefinitionProblem) -> [GroupValue] {
    var values: [GroupValue] = []
    let entries = try node.entries()
    if entries.count > Self.most { throw node.problem("there can be at most \(Self.most) values") }
    for (index, (_, key, value)) in entries.enumerated() {
      let id = try identifier(key)
      let parts = try value.mapping(allowing: ["name", "when", "otherwise"])
      let isRest = try parts["otherwise"]?.yesOrNo() ?? false
      guard isRest != (parts["when"] != nil) else {
        throw key.problem("“\(id)” needs either “when” or “otherwise: yes”")
      }
      guard isRest == (index == entries.count - 1) else {
        throw key.problem(
          isRest
            ? "“otherwise” takes who is left, so it stands last"
            : "the last one takes who is left: give it “otherwise: yes”, so that everybody is counted once")
      }
      values.append(
        GroupValue(
          id: id, name: try parts["name"]?.localizedText() ?? LocalizedText(id),
          condition: try parts["when"].map { (node) throws(DefinitionProblem) in try expression(node, kind) }))
    }
    return values
  }
}

/// Gathers the expressions of a plan with what each is to be read as.
///
/// A reference type, because readings that do not change the loader report to it.
final class ExpressionList {
  enum Kind {
    case timeZero
    /// A condition on the person at time zero.
    case person
    /// A condition on the person and a day.
    case day
    case selection
    /// A name of a field or a state, which has a meaning in its context only.
    case name
  }
  private(set) var expressions: [(expression: PlanExpression, kind: Kind)] = []

  func add(_ expression: PlanExpression, _ kind: Kind) { expressions.append((expression, kind)) }
}
