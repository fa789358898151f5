import Foundation

/// Makes an array of which each part is made on whichever processor is free; the result does not depend on how many
/// there are.
///
/// - Parameter make: gives the elements of a range of places, as many as there are places.
func inParts<Element>(
  _ count: Int, size: Int = 4096, _ make: @Sendable (Range<Int>) throws -> [Element]
) throws -> [Element] where Element: Sendable {
  guard count > size else { return try make(0..<count) }
  let parts = (count + size - 1) / size
  let results = PartResults<Element>(count: parts)
  DispatchQueue.concurrentPerform(iterations: parts) { part in
    results.set(part, Result { try make(part * size..<min(count, (part + 1) * size)) })
  }
  var all: [Element] = []
  all.reserveCapacity(count)
  for result in results.all { all.append(contentsOf: try result.get()) }
  return all
}

/// The results of parts, set from several threads.
private final class PartResults<Element: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var results: [Result<[Element], any Error>?]

  init(count: Int) { results = Array(repeating: nil, count: count) }

  func set(_ part: Int, _ result: Result<[Element], any Error>) {
    lock.lock()
    results[part] = result
    lock.unlock()
  }

  var all: [Result<[Element], any Error>] { results.map { $0! } }
}
