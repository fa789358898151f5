import Primitives
import Statistics

/// Random follow-up with many ties, three causes, delayed entry and weights, the same for the same seed.
struct RandomFollowUp {
  var entry: [Double] = []
  var exit: [Double] = []
  var cause: [Int] = []
  var weight: [Double] = []
  var cluster: [Int] = []
  var group: [Int] = []

  init(seed: UInt64, count: Int, censored: Double = 0.3, delayed: Bool = false) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<count {
      let start = delayed && random.uniform() < 0.5 ? (random.uniform() * 6).rounded(.down) : 0
      entry.append(start)
      exit.append(start + 1 + (random.uniform() * 15).rounded(.down))
      cause.append(random.uniform() < censored ? 0 : 1 + Int(random.uniform() * 3))
      weight.append((random.uniform() * 4).rounded(.up))
      cluster.append(Int(random.uniform() * Double(count) / 3))
      group.append(Int(random.uniform() * 3))
    }
  }

  func followUp(weighted: Bool = false, clustered: Bool = false) throws -> FollowUp {
    try FollowUp(
      entry: entry, exit: exit, cause: cause, causes: 3, weight: weighted ? weight : nil,
      cluster: clustered ? cluster : nil)
  }

  /// The rows at the given positions, which may repeat.
  func selecting(_ rows: [Int]) -> RandomFollowUp {
    var selection = self
    selection.entry = rows.map { entry[$0] }
    selection.exit = rows.map { exit[$0] }
    selection.cause = rows.map { cause[$0] }
    selection.weight = rows.map { weight[$0] }
    selection.cluster = rows.map { cluster[$0] }
    selection.group = rows.map { group[$0] }
    return selection
  }
}
