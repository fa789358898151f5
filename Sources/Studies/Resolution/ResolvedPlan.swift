import DataModels
import Primitives

/// A plan whose every condition has its meaning in a data model.
struct ResolvedPlan {
  let plan: StudyPlan
  let timeZero: Operand
  /// Whether time zero is known by month only.
  let isTimeZeroMonthly: Bool
  let include: [Condition]
  let exclude: [Condition]
  /// nil for the lost and for who is left.
  let states: [DayCondition?]
  let seenBy: [DaySelection]
  let seenWhile: [DaySelection]
  /// Per outcome, per cause.
  let causes: [[DayCondition]]
  /// Per grouping, per value; nil takes who is left.
  let groupings: [[Condition?]]
  /// Per column, per value where the column is a choice.
  let routes: [[DayCondition?]]
  let caseload: ResolvedCaseload?
  let selections: SelectionList

  /// The places of the groupings that look at what happens after time zero.
  var lateGroupings: [Int] {
    groupings.indices.filter { groupings[$0].contains { $0?.looksAhead ?? false } }
  }
}

struct ResolvedCaseload {
  let spells: DaySelection
  let manager: Int
  let team: Int?
  let teamList: CodeList?
}

extension StudyPlan {
  /// Everything in the plan that has no meaning in a data model: unknown names, types that do not fit, conditions that
  /// cannot be computed, each with its place; empty for a plan that can be carried out.
  public func problems(in model: DataModel) -> [DefinitionProblem] {
    do throws(DefinitionError) {
      _ = try resolved(in: model)
      return []
    } catch {
      return error.problems
    }
  }

  func resolved(in model: DataModel) throws(DefinitionError) -> ResolvedPlan {
    if self.model.id != model.id || !self.model.accepts(version: model.version) {
      let wanted = self.model.id + (self.model.version.map { " >= \($0)" } ?? "")
      throw DefinitionError([
        self.model.place.problem(
          "the plan is written for the model “\(wanted)” and the data have “\(model.id) \(model.version)”")
      ])
    }
    var resolver = PlanResolver(model: model)
    return try resolver.resolve(self)
  }
}
