import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// Every method on tables that nobody would hand in on purpose: an estimate, or a typed error; never a trap.
@Suite struct DegenerateTableTests {
  @Test(arguments: estimationMethods.map(\.id))
  func `a method answers whatever a table holds`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    let settings = RandomTables.settings(of: method.example)
    for seed in 0..<40 {
      let text = RandomTables.text(for: method, settings, seed: seed, isPlausible: seed % 2 == 1)
      do {
        let request = try EstimationRequest(method, table: table(text), settings: settings)
        let result = try method.estimate(request)
        for item in result.items { expectDefined(item.value, "\(name), table \(seed): \(item.key)") }
        _ = result.json(.english)
        _ = result.lines(.dutch)
      } catch let error as EstimationError {
        #expect(!error.message.english.isEmpty && error.message.dutch?.isEmpty == false, "\(name), table \(seed)")
      }
    }
  }

  /// What is not defined is nil and never NaN.
  func expectDefined(_ value: ResultValue, _ place: String) {
    var numbers: [Double?] = []
    switch value {
    case .number(let number): numbers = [number]
    case .numbers(let list): numbers = list
    case .group(let items): for item in items { expectDefined(item.value, "\(place).\(item.key)") }
    case .table(let table):
      for column in table.columns {
        if case .numbers(let list) = column.values { expectDefined(.numbers(list), "\(place).\(column.key)") }
      }
    case .whole, .text, .texts, .flag: break
    }
    #expect(numbers.allSatisfy { !($0?.isNaN ?? false) }, "\(place)")
  }
}
