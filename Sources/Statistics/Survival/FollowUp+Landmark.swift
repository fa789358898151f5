/// Those still under observation without an event at a landmark, followed from there.
public struct Landmark: Hashable, Sendable {
  /// The rows that describe each person at the landmark, among the rows of the follow-up: the columns to use are theirs.
  public let rows: [Int]
  /// One row for each of them, with time counted from the landmark, or from the same origin.
  public let followUp: FollowUp
}

extension FollowUp {
  /// Whoever is at risk just after a landmark, with what happens from then on.
  ///
  /// What is known at the landmark may define groups without the bias of groups that are only known later (immortal
  /// time). A row is kept when entry ≤ landmark < exit. With several rows per person the columns are those of the row
  /// that covers the landmark, and exit and cause those of the person's last row.
  ///
  /// Anderson, Cain and Gelber 1983, doi:10.1200/JCO.1983.1.11.710; van Houwelingen 2007,
  /// doi:10.1111/j.1467-9469.2006.00529.x.
  ///
  /// - Parameters:
  ///   - landmark: zero or more.
  ///   - horizon: events after it are censored at it; nil for none. After the landmark.
  ///   - person: n labels when persons have several rows, without gaps after the landmark; nil when each has one.
  ///   - resetsTime: count time from the landmark; otherwise it becomes the entry.
  /// - Throws: `.noObservations` when nobody is left, `.setting` for a horizon that is not after the landmark.
  public func landmarked(
    at landmark: Double, horizon: Double? = nil, person: [Int]? = nil, resetsTime: Bool = true
  ) throws(StatisticsError) -> Landmark {
    guard landmark.isFinite, landmark >= 0 else {
      throw .setting(name: "the landmark", reason: "choose a time that is zero or later")
    }
    if let horizon {
      guard horizon.isFinite, horizon > landmark else {
        throw .setting(name: "the horizon", reason: "choose a time after the landmark")
      }
    }
    var last: [Int: Int] = [:]
    if let person {
      try Self.check(lengthOf: person, "person", count)
      for row in 0..<count where last[person[row]].map({ exit[$0] < exit[row] }) ?? true { last[person[row]] = row }
    }
    let rows = (0..<count).filter { (entry?[$0] ?? 0) <= landmark && exit[$0] > landmark && (weight?[$0] ?? 1) > 0 }
    guard !rows.isEmpty else { throw .noObservations }
    let ends = rows.map { row in person.map { last[$0[row]]! } ?? row }
    let origin = resetsTime ? landmark : 0
    return Landmark(
      rows: rows,
      followUp: FollowUp(
        checkedEntry: resetsTime ? nil : rows.map { _ in landmark },
        exit: ends.map { min(exit[$0], horizon ?? .infinity) - origin },
        cause: ends.map { exit[$0] > horizon ?? .infinity ? 0 : cause[$0] }, causes: causes,
        weight: weight.map { weight in rows.map { weight[$0] } },
        cluster: cluster.map { cluster in rows.map { cluster[$0] } }))
  }
}
