/// Cells from one corner to the opposite one, such as `D6:D7`.
public struct CellRange: Hashable, Sendable {
  /// The corner at the top, before the others.
  public let first: CellAddress
  public let last: CellAddress

  /// nil for what is no range.
  public init?(a1: String) {
    let corners = a1.split(separator: ":", omittingEmptySubsequences: false).map { CellAddress(a1: String($0)) }
    guard (1...2).contains(corners.count), let first = corners[0], let last = corners[corners.count - 1] else {
      return nil
    }
    self.first = first
    self.last = last
  }

  public func contains(_ address: CellAddress) -> Bool {
    first.row <= address.row && address.row <= last.row && first.column <= address.column
      && address.column <= last.column
  }
}
