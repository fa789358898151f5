/// - Throws: `.lengthsDiffer` when a length is asked and differs, `.notFinite` naming the first place.
func checkFinite(_ numbers: [Double], _ name: String, count: Int? = nil) throws(StatisticsError) {
  if let count, numbers.count != count {
    throw .lengthsDiffer(array: name, expected: count, found: numbers.count)
  }
  for i in numbers.indices where !numbers[i].isFinite { throw .notFinite(array: name, index: i) }
}

/// - Throws: `.notAProbability` unless the level lies strictly between 0 and 1.
func checkLevel(_ level: Double, _ name: String = "the confidence level") throws(StatisticsError) {
  guard level > 0, level < 1 else { throw .notAProbability(name: name) }
}

/// Whether a number counts things: zero or more, whole, and small enough to be told from its neighbours.
func isWholeCount(_ number: Double) -> Bool { number >= 0 && number <= 0x1p52 && number == number.rounded() }
