import DataModels
import Primitives
import Testing

/// Which version of a model is in force when, and in whose terms it reads what was stored under others.
@Suite struct ModelVersionsTests {
  private func model(_ version: String, _ fields: String, lists: String = "kind: {codes: [a, b]}") throws -> DataModel {
    try DataModel(
      yaml: """
        meedoen: data-model/1
        id: m
        version: "\(version)"
        title: M
        code-lists: {\(lists)}
        records:
          person:
            is: person
            key: [number]
            purpose: test
            fields:
              number: {type: text, privacy: identifier, required: yes, label: Number}
        \(fields)
        """, file: "m.yml")
  }

  private func month(_ text: String) -> CalendarMonth { CalendarMonth(iso: text)! }

  private func adopted(_ models: [(DataModel, String?)]) -> ModelVersions {
    ModelVersions(adopted: models.map { .init(model: $0.0, from: $0.1.map(month)) })
  }

  private func sources(_ model: DataModel, _ field: String) -> [String] {
    model.records[0].field(field)?.replaces.map(\.field) ?? []
  }

  @Test func eachMonthHasTheVersionOfItsSpanAndALaterDecisionTakesThePlaceOfOneToCome() throws {
    let (first, second) = (
      try model("1", "      x: {type: text, label: X}"), try model("2", "      y: {type: text, label: Y}")
    )
    let third = try model("3", "      z: {type: text, label: Z}")
    let versions = adopted([(first, nil), (second, "2026-06"), (third, "2026-09")])
    #expect(
      ["2026-01", "2026-05", "2026-06", "2026-08", "2026-09", "2030-01"].map { versions.model(for: month($0)).version }
        == ["1", "1", "2", "2", "3", "3"])
    #expect(versions.end(of: 0) == month("2026-05") && versions.end(of: 2) == nil)
    let earlier = adopted([(first, nil), (second, "2026-06"), (third, "2026-06")])
    #expect(earlier.model(for: month("2026-07")).version == "3" && earlier.inForce.count == 2)
    #expect(earlier.adopted.count == 3, "rows of the second may be stored")
  }

  @Test func fieldsRenamedTwiceAreReadThroughBothStepsAndBack() throws {
    let first = try model("1", "      x: {type: text, label: X}")
    let second = try model("2", "      y: {type: text, replaces: x, label: Y}")
    let third = try model("3", "      z: {type: text, replaces: y, label: Z}")
    let versions = adopted([(first, nil), (second, "2026-06"), (third, "2026-09")])
    #expect(sources(versions.current, "z") == ["y", "x"])
    #expect(sources(versions.model(for: month("2026-01")), "x") == ["y", "z"])
    #expect(sources(versions.model(for: month("2026-07")), "y") == ["x", "z"])
  }

  @Test func aMergedFieldIsNotReadBackBecauseNobodyKnowsWhichItWas() throws {
    let first = try model("1", "      x: {type: text, label: X}\n      w: {type: text, label: W}")
    let second = try model("2", "      y: {type: text, replaces: [x, w], label: Y}")
    let versions = adopted([(first, nil), (second, "2026-06")])
    #expect(sources(versions.current, "y") == ["x", "w"])
    #expect(sources(versions.model(for: month("2026-01")), "x").isEmpty)
  }

  @Test func codesOfASplitFieldAreReadThroughAllSteps() throws {
    let first = try model("1", "      x: {type: code, list: kind, label: X}")
    let second = try model(
      "2", "      y: {type: code, list: level, replaces: {field: x, codes: {a: low}}, label: Y}",
      lists: "level: {codes: [low, high]}")
    let third = try model(
      "3", "      y: {type: code, list: level, label: Y}",
      lists: "level: {codes: [least, high], replaces: {low: least}}")
    let current = adopted([(first, nil), (second, "2026-06"), (third, "2026-09")]).current
    #expect(sources(current, "y") == ["x"])
    #expect(current.records[0].field("y")?.replaces[0].codes == ["a": "low"])
    #expect(current.codeList("level")?.replaces == ["low": "least"])
  }

  @Test func codesThatAreGoneKeepTheirLabelsAndCanBeReadBack() throws {
    let field = "      x: {type: code, list: kind, label: X}"
    let first = try model("1", field, lists: "kind: {codes: {a: Old a, b: Old b, c: Old c}}")
    let second = try model("2", field, lists: "kind: {codes: [n, b], replaces: {a: n}}")
    let versions = adopted([(first, nil), (second, "2026-06")])
    let list = try #require(versions.current.codeList("kind"))
    #expect(list.replaces == ["a": "n"] && list.label(of: "c")?.english == "Old c" && !list.contains("c"))
    #expect(versions.model(for: month("2026-01")).codeList("kind")?.replaces == ["n": "a"])
  }

  @Test(
    arguments: [
      ("      x: {type: text, replaces: x, label: X}", "replaces it"),
      ("      x: {type: text, replaces: [y, y], label: X}", "twice"),
      ("      x: {type: text, replaces: {field: y, codes: {a: b}}, label: X}", "of the type code only"),
      ("      x: {type: code, list: kind, replaces: {field: y, codes: {a: c}}, label: X}", "no code of"),
    ])
  func aCrosswalkThatCannotBeIsRefusedWithItsPlace(_ field: String, _ part: String) {
    #expect { try model("1", field) } throws: { error in
      (error as? DefinitionError)?.problems.first.map { $0.message.contains(part) && $0.line > 10 } ?? false
    }
  }

  @Test func fieldsOfEarlierVersionsAreThereForWhoAsksWhatIsKept() throws {
    let first = try model("1", "      x: {type: text, keep: 2 years after receipt, label: X}")
    let second = try model("2", "      y: {type: text, label: Y}")
    let current = adopted([(first, nil), (second, "2026-06")]).current
    #expect(current.records[0].field("x") == nil)
    #expect(current.withEarlierParts.records[0].field("x")?.label.english == "X")
    #expect(current.withEarlierParts.processing.term(record: "person", field: "x")?.text == "2 years after receipt")
  }
}
