import COpenBLAS
import Foundation
import NumericalMethods

/// What one pass over the rows gives at some coefficients.
struct LikelihoodPass: Sendable {
  /// Σ weight · log f(y | η), without what does not depend on η.
  var logLikelihood = 0.0
  /// k numbers: Σ weight · x · d log f/dη.
  var score: [Double]
  /// k × k: Σ weight · x xᵀ · the expected information on η.
  var information: Matrix
  /// The farthest that a linear predictor moved since the pass before.
  var largestMove = 0.0
  /// The smallest of direction · (η − offset): above 0 when every response is predicted on its own side.
  var smallestMargin = Double.infinity

  init(columns: Int) {
    score = [Double](repeating: 0, count: columns)
    information = Matrix(rows: columns, columns: columns)
  }

  mutating func add(_ other: LikelihoodPass) {
    logLikelihood += other.logLikelihood
    for i in score.indices { score[i] += other.score[i] }
    information += other.information
    largestMove = max(largestMove, other.largestMove)
    smallestMargin = min(smallestMargin, other.smallestMargin)
  }
}

/// The rows of a generalised linear model and what is done to all of them at once.
struct LikelihoodRows: Sendable {
  let design: StandardisedDesign
  let response: [Double]
  let weights: [Double]?
  let offset: [Double]?
  let family: ResponseFamily

  func selecting(columns: [Int]) -> LikelihoodRows {
    LikelihoodRows(
      design: design.selecting(columns: columns), response: response, weights: weights, offset: offset,
      family: family)
  }

  /// The score, information and likelihood at given coefficients, in one pass over the blocks.
  ///
  /// - Parameters:
  ///   - coefficients: k numbers for the standardised columns; nil for the linear predictors that R starts from, whose
  ///     score then is Σ weight · x · (information · (η − offset) + d log f/dη).
  ///   - previous: n linear predictors of the pass before.
  ///   - predictors: n linear predictors, written.
  ///   - isLight: without the score and the information, which stay zero.
  func pass(
    _ coefficients: [Double]?, from previous: [Double], into predictors: inout [Double], isLight: Bool = false
  ) -> LikelihoodPass {
    let layout = design.indicatorLayout
    let coefficients = coefficients.map { design.design.spread($0) }
    return predictors.withUnsafeMutableBufferPointer { buffer in
      let predictors = buffer.baseAddress.map(SendablePointer.init)
      let total = layout.reduceBlocks(
        empty: { (pass: LikelihoodPass(columns: layout.columnCount), information: IndicatorSums(layout)) },
        add: { part, block in
          guard let predictors else { return }
          withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * block.rows.count) { room in
            let (score, weight) = (room.baseAddress!, room.baseAddress! + block.rows.count)
            let eta = predictors.pointer + block.rows.lowerBound
            if let coefficients {
              block.times(coefficients, offset: offset, into: eta)
            } else {
              start(block.rows, eta)
            }
            previous.withUnsafeBufferPointer {
              evaluate(block.rows, eta, score, weight, $0.baseAddress! + block.rows.lowerBound, &part.pass)
            }
            guard !isLight else { return }
            if coefficients == nil { aim(block.rows, eta, score, weight) }
            block.addTransposedTimes(score, to: &part.pass.score)
            part.information.add(block, weights: weight)
          }
        },
        combine: { total, part in
          total.pass.add(part.pass)
          total.information.add(part.information)
        })
      var pass = total.pass
      pass.score = design.design.ofChosen(pass.score)
      pass.information = design.design.ofChosen(total.information.assembled())
      return pass
    }
  }

  /// The linear predictor of each row.
  func predictors(_ coefficients: [Double]) -> [Double] {
    let coefficients = design.design.spread(coefficients)
    var result = [Double](repeating: 0, count: response.count)
    result.withUnsafeMutableBufferPointer { buffer in
      guard let result = buffer.baseAddress.map(SendablePointer.init) else { return }
      design.indicatorLayout.reduceBlocks(
        empty: {},
        add: { _, block in block.times(coefficients, offset: offset, into: result.pointer + block.rows.lowerBound) },
        combine: { _, _ in })
    }
    return result
  }

  private func evaluate(
    _ rows: Range<Int>, _ eta: UnsafeMutablePointer<Double>, _ score: UnsafeMutablePointer<Double>,
    _ weight: UnsafeMutablePointer<Double>, _ old: UnsafePointer<Double>, _ part: inout LikelihoodPass
  ) {
    if family.distribution == .binomial, family.link == .logit, weights == nil, offset == nil {
      return evaluateLogits(rows, eta, score, weight, old, &part)
    }
    var logLikelihood = 0.0
    var largestMove = part.largestMove
    var smallestMargin = part.smallestMargin
    let first = rows.lowerBound
    response.withUnsafeBufferPointer { response in
      for i in 0..<rows.count {
        let y = response[first + i]
        let row = family.row(y, eta[i])
        let prior = weights.map { $0[first + i] } ?? 1
        score[i] = row.score
        weight[i] = row.weight
        if prior != 1 {
          score[i] = prior == 0 ? 0 : prior * row.score
          weight[i] = prior == 0 ? 0 : prior * row.weight
        }
        if prior > 0 {
          logLikelihood += prior * row.logLikelihood
          largestMove = max(largestMove, abs(eta[i] - old[i]))
          let margin = family.direction(y) * (offset.map { eta[i] - $0[first + i] } ?? eta[i])
          smallestMargin = min(smallestMargin, margin)
        }
      }
    }
    part.logLikelihood += logLikelihood
    part.largestMove = largestMove
    part.smallestMargin = smallestMargin
  }

  /// The same for logits that all count once: with one logarithm for many rows, which is half of the time.
  private func evaluateLogits(
    _ rows: Range<Int>, _ eta: UnsafeMutablePointer<Double>, _ score: UnsafeMutablePointer<Double>,
    _ weight: UnsafeMutablePointer<Double>, _ old: UnsafePointer<Double>, _ part: inout LikelihoodPass
  ) {
    var logLikelihood = 0.0
    var largestMove = part.largestMove
    var smallestMargin = part.smallestMargin
    // Of 1 + exp(−|η|), each from 1 to 2.
    var product = 1.0
    response.withUnsafeBufferPointer { response in
      for i in 0..<rows.count {
        let (y, predictor) = (response[rows.lowerBound + i], eta[i])
        let t = exp(-abs(predictor))
        let p = 1 / (1 + t)
        score[i] = y - (predictor >= 0 ? p : t * p)
        weight[i] = t * p * p
        logLikelihood += y * predictor - max(predictor, 0)
        product *= 1 + t
        if product > 0x1p500 {
          logLikelihood -= log(product)
          product = 1
        }
        let move = abs(predictor - old[i])
        largestMove = move > largestMove ? move : largestMove
        let margin = y == 0 ? -predictor : y == 1 ? predictor : 0
        smallestMargin = margin < smallestMargin ? margin : smallestMargin
      }
    }
    part.logLikelihood += logLikelihood - log(product)
    part.largestMove = largestMove
    part.smallestMargin = smallestMargin
  }

  private func start(_ rows: Range<Int>, _ eta: UnsafeMutablePointer<Double>) {
    for i in 0..<rows.count {
      let place = rows.lowerBound + i
      eta[i] = family.startingPredictor(response[place], weight: weights?[place] ?? 1)
    }
  }

  /// Turns the score by η into that of the coefficients from zero.
  private func aim(
    _ rows: Range<Int>, _ eta: UnsafeMutablePointer<Double>, _ score: UnsafeMutablePointer<Double>,
    _ weight: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<rows.count { score[i] += weight[i] * (eta[i] - (offset?[rows.lowerBound + i] ?? 0)) }
  }
}

extension ModelMatrix.Block {
  /// Xβ of the block, plus an offset if there is one.
  ///
  /// - Parameters:
  ///   - offset: for all rows, not only the block's.
  ///   - target: room for one number a row.
  func times(_ coefficients: [Double], offset: [Double]?, into target: UnsafeMutablePointer<Double>) {
    if let offset {
      for i in 0..<rows.count { target[i] = offset[rows.lowerBound + i] }
    } else {
      target.update(repeating: 0, count: rows.count)
    }
    guard columnCount > 0, !rows.isEmpty else { return }
    WorkSharing.prepareLinearAlgebra()
    cblas_dgemv(
      CblasColMajor, CblasNoTrans, Int32(rows.count), Int32(columnCount), 1, values, Int32(rows.count), coefficients,
      1, 1, target, 1)
  }
}
