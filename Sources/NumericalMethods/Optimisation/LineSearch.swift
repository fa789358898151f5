/// A step along a direction that lowers the function enough and flattens its slope (strong Wolfe conditions).
struct LineSearch {
  /// Fills the gradient and returns the value.
  typealias Function = (_ x: [Double], _ gradient: inout [Double]) -> Double

  /// The share of the predicted descent that counts as enough.
  private let enough = 1e-4
  /// The share of the first slope below which the slope counts as flat.
  private let flat = 0.9
  private let origin: Minimum
  private let direction: [Double]
  private let slope: Double
  private var evaluations = 0

  /// A tried step: its length, the value and the slope there.
  private struct Trial {
    var step: Double
    var value: Double
    var slope: Double
    var minimum: Minimum
  }

  init(origin: Minimum, direction: [Double]) {
    self.origin = origin
    self.direction = direction
    slope = innerProduct(direction, origin.gradient)
  }

  /// - Returns: nil when 60 evaluations found no step that lowers the function.
  mutating func run(firstStep: Double, _ function: Function) -> Minimum? {
    var low = Trial(step: 0, value: origin.value, slope: slope, minimum: origin)
    var step = firstStep
    while evaluations < 60 {
      let trial = evaluate(step, function)
      guard trial.minimum.isFinite else {
        // Outside the domain: halfway back.
        step = (low.step + step) / 2
        continue
      }
      if !descends(trial) || (low.step > 0 && trial.value >= low.value) { return zoom(low, trial, function) }
      if abs(trial.slope) <= -flat * slope { return trial.minimum }
      if trial.slope >= 0 { return zoom(trial, low, function) }
      low = trial
      step *= 2
    }
    return low.step > 0 ? low.minimum : nil
  }

  private func descends(_ trial: Trial) -> Bool { trial.value <= origin.value + enough * trial.step * slope }

  private mutating func evaluate(_ step: Double, _ function: Function) -> Trial {
    evaluations += 1
    let point = moved(origin.point, step, along: direction)
    var gradient = [Double](repeating: 0, count: point.count)
    let value = function(point, &gradient)
    return Trial(
      step: step, value: value, slope: innerProduct(direction, gradient),
      minimum: Minimum(point: point, value: value, gradient: gradient, iterations: 0))
  }

  /// Narrows an interval that holds a good step; `low` is its better end.
  private mutating func zoom(_ first: Trial, _ second: Trial, _ function: Function) -> Minimum? {
    var low = first
    var high = second
    while evaluations < 60, abs(high.step - low.step) > 1e-15 * max(abs(low.step), abs(high.step)) {
      let trial = evaluate(between(low, high), function)
      if !trial.minimum.isFinite || !descends(trial) || trial.value >= low.value {
        high = trial
        continue
      }
      if abs(trial.slope) <= -flat * slope { return trial.minimum }
      if trial.slope * (high.step - low.step) >= 0 { high = low }
      low = trial
    }
    return low.step > 0 && low.value < origin.value ? low.minimum : nil
  }

  /// The minimum of the cubic through both ends, kept a tenth away from them; the middle when there is none.
  private func between(_ low: Trial, _ high: Trial) -> Double {
    let width = high.step - low.step
    let middle = low.step + width / 2
    guard high.minimum.isFinite else { return middle }
    let d1 = low.slope + high.slope - 3 * (low.value - high.value) / (low.step - high.step)
    let square = d1 * d1 - low.slope * high.slope
    guard square >= 0 else { return middle }
    let d2 = width < 0 ? -square.squareRoot() : square.squareRoot()
    let cubic = high.step - width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2)
    guard cubic.isFinite else { return middle }
    let share = (cubic - low.step) / width
    return low.step + width * min(0.9, max(0.1, share))
  }
}
