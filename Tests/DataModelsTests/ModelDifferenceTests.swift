import DataModels
import Primitives
import Testing

@Suite struct ModelDifferenceTests {
  func difference(replacing old: String, with new: String) throws -> ModelDifference {
    precondition(smallModel.contains(old))
    let from = try DataModel(yaml: smallModel, file: "old.yml")
    let text = smallModel.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    return ModelDifference(from: from, to: try DataModel(yaml: text, file: "new.yml"))
  }

  @Test func aModelIsEqualToItself() throws {
    #expect(try difference(replacing: "version", with: "version").changes.isEmpty)
  }

  @Test(arguments: [
    ("range: 0..80", "range: 0..100", "activity.hours", ModelChange.Effect.wider),
    ("range: 0..80", "range: 1..80", "activity.hours", .narrower),
    ("range: 1920..2012", "range: 1920..", "person.born", .wider),
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1, A2, B1, B2]", "cefr/B2", .wider),
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1, B1]", "cefr/A2", .narrower),
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1, B1], replaces: {A2: B1}", "cefr/A2", .mapped),
    ("codes: [A0, A1, A2, B1]", "codes: [A1, A0, A2, B1]", "cefr", .narrower),
    ("key: [id, kind, from]", "key: [id, from]", "activity", .refused),
    ("{type: date, label: To}", "{type: date, label: Until}", "activity.to", .none),
    ("{type: date, label: To}", "{type: date, required: yes, label: To}", "activity.to", .narrower),
    ("required-if: kind = work, ", "", "activity.hours", .narrower),
    ("hold: from >= person.started", "hold: from > person.started", "rule", .narrower),
  ])
  func aDifferenceIsNamedWithWhatItDoesToStoredRows(
    _ old: String, _ new: String, _ place: String, _ effect: ModelChange.Effect
  ) throws {
    let found = try difference(replacing: old, with: new)
    #expect(found.changes.contains { $0.place.hasPrefix(place) && $0.effect == effect }, "\(found.changes)")
    #expect(found.changes.allSatisfy { $0.what.dutch != nil })
    #expect(found.isRefused == (effect == .refused))
  }

  @Test(arguments: [
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1], replaces: {A2: C9}", "is no code of this list"),
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1], replaces: {A0: A1}", "nothing replaces it"),
  ])
  func aCrosswalkLeadsFromCodesThatAreGoneToCodesThatAreThere(_ old: String, _ new: String, _ message: String) {
    do {
      _ = try difference(replacing: old, with: new)
      Issue.record("it is not refused")
    } catch {
      #expect("\(error)".contains(message))
    }
  }
}
