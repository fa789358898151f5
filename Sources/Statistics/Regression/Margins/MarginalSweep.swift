import COpenBLAS
import NumericalMethods

/// Averages of predictions and slopes with their derivatives by the coefficients, in one pass over the rows.
///
/// Each average's derivative is Σ x v over the rows, with x the row of the design under the average's setting and v one
/// number a row: μ′ for a prediction, μ″ · dη/dz for a slope by z. The v of all averages lie side by side for a block
/// of rows, and one matrix product with the observed columns serves them all; only columns that a setting changes are
/// summed on their own.
struct MarginalSweep: Sendable {
  let design: ModelMatrix
  let coefficients: [Double]
  let offset: [Double]?
  /// nil for the linear predictor itself.
  let link: ResponseFamily.Link?
  /// n weights of the average, not all zero; nil for ones.
  let weights: [Double]?
  let settings: [MarginalSetting]
  let slopes: [Slope]

  struct Slope: Sendable {
    let setting: Int
    let derivative: MarginalDerivative
  }

  struct Average: Sendable {
    var value: Double
    /// k numbers.
    var gradient: [Double]
  }

  private struct Sums: Sendable {
    var weight = 0.0
    /// Σ μ for each setting.
    var means: [Double]
    /// Σ v for each vector.
    var vectors: [Double]
    /// Σ x v with the observed columns, k × vectors.
    var observed: Matrix
    /// Σ x v with the changed columns that vary, k × vectors.
    var changed: Matrix
    /// Σ μ′ · dη/dz and Σ μ′ · dx/dz for each slope.
    var slopes: [Double]
    var direct: Matrix
  }

  /// Where each kind of vector lies: first μ′ of each setting, then μ″ of each, then μ″ · dη/dz of each slope.
  private var vectorCount: Int { 2 * settings.count + slopes.count }

  func run() -> (predictions: [Average], slopes: [Average]) {
    let (k, q) = (coefficients.count, vectorCount)
    let (needed, groups, width) = (neededVectors, settingGroups, sideWidth)
    let sums = design.reduceBlocks(
      empty: {
        Sums(
          means: [Double](repeating: 0, count: settings.count), vectors: [Double](repeating: 0, count: q),
          observed: Matrix(rows: k, columns: q), changed: Matrix(rows: k, columns: q),
          slopes: [Double](repeating: 0, count: slopes.count), direct: Matrix(rows: k, columns: slopes.count))
      },
      add: { sums, block in add(block, needed, groups, width, to: &sums) },
      combine: { total, part in
        total.weight += part.weight
        for i in total.means.indices { total.means[i] += part.means[i] }
        for i in total.vectors.indices { total.vectors[i] += part.vectors[i] }
        for i in total.slopes.indices { total.slopes[i] += part.slopes[i] }
        total.observed += part.observed
        total.changed += part.changed
        total.direct += part.direct
      })
    let share = 1 / sums.weight
    let predictions = settings.indices.map { s in
      Average(value: sums.means[s] * share, gradient: gradient(s, settings[s], sums).map { $0 * share })
    }
    let averages = slopes.indices.map { j in
      let slope = slopes[j]
      guard let column = slope.derivative.simple else {
        let bend = gradient(2 * settings.count + j, settings[slope.setting], sums)
        return Average(
          value: sums.slopes[j] * share, gradient: zip(bend, sums.direct.column(j)).map { ($0 + $1) * share })
      }
      let flat = sums.vectors[slope.setting] * share
      let curve = gradient(settings.count + slope.setting, settings[slope.setting], sums)
      var result = curve.map { $0 * share * coefficients[column] }
      result[column] += flat
      return Average(value: coefficients[column] * flat, gradient: result)
    }
    return (predictions, averages)
  }

  private func gradient(_ vector: Int, _ setting: MarginalSetting, _ sums: Sums) -> [Double] {
    var result = sums.observed.column(vector)
    for part in setting.parts {
      for (column, own) in zip(part.columns, part.own) {
        result[column] = part.constants.map { $0[own] * sums.vectors[vector] } ?? sums.changed[column, vector]
      }
    }
    return result
  }

  /// Which vectors are asked for.
  private var neededVectors: [Bool] {
    var needed = [Bool](repeating: false, count: vectorCount)
    for s in settings.indices { needed[s] = true }
    for (j, slope) in slopes.enumerated() {
      needed[slope.derivative.simple == nil ? 2 * settings.count + j : settings.count + slope.setting] = true
    }
    return needed
  }

  /// Settings that change the same columns, so that what these leave of the linear predictor is computed once.
  private var settingGroups: [[Int]] {
    var places: [[Int]: Int] = [:]
    var groups: [[Int]] = []
    for (number, setting) in settings.enumerated() {
      if let place = places[setting.changedColumns] {
        groups[place].append(number)
      } else {
        places[setting.changedColumns] = groups.count
        groups.append([number])
      }
    }
    return groups
  }

  private var sideWidth: Int {
    let changed = settings.map { $0.parts.reduce(0) { $0 + ($1.constants == nil ? $1.term.columnCount : 0) } }
    let derived = slopes.map { $0.derivative.parts.map(\.term.columnCount).max() ?? 0 }
    return max(1, (changed + derived).max() ?? 1)
  }

  private func add(
    _ block: ModelMatrix.Block, _ needed: [Bool], _ groups: [[Int]], _ sideWidth: Int, to sums: inout Sums
  ) {
    let count = block.rows.count
    let q = needed.count
    guard count > 0, q > 0 else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * (4 + q + sideWidth)) { room in
      let eta = room.baseAddress!
      let rest = eta + count
      let here = rest + count
      let prior = here + count
      let vectors = prior + count
      let side = vectors + count * q
      block.times(coefficients, offset: offset, into: eta)
      for i in 0..<count {
        prior[i] = weights?[block.rows.lowerBound + i] ?? 1
        sums.weight += prior[i]
      }
      for group in groups {
        rest.update(from: eta, count: count)
        for column in settings[group[0]].changedColumns {
          let (x, value) = (block.column(column), coefficients[column])
          for i in 0..<count { rest[i] -= value * x[i] }
        }
        for s in group {
          here.update(from: rest, count: count)
          place(settings[s], block.rows, here, side)
          evaluate(s, here, prior, count, vectors, needed, &sums)
          for (j, slope) in slopes.enumerated() where slope.setting == s && slope.derivative.simple == nil {
            bend(j, block, vectors, &sums)
          }
          sumChanged(s, block.rows, side, vectors, needed, &sums)
        }
      }
      WorkSharing.prepareLinearAlgebra()
      let k = coefficients.count
      sums.observed.elements.withUnsafeMutableBufferPointer { observed in
        guard let start = observed.baseAddress else { return }
        for run in Self.runs(needed) {
          cblas_dgemm(
            CblasColMajor, CblasTrans, CblasNoTrans, Int32(k), Int32(run.count), Int32(count), 1, block.values,
            Int32(count), vectors + run.lowerBound * count, Int32(count), 1, start + run.lowerBound * k, Int32(k))
        }
      }
    }
  }

  /// Adds what a setting's changed columns give to the linear predictor; those that vary are left in `side`.
  private func place(
    _ setting: MarginalSetting, _ rows: Range<Int>, _ eta: UnsafeMutablePointer<Double>,
    _ side: UnsafeMutablePointer<Double>
  ) {
    var constant = 0.0
    var target = side
    for part in setting.parts {
      if let constants = part.constants {
        for (column, own) in zip(part.columns, part.own) { constant += constants[own] * coefficients[column] }
        continue
      }
      part.term.fill(rows, replacing: setting.values, into: target, rows.count)
      for (column, own) in zip(part.columns, part.own) {
        let (x, value) = (target + own * rows.count, coefficients[column])
        for i in 0..<rows.count { eta[i] += value * x[i] }
      }
      target += part.term.columnCount * rows.count
    }
    for i in 0..<rows.count { eta[i] += constant }
  }

  /// The mean and its derivatives under a setting.
  private func evaluate(
    _ s: Int, _ eta: UnsafePointer<Double>, _ prior: UnsafePointer<Double>, _ count: Int,
    _ vectors: UnsafeMutablePointer<Double>, _ needed: [Bool], _ sums: inout Sums
  ) {
    let flat = vectors + s * count
    let curve = vectors + (settings.count + s) * count
    var (mean, flats, curves) = (0.0, 0.0, 0.0)
    guard let link else {
      for i in 0..<count {
        mean += prior[i] * eta[i]
        flats += prior[i]
        flat[i] = prior[i]
        curve[i] = 0
      }
      sums.means[s] += mean
      sums.vectors[s] += flats
      return
    }
    for i in 0..<count {
      guard prior[i] != 0 else {
        flat[i] = 0
        curve[i] = 0
        continue
      }
      let row = link.meanAndSlopes(eta[i])
      mean += prior[i] * row.mean
      flat[i] = prior[i] * row.slope
      curve[i] = prior[i] * row.curvature
      flats += flat[i]
      curves += curve[i]
    }
    sums.means[s] += mean
    sums.vectors[s] += flats
    sums.vectors[settings.count + s] += curves
  }

  /// The slope by a variable that takes part in several columns or in a curved one.
  private func bend(
    _ j: Int, _ block: ModelMatrix.Block, _ vectors: UnsafeMutablePointer<Double>, _ sums: inout Sums
  ) {
    let count = block.rows.count
    let slope = slopes[j]
    let flat = vectors + slope.setting * count
    let curve = vectors + (settings.count + slope.setting) * count
    let target = vectors + (2 * settings.count + j) * count
    target.update(repeating: 0, count: count)
    let values = settings[slope.setting].values
    for part in slope.derivative.parts {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count * part.term.columnCount) { room in
        let derivative = room.baseAddress!
        part.term.fillDerivative(
          block.rows, of: slope.derivative.variable, replacing: values, into: derivative, count)
        for (column, own) in zip(part.columns, part.own) {
          let (x, value) = (derivative + own * count, coefficients[column])
          var direct = 0.0
          for i in 0..<count {
            target[i] += value * x[i]
            direct += flat[i] * x[i]
          }
          sums.direct[column, j] += direct
        }
      }
    }
    var (total, bends) = (0.0, 0.0)
    for i in 0..<count {
      total += flat[i] * target[i]
      target[i] *= curve[i]
      bends += target[i]
    }
    sums.slopes[j] += total
    sums.vectors[2 * settings.count + j] += bends
  }

  /// Σ x v of the columns that a setting changes and that still vary.
  private func sumChanged(
    _ s: Int, _ rows: Range<Int>, _ side: UnsafePointer<Double>, _ vectors: UnsafePointer<Double>, _ needed: [Bool],
    _ sums: inout Sums
  ) {
    let own = slopes.indices.filter { slopes[$0].setting == s }.map { 2 * settings.count + $0 }
    let mine = ([s, settings.count + s] + own).filter { needed[$0] }
    var source = side
    for part in settings[s].parts where part.constants == nil {
      for (column, own) in zip(part.columns, part.own) {
        let x = source + own * rows.count
        for vector in mine {
          let v = vectors + vector * rows.count
          var sum = 0.0
          for i in 0..<rows.count { sum += x[i] * v[i] }
          sums.changed[column, vector] += sum
        }
      }
      source += part.term.columnCount * rows.count
    }
  }

  /// Stretches of vectors that are needed.
  private static func runs(_ needed: [Bool]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (number, isNeeded) in needed.enumerated() where isNeeded {
      if let last = runs.last, last.upperBound == number {
        runs[runs.count - 1] = last.lowerBound..<number + 1
      } else {
        runs.append(number..<number + 1)
      }
    }
    return runs
  }
}
