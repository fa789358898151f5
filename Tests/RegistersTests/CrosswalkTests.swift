import DataModels
import Primitives
import Tables
import TestSupport
import Testing

@testable import Registers

/// Stored codes of an older version are read through the crosswalk of a newer one, and stay as they were stored.
@Suite struct CrosswalkTests {
  static func model(_ bands: String, version: String) throws -> DataModel {
    try DataModel(
      yaml: """
        meedoen: data-model/1
        id: bands
        version: "\(version)"
        title: Bands
        code-lists:
          band: \(bands)
        records:
          person:
            is: person
            key: [number]
            purpose: test
            fields:
              number: {type: text, privacy: identifier, required: yes, label: Number}
              band: {type: code, list: band, label: Band}
              children: {type: list, list: band, label: Children}
        """, file: "bands.yml")
  }

  @Test func codesAndListsAreReadAsTheNewCode() throws {
    let old = try Self.model("{codes: [5-11, 11-17]}", version: "1")
    let new = try Self.model("{codes: [5-11, 12-17], replaces: {11-17: 12-17}}", version: "2")
    try withTemporaryFolder { folder in
      let rows = SentRows(
        record: "person", fields: ["number", "band", "children"],
        rows: [
          [.text("P1"), .text("11-17"), .list(["5-11", "11-17"])], [.text("P2"), .text("5-11"), .missing],
        ])
      try Register.create(in: folder, model: old).append(submission(old, on: "2024-02-01", rows))
      let before = try Register.openForReading(in: folder, model: old)
      let history = try before.historyFingerprint()
      let register = try Register.open(in: folder, model: new)
      let table = try register.snapshot().records[0].table
      #expect(Set((0..<2).map { table.columns[1][$0] }) == [.text("12-17"), .text("5-11")])
      #expect((0..<2).contains { table.columns[2][$0] == .list(["5-11", "12-17"]) })
      #expect(try register.historyFingerprint() == history, "nothing stored was rewritten")
      let asStored = try Register.openForReading(in: folder, model: old).snapshot().records[0].table
      #expect((0..<2).contains { asStored.columns[1][$0] == .text("11-17") })
    }
  }

  @Test func aListOfAKeyHasNoCrosswalk() {
    #expect(throws: DefinitionError.self) {
      try DataModel(
        yaml: """
          meedoen: data-model/1
          id: bands
          version: "1"
          title: Bands
          code-lists: {band: {codes: [a], replaces: {b: a}}}
          records:
            person:
              is: person
              key: [number]
              purpose: test
              fields: {number: {type: text, privacy: identifier, required: yes, label: Number}}
            visit:
              is: event
              of: person
              at: on
              key: [number, band]
              purpose: test
              fields:
                number: {type: text, privacy: identifier, required: yes, label: Number}
                on: {type: date, label: On}
                band: {type: code, list: band, required: yes, label: Band}
          """, file: "bands.yml")
    }
  }
}
