import DataModels
import DisclosureControl
import Primitives
import Registers
import Tables

/// How far people could be recognised in rows that leave the register.
public struct RiskResult: Encodable, Sendable {
  public struct Quasi: Encodable, Sendable {
    public let field: String
    public let values: Int
    /// People in classes that are too small who would be in large enough ones without this field.
    public let peopleHelpedWithout: Int
  }

  public struct Sensitive: Encodable, Sendable {
    public let field: String
    public let smallest: Int
    public let peopleBelow: Int
    public let classesBelow: Int
  }

  public let schema = "meedoen-reidentification-risk/1"
  public let asKnownOn: CalendarDate
  public let k: Int
  public let l: Int
  public let isMet: Bool
  public let people: Int
  public let classes: Int
  public let smallestClass: Int
  public let singledOut: Int
  public let peopleBelow: Int
  public let classesBelow: Int
  public let meanRisk: Double
  public let quasi: [Quasi]
  public let sensitive: [Sensitive]
  /// Fields of records with several rows to a person, which are not looked at: they make people stand out more.
  public let notLookedAt: [String]
}

/// What is looked at.
public struct RiskRequest: Sendable {
  /// `record.field`, or the field alone; without any, all that the model calls quasi.
  public var quasi: [String] = []
  /// Without any, all that the model calls sensitive.
  public var sensitive: [String] = []
  public var k = 10
  public var l = 2

  public init() {}
}

extension Workspace {
  /// Looks at the people of the register, as known on a day, before rows about them go anywhere.
  public func reidentificationRisk(
    _ request: RiskRequest, asKnownOn day: CalendarDate?
  ) throws(WorkspaceError) -> RiskResult {
    let register = try registerForReading()
    let snapshot = try storeTask { () throws(RegisterError) in try register.snapshot(asKnownOn: day) }
    return try risk(request, of: snapshot)
  }

  /// - Parameter records: places of the records that leave; nil for all.
  func risk(
    _ request: RiskRequest, of snapshot: RegisterSnapshot, records: Set<Int>? = nil
  ) throws(WorkspaceError) -> RiskResult {
    func leaving(_ places: [FieldPlace]) -> [FieldPlace] { places.filter { records?.contains($0.record) ?? true } }
    let quasi = leaving(try fields(request.quasi, privacy: .quasi))
    let sensitive = leaving(try fields(request.sensitive, privacy: .sensitive))
    func isSingle(_ place: FieldPlace) -> Bool {
      let starts = snapshot.records[place.record].starts
      return zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 <= 1 }
    }
    let (quasiUsed, sensitiveUsed) = (quasi.filter(isSingle), sensitive.filter(isSingle))
    let risk = ReidentificationRisk(
      quasi: quasiUsed.map { snapshot.valueNumbers(record: $0.record, field: $0.field) },
      sensitive: sensitiveUsed.map { snapshot.valueNumbers(record: $0.record, field: $0.field) },
      people: snapshot.people.count, k: request.k, l: request.l)
    return RiskResult(
      asKnownOn: snapshot.asKnownOn, k: risk.k, l: risk.l, isMet: risk.isMet, people: risk.people,
      classes: risk.classes, smallestClass: risk.smallestClass, singledOut: risk.singledOut,
      peopleBelow: risk.peopleBelow, classesBelow: risk.classesBelow, meanRisk: risk.meanRisk,
      quasi: risk.contributions.map {
        RiskResult.Quasi(
          field: quasiUsed[$0.field].name, values: $0.values, peopleHelpedWithout: $0.peopleHelpedWithout)
      },
      sensitive: risk.diversity.map {
        RiskResult.Sensitive(
          field: sensitiveUsed[$0.field].name, smallest: $0.smallest, peopleBelow: $0.peopleBelow,
          classesBelow: $0.classesBelow)
      },
      notLookedAt: (quasi + sensitive).filter { !isSingle($0) }.map(\.name))
  }

  private struct FieldPlace {
    let record: Int
    let field: Int
    let name: String
  }

  private func fields(_ names: [String], privacy: PrivacyClass) throws(WorkspaceError) -> [FieldPlace] {
    var all: [FieldPlace] = []
    var found: [FieldPlace] = []
    for (r, record) in model.records.enumerated() {
      for (f, field) in record.fields.enumerated() where !field.privacy.isIdentifying {
        let place = FieldPlace(record: r, field: f, name: "\(record.id).\(field.id)")
        all.append(place)
        if field.privacy == privacy { found.append(place) }
      }
    }
    guard !names.isEmpty else { return found }
    var chosen: [FieldPlace] = []
    for name in names {
      let matches = all.filter { $0.name == name || $0.name.hasSuffix(".\(name)") }
      guard let place = matches.first else {
        throw .unknownPart(name, near: nearMiss(name, among: all.map(\.name)))
      }
      chosen.append(place)
    }
    return chosen
  }
}

extension RegisterSnapshot {
  /// A number for the value of each person in a field of a record of which they have at most one row.
  fileprivate func valueNumbers(record: Int, field: Int) -> [Int32] {
    let rows = records[record]
    let column = rows.table.columns[field]
    var numbers: [String: Int32] = [:]
    return people.indices.map { person in
      let row = Int(rows.starts[person])
      guard row < Int(rows.starts[person + 1]), !column[row].isMissing else { return -1 }
      let text = column[row].canonicalText
      if let known = numbers[text] { return known }
      numbers[text] = Int32(numbers.count)
      return numbers[text]!
    }
  }
}

extension RiskResult {
  /// Why records do not leave, and how to go on.
  var refusal: LocalizedText {
    LocalizedText(
      "People could be recognised in these records: \(peopleBelow) of \(people) are in a group of fewer than \(k) who "
        + "are alike, or of fewer than \(l) different sensitive values. `meedoen privacy risk` says which fields do it. "
        + "Leave records out with --record, make fields coarser in the model, or say why they may leave all the same: "
        + "--accept-risk \"agreement with the recipient\". That is written into the audit trail.",
      nl:
        "Mensen zouden in deze records te herkennen zijn: \(peopleBelow) van \(people) zitten in een groep van minder "
        + "dan \(k) gelijken, of van minder dan \(l) verschillende gevoelige waarden. `meedoen privacy risk` zegt door "
        + "welke velden. Laat records weg met --record, maak velden grover in het model, of zeg waarom ze toch naar "
        + "buiten mogen: --accept-risk \"overeenkomst met de ontvanger\". Dat komt in het auditspoor.")
  }
}
