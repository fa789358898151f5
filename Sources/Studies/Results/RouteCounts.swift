import Primitives

/// How many people are in each node of the routes, and in each pair of nodes of neighbouring columns.
struct RouteCounts: Sendable {
  struct Column: Sendable {
    let id: String
    let name: LocalizedText
    let nodes: [StudyLabel]
  }

  let columns: [Column]
  /// Per column, per node.
  let people: [[Int]]
  /// Per column but the last, from each of its nodes to each node of the next.
  let links: [[[Int]]]

  init(_ histories: LifeHistories, _ plan: StudyPlan) {
    columns = plan.routes.map { column in
      let nodes: [StudyLabel] =
        switch column.kind {
        case .everyone: [StudyLabel(id: "everyone", name: plan.cohort.name)]
        case .grouping(let id):
          plan.groupings.first { $0.id == id }!.values.map { StudyLabel(id: $0.id, name: $0.name) }
        case .choice(let values, _): values.map { StudyLabel(id: $0.id, name: $0.name) }
        case .state(.end): plan.states.map { StudyLabel(id: $0.id, name: $0.name) }
        case .state(.months):
          plan.states.map { StudyLabel(id: $0.id, name: $0.name) } + [
            StudyLabel(
              id: "not-followed", name: LocalizedText("Not followed so long yet", nl: "Nog niet zo lang gevolgd"))
          ]
        }
      return Column(id: column.id, name: column.name, nodes: nodes)
    }
    let columns = columns
    var people = columns.map { Array(repeating: 0, count: $0.nodes.count) }
    var links = columns.indices.dropLast().map { index in
      columns[index].nodes.map { _ in Array(repeating: 0, count: columns[index + 1].nodes.count) }
    }
    for member in histories.members.indices {
      for column in columns.indices {
        let node = Int(histories.nodes[column][member])
        people[column][node] += 1
        if column > 0 { links[column - 1][Int(histories.nodes[column - 1][member])][node] += 1 }
      }
    }
    self.people = people
    self.links = links
  }
}
