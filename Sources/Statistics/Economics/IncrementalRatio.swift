/// Where a strategy lies on the plane of differences in effect and cost.
public enum CostEffectivenessQuadrant: String, Codable, Hashable, Sendable, CaseIterable {
  /// More effect at more cost: the ratio says what a unit of effect costs.
  case moreEffectMoreCost
  /// More effect at no more cost: better whatever a unit of effect is worth.
  case dominant
  /// Less effect at no less cost: worse whatever a unit of effect is worth.
  case dominated
  /// Less effect at less cost: the ratio says what is saved by each unit of effect given up.
  case lessEffectLessCost
  /// No difference in effect or in cost.
  case equal

  init(effect: Double, cost: Double) {
    if effect == 0, cost == 0 {
      self = .equal
    } else if effect >= 0 {
      self = cost > 0 ? (effect == 0 ? .dominated : .moreEffectMoreCost) : .dominant
    } else {
      self = cost >= 0 ? .dominated : .lessEffectLessCost
    }
  }
}

/// What one more unit of effect costs: the incremental cost-effectiveness ratio, ICER.
public struct IncrementalRatio: Codable, Hashable, Sendable {
  public let cost: Double
  public let effect: Double
  /// Cost over effect; nil when the effects do not differ. It ranks strategies only in the two quadrants in which more
  /// effect costs more.
  public let value: Double?
  public let quadrant: CostEffectivenessQuadrant

  public init(cost: Double, effect: Double) {
    self.cost = cost
    self.effect = effect
    value = effect == 0 ? nil : cost / effect
    quadrant = CostEffectivenessQuadrant(effect: effect, cost: cost)
  }

  /// What the difference is worth when a unit of effect is worth this much: k·effect − cost.
  public func netBenefit(willingnessToPay k: Double) -> Double { k * effect - cost }
}

func checkWillingness(_ k: Double) throws(StatisticsError) {
  guard k >= 0, k.isFinite else {
    throw .setting(name: "willingness to pay", reason: "a unit of effect is worth zero or more")
  }
}
