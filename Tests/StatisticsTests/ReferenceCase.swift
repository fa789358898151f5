import Foundation
import TestSupport
import Testing

/// A case computed by a peer: data, results and tolerance, from the shared reference material.
struct ReferenceCase {
  let results: Reference
  /// Values printed in the literature, where there are.
  let published: Reference
  private let relative: Double
  private let absolute: Double
  private let folder: URL

  static var isPresent: Bool { SharedMaterial.folder("reference/statistics/truth") != nil }

  init(_ id: String) throws {
    folder = try #require(SharedMaterial.folder("reference/statistics"))
    let document = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: folder.appendingPathComponent("truth/\(id).json")))
    results = document["results"]
    published = document["published"]
    relative = document["tolerance"]["rel"].number!
    absolute = document["tolerance"]["abs"].number!
  }

  /// The columns of a CSV file by name; an empty cell is nil.
  func table(_ name: String) throws -> [String: [String?]] {
    let text = try String(contentsOf: folder.appendingPathComponent("data/\(name).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var columns: [String: [String?]] = [:]
    for (position, header) in lines[0].enumerated() {
      columns[header] = lines.dropFirst().map { $0[position].isEmpty ? nil : $0[position] }
    }
    return columns
  }

  func expect(
    _ found: Double?, _ expected: Reference, _ what: String, location: SourceLocation = #_sourceLocation
  ) {
    switch (found, expected) {
    case (nil, .null): break
    case (let found?, .number(let expected)):
      // Below this a p-value says nothing that the statistic does not.
      if expected < 1e-12, what.hasSuffix("p") { return }
      #expect(
        abs(found - expected) <= absolute + relative * abs(expected), "\(what): \(found) for \(expected)",
        sourceLocation: location)
    default: Issue.record("\(what): \(String(describing: found)) for \(expected)", sourceLocation: location)
    }
  }

  func expect(
    _ found: [Double?], _ expected: Reference, _ what: String, location: SourceLocation = #_sourceLocation
  ) {
    let list = expected.list
    guard found.count == list.count else {
      Issue.record("\(what): \(found.count) elements for \(list.count)", sourceLocation: location)
      return
    }
    for i in found.indices { expect(found[i], list[i], "\(what)[\(i)]", location: location) }
  }

  func expect(_ found: [Double], _ expected: Reference, _ what: String, location: SourceLocation = #_sourceLocation) {
    expect(found.map { Optional($0) }, expected, what, location: location)
  }
}

/// A value of a JSON document.
enum Reference: Decodable {
  case null
  case number(Double)
  case text(String)
  case flag(Bool)
  case array([Reference])
  case object([String: Reference])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([Reference].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: Reference].self))
    }
  }

  /// The member, or null when there is none.
  subscript(name: String) -> Reference {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The elements; a scalar is a list of one, as R writes it.
  var list: [Reference] {
    switch self {
    case .array(let elements): elements
    case .null: []
    default: [self]
    }
  }

  var names: [String] { if case .object(let members) = self { members.keys.sorted() } else { [] } }
}

extension [String: [String?]] {
  func numbers(_ column: String) -> [Double] { self[column]!.map { Double($0!)! } }
  func wholeNumbers(_ column: String) -> [Int] { self[column]!.map { Int($0!)! } }
  func texts(_ column: String) -> [String] { self[column]!.map { $0! } }

  /// The rows where a column is not missing.
  func rows(with column: String) -> [String: [String?]] {
    let present = self[column]!.indices.filter { self[column]![$0] != nil }
    return mapValues { values in present.map { values[$0] } }
  }

  /// The number of each row's value among the ascending distinct values.
  func groups(_ column: String) -> (number: [Int], names: [String]) {
    let names = Set(texts(column)).sorted()
    return (texts(column).map { names.firstIndex(of: $0)! }, names)
  }
}
