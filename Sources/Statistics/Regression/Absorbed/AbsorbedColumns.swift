import NumericalMethods

/// The columns of a regression with absorbed effects, laid out for products over groups of rows.
///
/// Positions: first the sparse columns (dummies of further effects and of factors, where each row has at most one
/// non-zero number in each block), then the dense ones, made free of the main effect, the response last.
struct AbsorbedColumns: Sendable {
  /// n × s codes, row after row: the position of the row's column in each sparse block, −1 for none.
  let codes: [Int32]
  /// n × s numbers that stand there; nil for ones.
  let values: [Double]?
  let blockCount: Int
  let sparseCount: Int
  /// n × d numbers, row after row.
  var dense: [Double]
  let denseCount: Int
  let rowCount: Int
  /// The positions of further effects, then of the design's columns, in the order in which they are eliminated.
  let effects: [Int]
  /// For each column of the design its position; nil for the intercept, which the main effect holds.
  let designPositions: [Int?]

  var count: Int { sparseCount + denseCount }
  /// The position of the response.
  var response: Int { count - 1 }

  init(design: ModelMatrix, response: [Double], further: [Clusters]) {
    let n = design.rowCount
    var blocks: [SparseBlock] = further.map { SparseBlock(codes: $0.codes, width: $0.count, values: nil) }
    var positions = [Int?](repeating: nil, count: design.columnCount)
    var denseColumns: [Int] = []
    var start = further.reduce(0) { $0 + $1.count }
    effects = Array(0..<start)
    for (number, term) in design.terms.enumerated() {
      if case .intercept = term { continue }
      let columns = design.columns(ofTerm: number)
      guard let block = SparseBlock(term), block.width > 1, columns.count == block.width else {
        denseColumns += columns
        continue
      }
      blocks.append(block)
      for (place, column) in columns.enumerated() { positions[column] = start + place }
      start += block.width
    }
    sparseCount = start
    for (place, column) in denseColumns.enumerated() { positions[column] = start + place }
    designPositions = positions
    rowCount = n
    blockCount = blocks.count
    denseCount = denseColumns.count + 1
    codes = SparseBlock.interleaved(blocks, rows: n)
    values = SparseBlock.interleavedValues(blocks, rows: n)
    dense = Self.interleaved(design.selecting(columns: denseColumns.sorted()), response)
  }

  private static func interleaved(_ columns: ModelMatrix, _ response: [Double]) -> [Double] {
    let width = columns.columnCount + 1
    let size = max(64, 32_768 / width)
    return [Double](unsafeUninitializedCapacity: response.count * width) { buffer, filled in
      let start = SendablePointer(buffer.baseAddress!)
      WorkSharing.forEach((response.count + size - 1) / size) { block in
        let rows = block * size..<min(response.count, (block + 1) * size)
        let target = start.pointer + rows.lowerBound * width
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count * (width - 1))) { room in
          columns.fill(rows, into: room.baseAddress!, leadingDimension: rows.count)
          for i in 0..<rows.count {
            for c in 0..<width - 1 { target[i * width + c] = room[i + c * rows.count] }
            target[i * width + width - 1] = response[rows.lowerBound + i]
          }
        }
      }
      filled = response.count * width
    }
  }
}

/// Columns of which each row has at most one that is not zero.
private struct SparseBlock {
  var codes: [Int32]
  var width: Int
  var values: [Double]?

  init(codes: [Int32], width: Int, values: [Double]?) {
    self.codes = codes
    self.width = width
    self.values = values
  }

  /// nil for a spline, whose columns are dense.
  init?(_ term: ModelMatrix.Term) {
    switch term {
    case .intercept, .spline: return nil
    case .numeric(_, let values): self.init(codes: [Int32](repeating: 0, count: values.count), width: 1, values: values)
    case .factor(_, let codes, _, let reference):
      let reference = Int32(reference ?? Int(Int32.max))
      self.init(
        codes: codes.map { $0 == reference ? -1 : $0 > reference ? $0 - 1 : $0 }, width: term.columnCount, values: nil)
    case .product(let a, let b):
      guard let first = SparseBlock(a), let second = SparseBlock(b) else { return nil }
      let width = Int32(first.width)
      let codes = first.codes.indices.map { i in
        first.codes[i] < 0 || second.codes[i] < 0 ? -1 : first.codes[i] + second.codes[i] * width
      }
      let values: [Double]? =
        switch (first.values, second.values) {
        case (let x?, let y?): x.indices.map { x[$0] * y[$0] }
        case (let x, let y): x ?? y
        }
      self.init(codes: codes, width: first.width * second.width, values: values)
    }
  }

  static func interleaved(_ blocks: [SparseBlock], rows: Int) -> [Int32] {
    var codes = [Int32](repeating: -1, count: rows * blocks.count)
    var start: Int32 = 0
    for (number, block) in blocks.enumerated() {
      for i in 0..<rows where block.codes[i] >= 0 { codes[i * blocks.count + number] = block.codes[i] + start }
      start += Int32(block.width)
    }
    return codes
  }

  static func interleavedValues(_ blocks: [SparseBlock], rows: Int) -> [Double]? {
    guard blocks.contains(where: { $0.values != nil }) else { return nil }
    var values = [Double](repeating: 1, count: rows * blocks.count)
    for (number, block) in blocks.enumerated() {
      guard let own = block.values else { continue }
      for i in 0..<rows { values[i * blocks.count + number] = own[i] }
    }
    return values
  }
}
