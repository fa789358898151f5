import COpenBLAS
import Dispatch
import Foundation
import Synchronization

/// Work cut into blocks, done on all cores, and put together in the order of the blocks.
///
/// The cut depends on the size of the work alone, never on the number of threads, so a result has the same bits on any
/// number of them.
public enum WorkSharing {
  /// How many threads may work at once; nil for as many as there are cores. A test asks for one by `withValue`.
  @TaskLocal public static var threads: Int?

  /// How many rows a block of a long array has unless told otherwise.
  public static let rowsPerBlock = 4096

  /// Does something for each of `count` numbers 0..<count, on all cores, in no particular order.
  ///
  /// - Parameter body: must write only to places of its own number.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    oneThreadInLinearAlgebra
    let workers = min(count, threads ?? cores)
    guard workers > 1 else {
      for number in 0..<count { body(number) }
      return
    }
    let next = Atomic<Int>(0)
    // What runs on another thread does not inherit task-local values, so work inside work shares nothing further.
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      $threads.withValue(1) {
        while true {
          let number = next.add(1, ordering: .relaxed).oldValue
          guard number < count else { return }
          body(number)
        }
      }
    }
  }

  /// The values of `part` for 0..<count, made on all cores, in order.
  public static func map<Part: Sendable>(_ count: Int, _ part: @Sendable (Int) -> Part) -> [Part] {
    guard count > 0 else { return [] }
    var parts = [Part?](repeating: nil, count: count)
    parts.withUnsafeMutableBufferPointer { buffer in
      let places = Places(buffer)
      forEach(count) { number in places.set(number, part(number)) }
    }
    return parts.map { $0! }
  }

  /// Sums up something over long arrays: parts of at most `blockSize` rows, combined in their order.
  ///
  /// A few blocks share one part (as many blocks for the same count on any machine), so that large parts stay few.
  ///
  /// - Parameters:
  ///   - count: n rows.
  ///   - part: the value of an empty range of rows.
  ///   - add: adds a block of rows to a part. Blocks of one part come in ascending order.
  ///   - combine: adds a later part to an earlier one.
  public static func reduce<Part: Sendable>(
    count: Int, blockSize: Int = rowsPerBlock, parts: Int = 16, empty part: @Sendable () -> Part,
    add: @Sendable (inout Part, Range<Int>) -> Void, combine: (inout Part, Part) -> Void
  ) -> Part {
    let blocks = (count + blockSize - 1) / blockSize
    let groups = max(1, min(parts, blocks))
    let made = map(groups) { group in
      var sum = part()
      for block in (group * blocks / groups)..<((group + 1) * blocks / groups) {
        add(&sum, block * blockSize..<min(count, (block + 1) * blockSize))
      }
      return sum
    }
    var total = made[0]
    for later in made.dropFirst() { combine(&total, later) }
    return total
  }

  /// Fills an array, each block of places by itself.
  ///
  /// - Parameter fill: receives a range of places and the start of the whole array; writes only to these places.
  @inlinable
  public static func array<Element: BitwiseCopyable & Sendable>(
    count: Int, blockSize: Int = rowsPerBlock, _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Element>) -> Void
  ) -> [Element] {
    guard count > 0 else { return [] }
    return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      let start = SendablePointer(buffer.baseAddress!)
      forEach((count + blockSize - 1) / blockSize) { block in
        fill(block * blockSize..<min(count, (block + 1) * blockSize), start.pointer)
      }
      filled = count
    }
  }

  private static let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// Blocks are shared over the cores here, so the linear algebra below must not do so again.
  private static let oneThreadInLinearAlgebra: Void = openblas_set_num_threads(1)

  /// Called before each call of the linear algebra library, so that it uses one thread.
  public static func prepareLinearAlgebra() { oneThreadInLinearAlgebra }
}

/// A pointer that several threads may write through, each to places of its own.
public struct SendablePointer<Pointee>: @unchecked Sendable {
  public let pointer: UnsafeMutablePointer<Pointee>

  public init(_ pointer: UnsafeMutablePointer<Pointee>) { self.pointer = pointer }
}

private struct Places<Part>: @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Part?>

  init(_ buffer: UnsafeMutableBufferPointer<Part?>) { self.buffer = buffer }

  func set(_ number: Int, _ part: Part) { buffer[number] = part }
}
