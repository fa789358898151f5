import CNumericalMethods

/// Student's t distribution; with infinite degrees of freedom the standard normal distribution.
public struct StudentT: IntervalDistribution {
  /// Above 0, not necessarily whole; infinity allowed.
  public var degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  var isDefined: Bool { degreesOfFreedom > 0 }
  var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  func insideDensity(_ x: Double) -> Double {
    degreesOfFreedom.isFinite ? meedoen_student_t_density(degreesOfFreedom, x) : Normal.standard.density(x)
  }

  func insideLowerTail(_ x: Double) -> Double {
    degreesOfFreedom.isFinite ? meedoen_student_t_lower_tail(degreesOfFreedom, x) : Normal.standard.lowerTail(x)
  }

  func insideUpperTail(_ x: Double) -> Double {
    degreesOfFreedom.isFinite ? meedoen_student_t_upper_tail(degreesOfFreedom, x) : Normal.standard.upperTail(x)
  }

  func insideQuantile(lowerTail probability: Double) -> Double {
    degreesOfFreedom.isFinite
      ? meedoen_student_t_quantile_of_lower_tail(degreesOfFreedom, probability)
      : Normal.standard.quantile(lowerTail: probability)
  }

  func insideQuantile(upperTail probability: Double) -> Double {
    degreesOfFreedom.isFinite
      ? meedoen_student_t_quantile_of_upper_tail(degreesOfFreedom, probability)
      : Normal.standard.quantile(upperTail: probability)
  }
}
