import NumericalMethods
import Primitives

/// The distribution of one or several statistics over draws with replacement.
///
/// A statistic is a function of row weights: it is computed once with all weights 1 and for each draw with weights that
/// count how often a row was taken, so nothing is copied (Efron 1979, doi:10.1214/aos/1176344552; Davison and Hinkley
/// 1997, Bootstrap Methods and their Application, doi:10.1017/CBO9780511802843). The answer is the same on any number
/// of threads. A draw for which the statistic has no value (an empty group, a model without a finite fit) is counted in
/// `failedDraws` and left out of every summary.
public struct Bootstrap: Sendable {
  /// Statistics of the rows weighted: n weights in, q numbers out.
  public typealias Statistic = @Sendable (_ weights: [Double]) throws(StatisticsError) -> [Double]

  /// q numbers: with all weights 1.
  public let original: [Double]
  /// draws × q; a row of NaN where a draw failed.
  public let replicates: Matrix
  /// For how many draws the statistic had no finite value.
  public let failedDraws: Int
  public let plan: ResamplingPlan
  let statistic: Statistic

  /// Computes the statistic for the whole sample and for every draw.
  ///
  /// - Parameters:
  ///   - plan: which rows each draw takes.
  ///   - progress: told of the draws done; on cancellation of the task no further draws are made.
  ///   - statistic: called from several threads at once.
  /// - Throws: what the statistic throws for the whole sample; `.drawsFailed` when fewer than 2 draws, or fewer than
  ///   half of them, have a value; `.notFinite` when the whole sample has none; `.cancelled`.
  public init(
    _ plan: ResamplingPlan, progress: ProgressHandler? = nil, statistic: @escaping Statistic
  ) throws(StatisticsError) {
    let original = try statistic([Double](repeating: 1, count: plan.rowCount))
    for (place, value) in original.enumerated() where !value.isFinite {
      throw .notFinite(array: "the statistic", index: place)
    }
    let q = original.count
    let draws = plan.draws
    var replicates = Matrix(rows: draws, columns: q)
    let reporter = progress.map { ThrottledProgress(stage: "resampling", $0) }
    reporter?.report(0, of: draws)
    // In portions, so that progress is told and cancellation heard; they do not change any draw.
    let portion = max(16, min(256, draws / 20))
    for start in stride(from: 0, to: draws, by: portion) {
      guard !Task.isCancelled else { throw .cancelled }
      let count = min(portion, draws - start)
      let values = WorkSharing.map(count) { number in
        let values = try? statistic(plan.frequencies(start + number))
        return values.flatMap { $0.count == q && $0.allSatisfy(\.isFinite) ? $0 : nil }
      }
      for (number, values) in values.enumerated() {
        for j in 0..<q { replicates[start + number, j] = values?[j] ?? .nan }
      }
      // A statistic that heard the cancellation itself gave no value; that is no failed draw.
      guard !Task.isCancelled else { throw .cancelled }
      reporter?.report(start + count, of: draws)
    }
    try self.init(original: original, replicates: replicates, plan: plan, statistic: statistic)
  }

  init(
    original: [Double], replicates: Matrix, plan: ResamplingPlan, statistic: @escaping Statistic
  ) throws(StatisticsError) {
    let failed = (0..<replicates.rows).count { row in
      (0..<replicates.columns).contains { !replicates[row, $0].isFinite }
    }
    let succeeded = replicates.rows - failed
    guard succeeded >= 2, 2 * succeeded >= replicates.rows else {
      throw .drawsFailed(failed: failed, draws: replicates.rows)
    }
    self.original = original
    self.replicates = replicates
    self.plan = plan
    self.statistic = statistic
    failedDraws = failed
  }

  /// The values of one statistic in the draws that have one.
  public func values(_ place: Int = 0) -> [Double] { replicates.column(place).filter(\.isFinite) }

  /// The mean of the draws minus the original.
  public func bias(_ place: Int = 0) -> Double { mean(of: values(place)) - original[place] }

  /// The standard deviation of the draws (divisor draws − 1).
  public func standardError(_ place: Int = 0) -> Double { variance(of: values(place)).squareRoot() }

  /// The statistic with its bootstrap standard error and interval.
  public func estimate(
    _ place: Int = 0, _ kind: BootstrapIntervalKind = .percentile, level: Double = 0.95
  ) throws(StatisticsError) -> Estimate {
    Estimate(
      value: original[place], standardError: standardError(place),
      interval: try interval(place, kind, level: level).interval, count: plan.rowCount)
  }
}
