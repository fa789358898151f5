import Primitives
import Testing

@testable import DataModels

@Suite struct ProcessingTests {
  private func yaml(keep: String = "5 years after last-return", field: String = "", top: String = "") -> String {
    """
    meedoen: data-model/1
    id: small
    version: "1"
    title: Small
    keep: \(keep)
    \(top)
    records:
      person:
        is: person
        purpose: follow-up
        key: [number]
        fields:
          number: {type: text, privacy: identifier, required: yes, label: Number\(field.hasPrefix("number") ? String(field.dropFirst(6)) : "")}
          born: {type: year, privacy: quasi, label: Born\(field.hasPrefix("born") ? String(field.dropFirst(4)) : "")}
          left: {type: month, label: Left}
    """
  }

  private func problem(_ yaml: String) -> String? {
    do throws(DefinitionError) {
      _ = try DataModel(yaml: yaml, file: "small.yml")
      return nil
    } catch {
      return error.problems.first?.message
    }
  }

  @Test func aTermIsThatOfTheFieldItsRecordOrTheModel() throws {
    let model = try DataModel(yaml: yaml(field: "born, keep: 18m after left"), file: "small.yml")
    #expect(model.processing.term(record: "person", field: "left")?.text == "5 years after last-return")
    let term = try #require(model.processing.term(record: "person", field: "born"))
    #expect(term.duration == CalendarDuration(18, .months))
    #expect(term.clock == .field(record: "person", field: "left", isOwn: true))
    #expect(term.inWords(.english, model) == "18 months after “Left”")
    #expect(
      model.processing.term(record: "person")?.inWords(.dutch, model)
        == "5 jaar na de laatste aanlevering over de persoon")
    #expect(term.end(from: CalendarDate(iso: "2020-08-31")!).iso == "2022-02-28")
  }

  @Test(arguments: [
    ("5 years", "is no term"), ("five years after receipt", "is no term"), ("5 years after lost", "is neither receipt"),
    ("5 years after person.letf", "has no field “letf”"), ("5 years after person.number", "is not a date"),
    ("0 days after receipt", "at most"), ("2 fortnights after receipt", "is no term"),
  ])
  func aTermThatIsNotUnderstoodIsRefused(_ keep: String, _ says: String) {
    #expect(problem(yaml(keep: keep))?.contains(says) == true, "\(problem(yaml(keep: keep)) ?? "accepted")")
  }

  @Test func aKeyIsKeptAsLongAsItsRecord() {
    #expect(problem(yaml(field: "number, keep: 1 year after receipt"))?.contains("part of the key") == true)
  }

  @Test func filesAreKeptAfterTheirReceipt() throws {
    #expect(problem(yaml(top: "keep-files: 2 years after last-return"))?.contains("after receipt") == true)
    let model = try DataModel(yaml: yaml(top: "keep-files: 2 years after receipt"), file: "small.yml")
    #expect(model.processing.filesTerm?.duration == CalendarDuration(2, .years))
  }

  @Test func wherePurposesAreNamedEachFieldHasOneOfThem() throws {
    let model = try DataModel(
      yaml: yaml(top: "purposes:\n  follow-up: {title: {en: Following, nl: Volgen}, basis: public task}"),
      file: "small.yml")
    #expect(model.processing.purpose("follow-up")?.title[.dutch] == "Volgen")
    #expect(problem(yaml(top: "purposes:\n  followup: {title: Following}"))?.contains("not among the purposes") == true)
  }
}
