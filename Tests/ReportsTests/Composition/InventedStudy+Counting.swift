import Primitives

@testable import DisclosureControl
@testable import Studies

extension InventedStudy {
  func table(_ id: String, _ rows: [String], _ columns: [String], _ count: (Int, Int) -> Int) -> DisclosedTable {
    DisclosedTable(
      id: id, rows: rows, columns: columns,
      values: rows.indices.map { i in
        columns.indices.map { j in replacing(id, rows[i], columns[j]) ?? policy.count(count(i, j)).value }
      }, policy: policy)
  }

  func flows(_ cohort: [Person]) -> DisclosedFlows {
    let ids = states.map(\.id)
    let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let none = Array(repeating: Array(repeating: 0, count: ids.count), count: Self.monthCount)
    var (stock, new, entered, left, ended) = (none, none, none, none, none)
    var moves = Array(repeating: Array(repeating: 0, count: ids.count), count: ids.count)
    for person in cohort {
      for (month, state) in person.path.enumerated() {
        let (at, here) = (person.start + month, place[state]!)
        stock[at][here] += 1
        if month == 0 {
          new[at][here] += 1
        } else if let before = place[person.path[month - 1]], before != here {
          entered[at][here] += 1
          left[at][before] += 1
          moves[before][here] += 1
        }
      }
      let end = person.start + person.path.count
      if end < Self.monthCount, let last = person.path.last { ended[end][place[last]!] += 1 }
    }
    let months = (0..<Self.monthCount).map { Self.first.adding(months: $0) }
    let periods = stride(from: 0, to: Self.monthCount, by: 6).map { from in
      let range = from..<min(from + 6, Self.monthCount)
      let id = "\(months[from].year)-H\(from % 12 == 0 ? 1 : 2)"
      func cell(_ column: Int, _ state: Int) -> Int {
        func sum(_ counts: [[Int]]) -> Int { range.reduce(0) { $0 + counts[$1][state] } }
        return switch column {
        case 0: from == 0 ? 0 : stock[from - 1][state]
        case 1: sum(new)
        case 2: sum(entered)
        case 3: sum(left)
        case 4: sum(ended)
        default: stock[range.upperBound - 1][state]
        }
      }
      return DisclosedFlows.Period(
        id: id, first: months[from], last: months[range.upperBound - 1],
        table: table("flows.\(id)", ids + ["total"], ["opening", "new", "entered", "left", "ended", "closing"]) {
          row, column in
          row < ids.count ? cell(column, row) : ids.indices.reduce(0) { $0 + cell(column, $1) }
        })
    }
    return DisclosedFlows(
      periods: periods, months: months,
      stock: table("stock", months.map(\.iso), ids + ["total"]) { row, column in
        column < ids.count ? stock[row][column] : stock[row].reduce(0, +)
      },
      transitions: table("transitions", ids + ["total"], ids + ["total"]) { row, column in
        let rows = row < ids.count ? [row] : Array(ids.indices)
        let columns = column < ids.count ? [column] : Array(ids.indices)
        return rows.reduce(0) { sum, i in columns.reduce(sum) { $0 + moves[i][$1] } }
      })
  }

  func routes(_ cohort: [Person]) -> DisclosedRoutes {
    let columns: [(String, LocalizedText, [String], (Person) -> String)] = [
      ("all", text("Everybody", "Iedereen"), ["everyone"], { _ in "everyone" }),
      (
        "approach", text("Approach", "Aanpak"), ["intensive", "regular"],
        { $0.groups[0] == 0 ? "intensive" : "regular" }
      ),
      (
        "route", text("Main route", "Hoofdroute"), ["together", "language", "none"],
        { ["together", "language", "none"][$0.route] }
      ),
      (
        "end", text("At the end of follow-up", "Aan het einde van de periode"),
        states.map(\.id) + (routesEndAtMark ? ["not-so-long"] : []),
        { routesEndAtMark && $0.path.count < 24 ? "not-so-long" : $0.path.last! }
      ),
    ]
    func value(_ column: String, _ node: String, _ count: Int) -> DisclosedValue {
      replacing("routes", column, node) ?? policy.count(count).value
    }
    return DisclosedRoutes(
      columns: columns.map { column in
        DisclosedRoutes.Column(
          id: column.0, name: column.1,
          nodes: column.2.map { node in
            DisclosedRoutes.Node(
              id: node, name: node == "everyone" ? cohortName : named(node),
              people: value(column.0, node, cohort.filter { column.3($0) == node }.count))
          })
      },
      links: zip(columns, columns.dropFirst()).flatMap { from, to in
        from.2.flatMap { a in
          to.2.map { b in
            DisclosedRoutes.Link(
              fromColumn: from.0, from: a, toColumn: to.0, to: b,
              people: value("\(from.0).\(a)", b, cohort.filter { from.3($0) == a && to.3($0) == b }.count))
          }
        }
      }.filter { $0.people != .zero })
  }

  /// The first of the causes and its month; the number of causes when none happened.
  func ending(_ person: Person, _ causes: [String]) -> (month: Int, cause: Int) {
    for (month, state) in person.path.enumerated() {
      if let cause = causes.firstIndex(of: state) { return (month, cause) }
    }
    return (person.path.count, causes.count)
  }

  func incidence(_ members: [Person], _ causes: [String], id: String, name: LocalizedText) -> (
    DisclosedOutcome.Group, [PlainEstimate]
  ) {
    let endings = members.map { ending($0, causes) }
    var (survival, current) = (1.0, causes.map { _ in 0.0 })
    var values = [current]
    var atRisk = [members.count]
    for month in 1...Self.followUp {
      let risk = endings.filter { $0.month >= month }.count
      atRisk.append(risk)
      let before = survival
      for cause in causes.indices where risk > 0 {
        let hazard = Double(endings.filter { $0.month == month && $0.cause == cause }.count) / Double(risk)
        current[cause] += before * hazard
        survival -= before * hazard
      }
      values.append(current)
    }
    func spread(_ value: Double, _ month: Int) -> Double {
      month == 0 ? 0 : 1.96 * (value * (1 - value) / Double(max(1, (members.count + atRisk[month]) / 2))).squareRoot()
    }
    func round(_ value: Double) -> Double { (min(1, max(0, value)) * 100).rounded() / 100 }
    let end = stride(from: Self.followUp, through: 0, by: -6).first { atRisk[$0] >= policy.threshold } ?? 0
    let plain = causes.indices.flatMap { cause in
      Self.marks.map { mark in
        let happened = endings.filter { $0.cause == cause && $0.month <= mark }.count
        return PlainEstimate(
          cause: causes[cause], months: mark, value: values[mark][cause], spread: spread(values[mark][cause], mark),
          contributors: [happened, members.count - happened])
      }
    }
    let group = DisclosedOutcome.Group(
      id: id, name: name,
      curves: causes.enumerated().map { cause, id in
        DisclosedOutcome.Curve(
          cause: id,
          points: (0...end).map { month in
            let value = values[month][cause]
            return DisclosedOutcome.Point(
              months: Double(month), value: round(value), lower: round(value - spread(value, month)),
              upper: round(value + spread(value, month)))
          }, end: Double(end), decimals: 2)
      },
      atRisk: stride(from: 0, through: Self.followUp, by: 6).map {
        DisclosedOutcome.AtRisk(months: $0, people: replacing("risk", id, "\($0)") ?? policy.count(atRisk[$0]).value)
      },
      estimates: plain.map {
        DisclosedOutcome.MarkedEstimate(
          cause: $0.cause, months: $0.months, estimate: $0.disclosed(policy))
      })
    return (group, plain)
  }

  struct PlainEstimate {
    var cause: String
    var months: Int
    var value: Double
    var spread: Double
    var contributors: [Int]

    func disclosed(_ policy: DisclosurePolicy) -> DisclosedEstimate {
      policy.estimate(value, lower: value - spread, upper: value + spread, contributors: contributors, decimals: 2)
    }
  }

  var groupings: [(StudyLabel, [String])] {
    [
      (StudyLabel(id: "approach", name: text("Approach", "Aanpak")), ["intensive", "regular"]),
      (StudyLabel(id: "sex", name: text("Sex", "Geslacht")), ["women", "men"]),
    ]
  }

  /// The main event has the name of its state, unless it has one of its own.
  func outcome(
    _ cohort: [Person], id: String, name: LocalizedText, causes: [String], mainName: LocalizedText? = nil
  ) -> DisclosedOutcome {
    func events(_ id: String, _ groups: [String], _ members: [[Person]]) -> DisclosedTable {
      table("events.\(id)", groups, causes + ["no-event", "total"]) { row, column in
        column > causes.count
          ? members[row].count : members[row].filter { ending($0, causes).cause == column }.count
      }
    }
    var comparisons = [
      DisclosedOutcome.Comparison(
        grouping: nil, groups: [incidence(cohort, causes, id: "everyone", name: cohortName).0], difference: nil,
        test: nil, events: events(id, ["everyone"], [cohort]))
    ]
    for (place, (label, groups)) in groupings.enumerated() where hasGroups {
      let members = groups.indices.map { group in cohort.filter { $0.groups[place] == group } }
      let results = groups.indices.map { incidence(members[$0], causes, id: groups[$0], name: named(groups[$0])) }
      let last = results.map { $0.1.first { $0.cause == causes[0] && $0.months == 36 }! }
      let difference = PlainEstimate(
        cause: causes[0], months: 36, value: last[0].value - last[1].value,
        spread: (last[0].spread * last[0].spread + last[1].spread * last[1].spread).squareRoot(),
        contributors: last[0].contributors + last[1].contributors)
      let isClear = abs(difference.value) > difference.spread
      comparisons.append(
        DisclosedOutcome.Comparison(
          grouping: label, groups: results.map(\.0),
          difference: DisclosedOutcome.Difference(
            first: groups[0], second: groups[1], cause: causes[0], months: 36, estimate: difference.disclosed(policy)),
          test: DisclosedOutcome.Test(name: "Gray", pValue: isClear ? 0 : 0.312, degreesOfFreedom: 1),
          events: events("\(id).\(label.id)", groups, members)))
    }
    return DisclosedOutcome(
      id: id, name: name,
      causes: causes.map { StudyLabel(id: $0, name: ($0 == causes[0] ? mainName : nil) ?? named($0)) }, main: causes[0],
      alreadyThere: policy.count(alreadyThere),
      comparisons: comparisons)
  }

  func occupancy(_ cohort: [Person]) -> [DisclosedOccupancy] {
    let ids = states.map(\.id)
    func one(_ grouping: StudyLabel?, _ labels: [StudyLabel], _ members: [[Person]]) -> DisclosedOccupancy {
      func count(_ group: Int, _ state: String?, _ month: Int) -> Int {
        members[group].filter { $0.path.count >= month && (state == nil || $0.path[month - 1] == state) }.count
      }
      return DisclosedOccupancy(
        grouping: grouping, groups: labels,
        marks: Self.marks.map { mark in
          let table = table("occupancy.\(mark)", labels.map(\.id), ids + ["total"]) { row, column in
            count(row, column < ids.count ? ids[column] : nil, mark)
          }
          return DisclosedOccupancy.Mark(
            months: mark, table: table,
            shares: labels.map { label in ids.map { table.share(of: (label.id, $0), in: (label.id, "total"))! } })
        },
        meanMonths: labels.enumerated().map { group, label in
          DisclosedOccupancy.MeanMonths(
            group: label.id, horizon: 36,
            states: ids.map { state in
              let months = (1...36).reduce(0.0) {
                $0 + Double(count(group, state, $1)) / Double(max(1, count(group, nil, $1)))
              }
              return policy.mean(months, contributors: members[group].count)
            })
        })
    }
    var all = [one(nil, [StudyLabel(id: "everyone", name: cohortName)], [cohort])]
    for (place, (label, groups)) in groupings.enumerated() where hasGroups {
      all.append(
        one(
          label, groups.map { StudyLabel(id: $0, name: named($0)) },
          groups.indices.map { group in cohort.filter { $0.groups[place] == group } }))
    }
    return all
  }

  func caseload() -> DisclosedCaseload {
    func load(_ people: Int, _ managers: Int) -> DisclosedCaseload.Load {
      DisclosedCaseload.Load(
        people: policy.count(people).value,
        perManager: managers < 3 ? nil : policy.rate(people: people, per: Double(managers)),
        aboveNorm: professionals.share(
          min(managers, managers * max(0, people / max(1, managers) - 44) / 25), of: managers))
    }
    let norm = 50
    let loads = (0..<Self.monthCount).map { month in
      let bulge = 15.0 * max(0, 1 - Double(abs(month - 27)) / 9)
      let managers = 12 + month / 2
      return (people: Int((42.0 + bulge + Double(month % 3)) * Double(managers)), managers: managers)
    }
    return DisclosedCaseload(
      name: caseloadName, norm: norm, monthsShown: loads.count,
      monthsAboveNorm: loads.count { $0.people > norm * $0.managers },
      teams: [("entree", "Entree"), ("centre", "Centrum"), ("east", "Oost")].map {
        StudyLabel(id: $0, name: LocalizedText($1))
      },
      months: loads.enumerated().map { month, all in
        DisclosedCaseload.Month(
          month: Self.first.adding(months: month), all: load(all.people, all.managers),
          teams: [
            load(all.people * 4 / 10, all.managers * 4 / 10), load(all.people * 5 / 10 + month, all.managers / 2),
            load(all.people / 10, month < 30 ? 2 : 3),
          ])
      })
  }
}
