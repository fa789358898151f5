import Foundation
import NumericalMethods

/// What the machine can do at most: bytes and operations a second with all cores.
struct MachineLimits: Codable {
  /// Bytes a second of a(i) = b(i) + s·c(i) over arrays far larger than the caches; best of several runs.
  let bandwidth: Double
  /// Multiplications and additions a second of a large matrix product; best of several runs.
  let flops: Double
  let cores: Int

  static func measured() -> MachineLimits {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return MachineLimits(bandwidth: triad(cores), flops: matrixProduct(), cores: cores)
  }

  private static func triad(_ cores: Int) -> Double {
    let count = 24_000_000
    let a = UnsafeMutablePointer<Double>.allocate(capacity: count)
    let b = UnsafeMutablePointer<Double>.allocate(capacity: count)
    let c = UnsafeMutablePointer<Double>.allocate(capacity: count)
    defer {
      a.deallocate()
      b.deallocate()
      c.deallocate()
    }
    a.initialize(repeating: 0, count: count)
    b.initialize(repeating: 1, count: count)
    c.initialize(repeating: 2, count: count)
    nonisolated(unsafe) let (x, y, z) = (a, b, c)
    var best = Double.infinity
    for _ in 0..<7 {
      best = min(
        best,
        seconds {
          DispatchQueue.concurrentPerform(iterations: cores) { part in
            for i in count * part / cores..<count * (part + 1) / cores { x[i] = y[i] + 3 * z[i] }
          }
        })
    }
    precondition(a[count / 2] == 7)
    return 24 * Double(count) / best
  }

  private static func matrixProduct() -> Double {
    let size = 1536
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let a = Matrix(rows: size, columns: size, repeating: 0.5)
    var best = Double.infinity
    for _ in 0..<3 {
      // One product on each core: the library itself works on one.
      best = min(best, seconds { DispatchQueue.concurrentPerform(iterations: cores) { _ in _ = a * a } })
    }
    return Double(cores) * 2 * pow(Double(size), 3) / best
  }
}

/// How long something takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  let parts = (ContinuousClock.now - start).components
  return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
}
