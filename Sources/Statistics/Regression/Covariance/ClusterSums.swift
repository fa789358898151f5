import NumericalMethods

extension ModelMatrix {
  /// Σ uᵢxᵢ over the rows of each group, term by term without expanding the matrix.
  ///
  /// - Parameters:
  ///   - u: n numbers.
  ///   - codes: n groups in 0..<count.
  /// - Returns: k × count; column g belongs to group g.
  public func groupSums(of u: [Double], by codes: [Int32], count: Int) -> Matrix {
    precondition(u.count == rowCount && codes.count == rowCount, "each row has a number and a group")
    let width = fullColumnCount
    let size = width * count
    // As many parts for the same sizes on any machine; few where a part is large.
    let parts = max(1, min(16, 2_097_152 / max(1, size)))
    let sums = WorkSharing.reduce(
      count: rowCount, parts: parts, empty: { [Double](repeating: 0, count: size) },
      add: { sums, rows in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let start = sums.baseAddress else { return }
          u.withUnsafeBufferPointer { u in
            codes.withUnsafeBufferPointer { codes in
              for (number, term) in terms.enumerated() {
                term.addGroupSums(
                  of: u.baseAddress! + rows.lowerBound, by: codes.baseAddress! + rows.lowerBound, rows,
                  to: start + starts[number], width)
              }
            }
          }
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
    let all = Matrix(rows: width, columns: count, elements: sums)
    return chosen.map { all.selecting(rows: $0) } ?? all
  }
}

extension ModelMatrix.Term {
  /// Adds u times the term's columns to the sums of each row's group; u and the groups start at the first row.
  fileprivate func addGroupSums(
    of u: UnsafePointer<Double>, by groups: UnsafePointer<Int32>, _ rows: Range<Int>,
    to sums: UnsafeMutablePointer<Double>, _ stride: Int
  ) {
    let count = rows.count
    switch self {
    case .intercept:
      for i in 0..<count { sums[Int(groups[i]) * stride] += u[i] }
    case .numeric(_, let values):
      values.withUnsafeBufferPointer { values in
        let x = values.baseAddress! + rows.lowerBound
        for i in 0..<count { sums[Int(groups[i]) * stride] += u[i] * x[i] }
      }
    case .factor(_, let codes, _, let reference):
      let reference = Int32(reference ?? Int(Int32.max))
      codes.withUnsafeBufferPointer { codes in
        let codes = codes.baseAddress! + rows.lowerBound
        for i in 0..<count {
          let code = codes[i]
          if code != reference { sums[Int(groups[i]) * stride + Int(code > reference ? code - 1 : code)] += u[i] }
        }
      }
    case .spline, .product:
      let width = columnCount
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count * width) { block in
        guard let start = block.baseAddress else { return }
        fill(rows, into: start, count)
        for c in 0..<width {
          let column = start + c * count
          for i in 0..<count { sums[Int(groups[i]) * stride + c] += u[i] * column[i] }
        }
      }
    }
  }
}

/// The rows of each cluster together, in pieces that fit a core's cache.
struct ClusterOrder: Sendable {
  /// n rows, cluster after cluster.
  let rows: [Int32]
  /// Where each cluster starts among them; one more than there are clusters.
  let starts: [Int]
  /// Ranges of clusters with about `rowsPerPiece` rows in all, or one larger cluster.
  let pieces: [Range<Int>]

  init(_ clusters: Clusters, rowsPerPiece: Int) {
    var starts = [Int](repeating: 0, count: clusters.count + 1)
    for code in clusters.codes { starts[Int(code) + 1] += 1 }
    for g in 0..<clusters.count { starts[g + 1] += starts[g] }
    var next = starts
    rows = [Int32](unsafeUninitializedCapacity: clusters.codes.count) { buffer, filled in
      for i in clusters.codes.indices {
        let code = Int(clusters.codes[i])
        buffer[next[code]] = Int32(truncatingIfNeeded: i)
        next[code] += 1
      }
      filled = clusters.codes.count
    }
    var pieces: [Range<Int>] = []
    var first = 0
    for g in 0..<clusters.count where starts[g + 1] - starts[first] >= rowsPerPiece || g == clusters.count - 1 {
      // A cluster that would make the piece too large starts the next one.
      if starts[g + 1] - starts[first] > 2 * rowsPerPiece, g > first {
        pieces.append(first..<g)
        first = g
      }
      pieces.append(first..<g + 1)
      first = g + 1
    }
    self.starts = starts
    self.pieces = pieces
  }

  func size(_ cluster: Int) -> Int { starts[cluster + 1] - starts[cluster] }

  func rows(of clusters: Range<Int>) -> [Int] {
    rows[starts[clusters.lowerBound]..<starts[clusters.upperBound]].map { Int($0) }
  }
}
