import Foundation
import Testing

@testable import DisclosureControl

/// What a reader of the published results knows of the flows, moves, outcomes and whereabouts: a share of what `make attack`
/// reads, with relations written down from what the words mean.
struct PublishedTablesAttack {
  typealias JSON = [String: Any]
  private(set) var bounds: [String: (least: Double, most: Double)] = [:]
  private(set) var withheld: Set<String> = []
  private var equations: [(left: [String], right: [String])] = []
  let width: Int
  let threshold: Int
  private let base: Int

  /// - Parameter study: the results of a study, as they are published.
  init(_ study: JSON) throws {
    let policy = try #require(study["policy"] as? JSON)
    width = try #require(policy["minimumWidth"] as? Int)
    threshold = try #require(policy["threshold"] as? Int)
    base = (policy["rounding"] as? [String: Int])?["nearest"] ?? 1
    let states = try #require(study["states"] as? [JSON]).compactMap { $0["id"] as? String }
    let flows = try #require(study["flows"] as? JSON)
    let periods = try #require(flows["periods"] as? [JSON])
    try read(try #require(flows["stock"] as? JSON), "stock", totalColumn: true)
    try read(try #require(flows["transitions"] as? JSON), "moves", totalRow: true, totalColumn: true)
    for (index, period) in periods.enumerated() {
      let id = "flow\(index)"
      try read(try #require(period["table"] as? JSON), id, totalRow: true)
      for state in states + ["total"] {
        func cell(_ column: String) -> String { key(id, state, column) }
        equations.append(
          (["opening", "new", "entered"].map(cell), ["left", "ended", "closing"].map(cell)))
        equations.append(([key("stock", period["last"] as? String ?? "", state)], [cell("closing")]))
        if index > 0 { equations.append(([key("flow\(index - 1)", state, "closing")], [cell("opening")])) }
      }
    }
    for state in states {
      let all = periods.indices
      equations.append(([key("moves", state, "total")], all.map { key("flow\($0)", state, "left") }))
      equations.append(([key("moves", "total", state)], all.map { key("flow\($0)", state, "entered") }))
    }
    for outcome in try #require(study["outcomes"] as? [JSON]) {
      try readGroups(
        try #require(outcome["comparisons"] as? [JSON]).map { ($0["grouping"] as? JSON, $0["events"] as? JSON ?? [:]) },
        "outcome.\(outcome["id"] ?? "")")
    }
    let occupancies = try #require(study["occupancy"] as? [JSON])
    for mark in try #require(occupancies.first?["marks"] as? [JSON]).indices {
      try readGroups(
        occupancies.map { each in
          (each["grouping"] as? JSON, ((each["marks"] as? [JSON])?[mark]["table"] as? JSON) ?? [:])
        }, "after\(mark)")
    }
  }

  private func key(_ table: String, _ row: String, _ column: String) -> String { "\(table)|\(row)|\(column)" }

  /// A table for everybody, and those by group that add up to it.
  private mutating func readGroups(_ tables: [(grouping: JSON?, table: JSON)], _ id: String) throws {
    for (grouping, table) in tables {
      guard let group = grouping?["id"] as? String else {
        try read(table, id, totalColumn: true)
        continue
      }
      try read(table, "\(id).\(group)", totalRow: true, totalColumn: true)
      for column in table["columns"] as? [String] ?? [] {
        equations.append(([key("\(id).\(group)", "total", column)], [key(id, "everyone", column)]))
      }
    }
  }

  private mutating func read(
    _ table: JSON, _ id: String, totalRow: Bool = false, totalColumn: Bool = false
  ) throws {
    let rows = try #require(table["rows"] as? [String])
    let columns = try #require(table["columns"] as? [String])
    for (row, values) in zip(rows, try #require(table["values"] as? [[JSON]])) {
      for (column, value) in zip(columns, values) { see(key(id, row, column), value) }
      guard totalColumn else { continue }
      equations.append(
        ([key(id, row, "total")], columns.filter { $0 != "total" }.map { key(id, row, $0) }))
    }
    guard totalRow else { return }
    for column in columns {
      equations.append(
        ([key(id, "total", column)], rows.filter { $0 != "total" }.map { key(id, $0, column) }))
    }
  }

  private mutating func see(_ key: String, _ value: JSON) {
    switch value["state"] as? String {
    case "zero": bounds[key] = (0, 0)
    case "protected":
      withheld.insert(key)
      bounds[key] = (1, .infinity)
    case "value":
      let number = value["value"] as? Double ?? 0
      bounds[key] = (
        max(Double(threshold), number - Double(base / 2)), number + Double(base - 1 - base / 2)
      )
    default: break
    }
  }

  /// How many whole numbers lie between the least and the most that a withheld number can be, of those that may be small;
  /// nil when there is no answer, which means that the relations written down here are wrong.
  func widths() -> [String: Double]? {
    var programme = LinearProgram()
    var variable: [String: Int] = [:]
    let named = Set(equations.flatMap { $0.left + $0.right }).union(bounds.keys).sorted()
    for key in named {
      let bound = bounds[key] ?? (0, .infinity)
      variable[key] = programme.addVariable(bound.least, bound.most)
    }
    for (left, right) in equations {
      programme.addRow(left.map { (variable[$0]!, 1) } + right.map { (variable[$0]!, -1) }, 0, 0)
    }
    var found: [String: Double] = [:]
    for key in withheld.sorted() {
      guard let extremes = programme.extremes(of: variable[key]!, start: 0, isEnough: { _ in false }),
        case .value(let least, _) = extremes.least
      else { return nil }
      guard (least - 1e-6).rounded(.up) < Double(threshold) else { continue }
      guard case .value(let most, _) = extremes.most else {
        found[key] = .infinity
        continue
      }
      found[key] = (most + 1e-6).rounded(.down) - (least - 1e-6).rounded(.up)
    }
    return found
  }
}
