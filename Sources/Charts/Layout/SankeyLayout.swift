/// The size of a node in a drawing.
enum SankeyNode {
  static let width = 12.0
  /// The room that a link of unknown size takes in a node: always the same, so that it tells nothing.
  static let unknownThickness = 5.0
}

/// Where the nodes and links of a Sankey diagram are, from the top of its columns.
struct SankeyLayout: Sendable {
  var nodes: [[PlacedNode]]
  var links: [PlacedLink]
  var height: Double

  struct PlacedNode: Sendable {
    var tone: SeriesTone
    var isUnknown: Bool
    var top: Double
    var height: Double

    var middle: Double { top + height / 2 }
  }

  struct PlacedLink: Sendable {
    var link: SankeyChart.Link
    var tone: SeriesTone
    var fromColumn: Int
    var toColumn: Int
    var fromTop: Double
    var toTop: Double
    var thickness: Double
    var isUnknown: Bool
  }

  /// Lays out columns so that every node has room for its name.
  ///
  /// A node is as high as its number, or as its links together when that is more; a name that is higher than its node
  /// pushes its neighbours away. Links leave and enter in the order of their other ends, which keeps crossings few.
  ///
  /// - Parameter span: the height of the largest total.
  init(_ columns: [[SankeyChart.Node]], links: [SankeyChart.Link], labelHeights: [[Double]], span: Double) {
    var place: [String: (column: Int, row: Int)] = [:]
    for (column, nodes) in columns.enumerated() {
      for (row, node) in nodes.enumerated() {
        precondition(place.updateValue((column, row), forKey: node.id) == nil, "a Sankey node's identifier is unique")
      }
    }
    for link in links {
      guard let from = place[link.from], let to = place[link.to], from.column < to.column else {
        preconditionFailure("a Sankey link goes from a node to a node of a later column")
      }
    }
    // An absent number and zero are different: zero has no link at all.
    let drawn = links.filter { ($0.value.number ?? 1) > 0 }
    let total = columns.map { $0.reduce(0) { $0 + max(0, $1.value.number ?? 0) } }.max() ?? 0
    let linked =
      columns.indices.map { column in
        drawn.filter { place[$0.from]!.column == column }.reduce(0) { $0 + ($1.value.number ?? 0) }
      }.max() ?? 0
    let unit = span / max(total, linked, 1e-9)
    let thickness: (SankeyChart.Link) -> Double = { link in
      link.value.number.map { $0 * unit } ?? SankeyNode.unknownThickness
    }

    let gap = 14.0
    var columnHeights: [Double] = []
    nodes = []
    for (column, each) in columns.enumerated() {
      var y = 0.0
      var placed: [PlacedNode] = []
      for (row, node) in each.enumerated() {
        let leaving = drawn.filter { $0.from == node.id }.reduce(0) { $0 + thickness($1) }
        let entering = drawn.filter { $0.to == node.id }.reduce(0) { $0 + thickness($1) }
        let height = max((node.value.number ?? 0) * unit, leaving, entering, node.value == .number(0) ? 0 : 1.5)
        let slot = max(height, labelHeights[column][row])
        placed.append(
          PlacedNode(
            tone: node.tone, isUnknown: node.value.absence != nil, top: y + (slot - height) / 2, height: height))
        y += slot + gap
      }
      nodes.append(placed)
      columnHeights.append(max(0, y - gap))
    }
    height = columnHeights.max() ?? 0
    for column in nodes.indices {
      for row in nodes[column].indices { nodes[column][row].top += (height - columnHeights[column]) / 2 }
    }

    var fromTops = [Double](repeating: 0, count: drawn.count)
    var toTops = fromTops
    for (column, each) in columns.enumerated() {
      for (row, node) in each.enumerated() {
        let order = { (a: (column: Int, row: Int), b: (column: Int, row: Int)) in (a.row, a.column) < (b.row, b.column)
        }
        var y = nodes[column][row].top
        for index in drawn.indices.filter({ drawn[$0].from == node.id })
          .sorted(by: { order(place[drawn[$0].to]!, place[drawn[$1].to]!) })
        {
          fromTops[index] = y
          y += thickness(drawn[index])
        }
        y = nodes[column][row].top
        for index in drawn.indices.filter({ drawn[$0].to == node.id })
          .sorted(by: { order(place[drawn[$0].from]!, place[drawn[$1].from]!) })
        {
          toTops[index] = y
          y += thickness(drawn[index])
        }
      }
    }
    self.links = drawn.indices.map { index in
      let (from, to) = (place[drawn[index].from]!, place[drawn[index].to]!)
      return PlacedLink(
        link: drawn[index], tone: drawn[index].tone ?? columns[from.column][from.row].tone, fromColumn: from.column,
        toColumn: to.column, fromTop: fromTops[index], toTop: toTops[index], thickness: thickness(drawn[index]),
        isUnknown: drawn[index].value.absence != nil)
    }
  }
}
