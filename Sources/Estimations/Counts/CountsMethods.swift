import Primitives
import Statistics

/// The methods of the family of counts, in the order in which they are listed.
let countsMethods: [any EstimationMethod] = [ProportionEstimation(), RateEstimation(), FunnelPlotEstimation()]

extension EstimationOption {
  static let groups = EstimationOption("group", .category, "Groups.", nl: "Groepen.")
}
