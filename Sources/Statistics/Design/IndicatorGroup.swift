/// Terms of which a row uses one column each at most, taken together: a row is in one cell of their cross-classification.
///
/// Two factors of five and ten levels make 50 cells, and one addition a row then serves both and their products.
struct IndicatorGroup: Sendable {
  struct Member: Sendable {
    let term: ModelMatrix.Term
    /// By how many cells the next column of the term is further.
    let stride: Int
  }

  private(set) var members: [Member]
  /// Whether the number in the columns that a row uses is always 1; otherwise there is one member.
  let isPure: Bool
  /// For each cell the columns it uses, as places among all columns of all terms; the first cell uses none.
  private(set) var columns: [[Int]]

  var cells: Int { columns.count }

  /// More cells than this are not worth what they save.
  static let mostCells = 256

  /// - Parameter start: the place of the term's first column among all columns of all terms.
  init(_ term: ModelMatrix.Term, start: Int) {
    members = [Member(term: term, stride: 1)]
    isPure = !term.isSpread
    columns = [[]] + (0..<term.columnCount).map { [start + $0] }
  }

  /// Both together; nil when the cells would be too many or hold numbers other than 1.
  func joined(with other: IndicatorGroup) -> IndicatorGroup? {
    guard isPure, other.isPure, cells * other.cells <= Self.mostCells else { return nil }
    var result = self
    result.members += other.members.map { Member(term: $0.term, stride: $0.stride * cells) }
    result.columns = other.columns.flatMap { later in columns.map { $0 + later } }
    return result
  }

  /// As few groups as a walk along them gives, all of them small; the groups as they are when one is large already.
  static func joined(_ groups: [IndicatorGroup]) -> [IndicatorGroup] {
    guard groups.allSatisfy({ $0.cells <= mostCells }) else { return groups }
    var result: [IndicatorGroup] = []
    for group in groups {
      if let place = result.firstIndex(where: { $0.joined(with: group) != nil }),
        let both = result[place].joined(with: group)
      {
        result[place] = both
      } else {
        result.append(group)
      }
    }
    return result
  }
}
