import Foundation
import Primitives
import TableFiles

extension SyntheticDuplicates {
  /// What was written.
  public struct Summary: Hashable, Sendable {
    public var people: Int
    public var registrations: Int
    public var returns: Int
    /// Pairs of registrations that are of one person.
    public var pairs: Int
  }

  /// Writes `people.csv` with all registrations, `truth.csv` with who is who, a model, and one return for each provider.
  ///
  /// - Throws: ``SyntheticProgrammeError``.
  @discardableResult
  public func write(to folder: URL, progress: ProgressHandler? = nil) throws -> Summary {
    try SettingsCheck.people("people", people, below: 1_000_000)
    progress?(StageProgress(stage: "inventing", completed: 0, total: people))
    let registrations = registrations()
    progress?(StageProgress(stage: "inventing", completed: people, total: people))
    let headers = ["person", "given-name", "family-name", "birth-date", "sex", "origin", "permit-on"]
    func cells(_ each: Registration) -> [String] {
      [each.number, each.given, each.family, each.born?.iso ?? "", each.sex, each.origin, each.permitted?.iso ?? ""]
    }
    try save(
      CSVWriter().data(headers: ["provider"] + headers, rows: registrations.map { [$0.provider] + cells($0) }),
      to: folder, "people.csv")
    let truth = registrations.map { [$0.provider, $0.number, "\($0.person)"] }
    try save(CSVWriter().data(headers: ["provider", "person", "who"], rows: truth), to: folder, "truth.csv")
    try save(Data(model.utf8), to: folder, "model.yml")
    for provider in Self.providers {
      let place = folder.appendingPathComponent("returns").appendingPathComponent(provider)
      let own = registrations.filter { $0.provider == provider }
      try save(CSVWriter().data(headers: headers, rows: own.map(cells)), to: place, "person.csv")
      let manifest = """
        meedoen: return/1
        provider: \(provider)
        period: 2024-01
        sent-on: 2024-02-12
        model: duplicates
        synthetic: yes

        """
      try save(Data(manifest.utf8), to: place, "return.yml")
    }
    var times: [Int: Int] = [:]
    for each in registrations { times[each.person, default: 0] += 1 }
    return Summary(
      people: people, registrations: registrations.count, returns: Self.providers.count,
      pairs: times.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
  }

  private var model: String {
    """
    meedoen: data-model/1
    id: duplicates
    version: "1"
    title: {en: Invented people with two numbers, nl: Verzonnen mensen met twee nummers}
    identifier-scope: provider
    code-lists:
      sex: {codes: {woman: {en: Woman, nl: Vrouw}, man: {en: Man, nl: Man}}}
      origin: {codes: [\(Self.origins.joined(separator: ", "))]}
    records:
      person:
        is: person
        key: [person]
        purpose: follow-up
        title: {en: Person, nl: Persoon}
        fields:
          person: {type: text, privacy: identifier, required: yes, label: {en: Person number, nl: Persoonsnummer}}
          given-name: {type: text, privacy: direct, purpose: linkage, label: {en: Given name, nl: Voornaam}}
          family-name: {type: text, privacy: direct, purpose: linkage, label: {en: Family name, nl: Achternaam}}
          birth-date: {type: date, privacy: direct, purpose: linkage, label: {en: Date of birth, nl: Geboortedatum}}
          sex: {type: code, list: sex, privacy: quasi, label: {en: Sex, nl: Geslacht}}
          permit-on: {type: date, privacy: quasi, label: {en: Permit granted on, nl: Vergunning verleend op}}
          origin: {type: code, list: origin, privacy: sensitive, label: {en: Country of origin, nl: Land van herkomst}}

    """
  }

  private func save(_ data: Data, to folder: URL, _ name: String) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try data.write(to: folder.appendingPathComponent(name))
    } catch {
      throw SyntheticProgrammeError.notWritable(file: name)
    }
  }
}
