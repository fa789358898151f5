import NumericalMethods
import Primitives

/// Multiple imputation by chained equations: missing values are drawn, variable after variable, from models given all
/// other variables, again and again, in several independent chains.
///
/// Sound when values are missing at random given the variables used (van Buuren and Groothuis-Oudshoorn 2011,
/// doi:10.18637/jss.v045.i03). Analyse each completed set alone and join the results by `PooledEstimates`. The variables
/// must hold all that the analysis uses, the outcome too. Draws come from a counter-based generator: the same seed gives
/// the same values on any number of threads.
public struct ChainedEquations: Codable, Hashable, Sendable {
  /// How many completed sets are made.
  public var imputations: Int
  /// How many times each chain goes round all variables.
  public var iterations: Int
  public var seed: UInt64
  /// For a variable the names of those that it is predicted from; all others when it is not named.
  public var predictors: [String: [String]]

  public init(imputations: Int = 20, iterations: Int = 10, seed: UInt64, predictors: [String: [String]] = [:]) {
    self.imputations = imputations
    self.iterations = iterations
    self.seed = seed
    self.predictors = predictors
  }

  /// Draws the completed sets.
  ///
  /// - Parameters:
  ///   - variables: visited in this order.
  ///   - progress: told after each few chains.
  /// - Throws: `.lengthsDiffer`, `.notFinite`, `.unknownLevel`, `.noObservations` when a variable is missing in every row,
  ///   `.setting`, `.unknownVariable`, `.tooFewObservations` when there are not more observed rows than coefficients,
  ///   `.negativeVariance` when coefficients have no distribution to be drawn from, `.cancelled`, heard before each
  ///   variable.
  public func impute(
    _ variables: [IncompleteVariable], progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> Imputations {
    guard imputations > 0 else { throw .setting(name: "imputations", reason: "at least one is needed") }
    guard iterations > 0 else { throw .setting(name: "iterations", reason: "at least one is needed") }
    guard let rows = variables.first?.count, rows > 0 else { throw .noObservations }
    let names = variables.map(\.name)
    for variable in variables { try variable.check(rows: rows) }
    for (name, others) in predictors.sorted(by: { $0.key < $1.key }) {
      for other in [name] + others where !names.contains(other) { throw .unknownVariable(name: other, known: names) }
    }
    let throttled = progress.map { ThrottledProgress(stage: "imputation", $0) }
    throttled?.report(0, of: imputations)
    var chains: [ImputationChain] = []
    let batch = 4
    for first in stride(from: 0, to: imputations, by: batch) {
      guard !Task.isCancelled else { throw .cancelled }
      let made = try Cancellation.heard { cancellation throws(StatisticsError) in
        WorkSharing.map(min(batch, imputations - first)) { number in
          Result { () throws(StatisticsError) in
            var chain = ImputationChain(
              variables, predictors: predictors,
              generator: CounterGenerator(seed: seed, stream: UInt64(first + number)))
            for _ in 0..<iterations { try chain.visitAll(cancellation) }
            return chain
          }
        }
      }
      for result in made { chains.append(try result.get()) }
      throttled?.report(chains.count, of: imputations)
    }
    return Imputations(variables, chains)
  }
}

/// Completed sets of the same variables.
public struct Imputations: Sendable {
  /// Of each set the variables, in the order given.
  public let sets: [[CompleteVariable]]
  /// How many values of each variable were missing.
  public let missing: [String: Int]
  /// For each variable with missing numbers, for each set, the mean of the imputed values after each round: chains that
  /// drift apart or trend have not settled.
  public let traces: [String: [[Double]]]

  init(_ variables: [IncompleteVariable], _ chains: [ImputationChain]) {
    sets = chains.map(\.current)
    missing = Dictionary(variables.map { ($0.name, $0.missing.count) }, uniquingKeysWith: { first, _ in first })
    var traces: [String: [[Double]]] = [:]
    for (v, variable) in variables.enumerated() where !variable.missing.isEmpty {
      guard case .numbers = variable.values else { continue }
      traces[variable.name] = chains.map { $0.traces[v] }
    }
    self.traces = traces
  }

  public var count: Int { sets.count }

  /// A variable of one set.
  public func variable(_ name: String, of set: Int) -> CompleteVariable? { sets[set].first { $0.name == name } }
}
