import Primitives

/// The versions of a model that are in force, each for a span of months about which returns are sent.
///
/// A return is checked against the version of its month. What is stored is read in the terms of the newest version.
public struct ModelVersions: Sendable {
  /// A version, and the first month for which it is in force; nil for the one from the beginning.
  public struct Version: Sendable {
    public let model: DataModel
    public let from: CalendarMonth?

    public init(model: DataModel, from: CalendarMonth?) {
      self.model = model
      self.from = from
    }
  }

  /// All that were ever adopted, in that order, as they were written.
  public let adopted: [Version]
  /// Those that are in force for some month, the earliest first.
  public let inForce: [Version]
  /// The newest, which reads what was stored under any other.
  public let current: DataModel

  /// One version, in force for all months.
  public init(_ model: DataModel) { self.init(adopted: [Version(model: model, from: nil)]) }

  /// - Precondition: there is one at least, and only the first is without a month.
  public init(adopted: [Version]) {
    precondition(!adopted.isEmpty, "a model has a version")
    self.adopted = adopted
    var inForce: [Version] = []
    for version in adopted {
      // Who adopts a version from a month on takes the place of what was to come later.
      inForce.removeAll { earlier in
        guard let from = version.from else { return true }
        return earlier.from.map { $0 >= from } ?? false
      }
      inForce.append(version)
    }
    self.inForce = inForce
    current = Crosswalk(adopted.last!.model, readingEarlier: adopted.dropLast().map(\.model)).target
  }

  /// The place among ``inForce`` of the version for a month.
  private func place(of month: CalendarMonth) -> Int {
    inForce.lastIndex { $0.from.map { $0 <= month } ?? true } ?? 0
  }

  /// The version that is in force for a month: what returns about it are checked against. It reads what was stored under
  /// other versions in its own terms, as far as these can be told.
  public func model(for month: CalendarMonth) -> DataModel {
    let version = inForce[place(of: month)]
    let index = adopted.lastIndex { $0.model.fingerprint == version.model.fingerprint } ?? adopted.count - 1
    guard index < adopted.count - 1 else { return current }
    var crosswalk = Crosswalk(version.model, readingEarlier: adopted[..<index].map(\.model))
    crosswalk.readLater(adopted[(index + 1)...].map(\.model))
    return crosswalk.target
  }

  /// The last month of a version; nil when it has no end.
  public func end(of index: Int) -> CalendarMonth? {
    index + 1 < inForce.count ? inForce[index + 1].from?.adding(months: -1) : nil
  }

  /// Why a version cannot be adopted from a month on; empty when it can.
  public func objections(to new: DataModel, from month: CalendarMonth) -> [LocalizedText] {
    var found: [LocalizedText] = []
    func object(_ english: String, _ dutch: String) { found.append(LocalizedText(english, nl: dutch)) }
    let last = adopted.last!.model
    if adopted.contains(where: { $0.model.fingerprint == new.fingerprint }) {
      object(
        "Version \(new.version) is in force, or was adopted before.",
        "Versie \(new.version) geldt, of is al eens ingevoerd.")
      return found
    }
    if adopted.contains(where: { $0.model.version == new.version }) {
      object(
        "There is a version \(new.version) already, with another text: give this one a version of its own.",
        "Er is al een versie \(new.version), met een andere tekst: geef deze een eigen versie.")
    }
    for change in ModelDifference(from: last, to: new).changes where change.effect == .refused {
      object("\(change.place): \(change.what.english).", "\(change.place): \(change.what[.dutch]).")
    }
    found += reusedNames(in: new)
    return found
  }

  /// Names that meant something else once: rows that were stored under it would be read as this.
  private func reusedNames(in new: DataModel) -> [LocalizedText] {
    var found: [LocalizedText] = []
    let last = adopted.last!.model
    for record in new.records {
      for field in record.fields where last.record(record.id)?.field(field.id) == nil {
        guard adopted.contains(where: { $0.model.record(record.id)?.field(field.id) != nil }) else { continue }
        found.append(
          LocalizedText(
            "\(record.id).\(field.id): an earlier version had a field of this name; give the new one another.",
            nl: "\(record.id).\(field.id): een eerdere versie had een veld met deze naam; geef het nieuwe een andere."))
      }
    }
    for list in new.codeLists {
      for code in list.codes {
        guard let replaced = current.codeList(list.id)?.replaces[code.code] else { continue }
        found.append(
          LocalizedText(
            "\(list.id)/\(code.code): stored rows with this code are read as “\(replaced)”; give the new code another name.",
            nl:
              "\(list.id)/\(code.code): opgeslagen rijen met deze code worden als “\(replaced)” gelezen; geef de nieuwe "
              + "code een andere naam."))
      }
    }
    return found
  }
}
