import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// What a person reads in Dutch is Dutch: every method, on tables like those its example means and on worse ones.
@Suite struct DutchOutputTests {
  @Test(arguments: estimationMethods.map(\.id))
  func `nothing that a method says in Dutch is English`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    var told = 0
    for (place, call) in RandomTables.calls(of: method).enumerated() {
      for seed in 0..<(place == 0 ? 40 : 2) {
        let text =
          place > 0 || seed % 4 == 0
          ? RandomTables.plausibleText(for: method, call, seed: seed)
          : RandomTables.text(for: method, call, seed: seed, isPlausible: seed % 2 == 1)
        do {
          let result = try method.estimate(EstimationRequest(method, table: table(text), settings: call))
          told += 1
          for sentence in result.conventions + result.warnings { expectDutch(sentence, name) }
          for item in result.items { expectDutch(item, name) }
        } catch let error as EstimationError {
          expectDutch(error.message, name)
        }
      }
    }
    #expect(told > 0, "\(name) gave no estimate at all")
  }

  /// Words that English has in nearly every sentence and Dutch in none.
  static var english: Regex<(Substring, Substring)> {
    #/\b(the|and|with|are|not|from|there|that|has|have|errors?|each|by|which|its?)\b/#
  }

  func expectDutch(_ text: LocalizedText, _ place: String) {
    // Words in quotation marks and options are as they are typed.
    let bare = (text.dutch ?? "").replacing(#/“[^”]*”|[a-z]+ ==|--[a-z0-9-]+( [a-z0-9-]+)?/#, with: "")
    #expect(text.dutch?.isEmpty == false, "\(place): \(text.english)")
    #expect(bare.firstMatch(of: Self.english) == nil, "\(place): \(text.dutch ?? "")")
    if text.english.split(separator: " ").count > 3 { #expect(text.dutch != text.english, "\(place): \(text.english)") }
  }

  func expectDutch(_ item: ResultItem, _ place: String) {
    expectTitle(item.title, "\(place).\(item.key)")
    switch item.value {
    case .group(let items): for inner in items { expectDutch(inner, "\(place).\(item.key)") }
    case .table(let table):
      for column in table.columns {
        expectTitle(column.title, "\(place).\(item.key).\(column.key)")
        if case .sentences(let sentences) = column.values {
          for sentence in sentences where !sentence.english.isEmpty { expectDutch(sentence, place) }
        }
      }
    case .text(let text): #expect(text.firstMatch(of: Self.english) == nil, "\(place).\(item.key): \(text)")
    default: break
    }
  }

  /// Titles of names in the data have no translation, and need none.
  func expectTitle(_ title: LocalizedText, _ place: String) {
    if title.english.contains(" ") {
      #expect(title[.dutch].firstMatch(of: Self.english) == nil, "\(place): \(title[.dutch])")
    }
  }
}
