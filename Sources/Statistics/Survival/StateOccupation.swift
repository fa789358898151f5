import NumericalMethods
import Primitives

/// The probability of being in each state at each time, by Aalen and Johansen's estimator for any graph of states.
///
/// p(t) = p(0) ∏ H(s) over the times of moves up to t, where H(s) moves the share d_jm / n_j from state j to state m.
/// The estimate needs no Markov assumption for occupation (Datta and Satten 2001), only censoring that tells nothing of
/// the future. p(0) is the distribution over states of those at risk just before the first move, taken as given. Σ p =
/// 1 at every time.
///
/// Standard errors are the infinitesimal jackknife with the rows of one person together, as in `survival::survfit`;
/// their cost grows with persons × times × states.
///
/// Aalen and Johansen 1978, Scandinavian Journal of Statistics 5:141-150; Datta and Satten 2001,
/// doi:10.1016/S0167-7152(01)00155-9.
public struct StateOccupation: Codable, Hashable, Sendable {
  public let states: Int
  /// The distinct times of moves, ascending: T of them.
  public let times: [Double]
  /// The weight at risk in each state just before each time, states × T; the first row is state 1.
  public let atRisk: [[Double]]
  /// The probability of each state before the first move, length states.
  public let initial: [Double]
  /// The probability of each state at each time, states × T.
  public let occupation: [[Double]]
  /// Of the probabilities, states × T.
  public let standardErrors: [[Double]]
  /// How many rows ended with a move from one state (first index) to another (second index), states × states.
  public let transitions: [[Int]]
  /// How many persons were last seen in each state without a move, length states.
  public let lastSeen: [Int]
  /// The number of intervals under observation at any time.
  public let numberAtRisk: NumberAtRisk
  /// The number of persons.
  public let count: Int
  public let confidence: Confidence
  /// The normal quantile that belongs to the level.
  private let z: Double

  /// - Parameters:
  ///   - history: intervals per person.
  ///   - confidence: level and scale of the intervals.
  ///   - progress: stage `standard errors`, in persons.
  /// - Throws: when the level is not a probability, or ``StatisticsError/cancelled`` when the task is.
  public init(
    _ history: StateHistory, confidence: Confidence = Confidence(), progress: ProgressHandler? = nil
  ) throws(StatisticsError) {
    let z = try confidence.quantile()
    let moves = StateMoves(history)
    let (number, persons) = denseNumbers(history.person)
    let (occupation, grid) = moves.occupation()
    let rows = GridRows(
      first: moves.risk.first, last: moves.risk.last, from: history.from.map { Int32($0 - 1) },
      to: moves.followUp.cause.map { Int32($0 - 1) }, weight: history.weight, cluster: number, clusters: persons)
    let squares = try sweptVariance(
      grid, rows, progress: progress.map { ThrottledProgress(stage: "standard errors", $0) })

    var transitions = [[Int]](repeating: [Int](repeating: 0, count: history.states), count: history.states)
    var lastSeen = [Int](repeating: 0, count: history.states)
    for (position, row) in history.ordered.enumerated() {
      let row = Int(row)
      if history.to[row] != 0 {
        transitions[history.from[row] - 1][history.to[row] - 1] += 1
      } else if position + 1 == history.count
        || history.person[Int(history.ordered[position + 1])] != history.person[row]
      {
        lastSeen[history.from[row] - 1] += 1
      }
    }
    states = history.states
    times = moves.risk.times
    atRisk = moves.atRisk
    initial = moves.initial
    self.occupation = occupation
    standardErrors = squares.map { $0.map { $0.squareRoot() } }
    self.transitions = transitions
    self.lastSeen = lastSeen
    numberAtRisk = moves.risk.numberAtRisk
    count = persons
    self.confidence = confidence
    self.z = z
  }

  /// The probability of a state at a time, with its interval.
  ///
  /// - Parameter state: 1...states.
  /// - Returns: nil before time 0 and after the last follow-up, where nothing is known.
  public func estimate(of state: Int, at time: Double) -> Estimate? {
    precondition((1...states).contains(state), "the state is one of the history's states")
    guard time >= 0, time <= numberAtRisk.lastExit else { return nil }
    let step = lastStep(at: time, in: times)
    let value = step.map { occupation[state - 1][$0] } ?? initial[state - 1]
    let error = step.map { standardErrors[state - 1][$0] } ?? 0
    return Estimate(
      value: value, standardError: error, interval: confidence.interval(value, error, quantile: z), count: count)
  }
}
