import NumericalMethods
import Testing

@Suite("Shared work")
struct WorkSharingTests {
  @Test("A sum has the same bits on one thread and on several")
  func sameBits() {
    let values = (0..<100_000).map { 1 / Double($0 + 1) }
    func sum() -> Double {
      WorkSharing.reduce(
        count: values.count, blockSize: 1000, empty: { 0.0 },
        add: { sum, rows in for i in rows { sum += values[i] } }, combine: { $0 += $1 })
    }
    let alone = WorkSharing.$threads.withValue(1) { sum() }
    let together = WorkSharing.$threads.withValue(2) { sum() }
    #expect(alone == together)
    #expect(abs(alone - 12.090_146_129_863_335) < 1e-12)
  }

  @Test("Parts come back in their order, and every row is seen once")
  func order() {
    #expect(WorkSharing.map(100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    let rows = WorkSharing.reduce(
      count: 10_001, blockSize: 64, empty: { [Int]() }, add: { $0 += $1 }, combine: { $0 += $1 })
    #expect(rows == Array(0..<10_001))
    #expect(
      WorkSharing.array(count: 10) { rows, start in for i in rows { start[i] = Double(i) } }
        == (0..<10).map(Double.init))
  }

  @Test("No work is done for nothing")
  func empty() {
    #expect(WorkSharing.map(0) { $0 }.isEmpty)
    #expect(WorkSharing.reduce(count: 0, empty: { 7 }, add: { sum, _ in sum = 0 }, combine: { $0 += $1 }) == 7)
  }
}
