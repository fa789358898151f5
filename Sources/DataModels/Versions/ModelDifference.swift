import Primitives

/// What is different between two versions of a model, and what that does to rows that are stored.
public struct ModelDifference: Sendable {
  public let from: DataModel
  public let to: DataModel
  /// In the order of the newer model; what is gone comes after what is there.
  public let changes: [ModelChange]

  public init(from: DataModel, to: DataModel) {
    self.from = from
    self.to = to
    var comparison = ModelComparison(from: from, to: to)
    comparison.compareWhole()
    comparison.compareCodeLists()
    comparison.compareRecords()
    comparison.compareRules()
    comparison.compareExpectations()
    changes = comparison.changes
  }

  /// Whether a register of the older version can be opened with the newer one.
  public var isRefused: Bool { changes.contains { $0.effect == .refused } }
}

/// One difference.
public struct ModelChange: Hashable, Codable, Sendable {
  /// What becomes of rows that are stored.
  public enum Effect: String, Codable, CaseIterable, Sendable {
    /// Nothing: they say and mean the same.
    case none
    /// They all still fit; more fits than before.
    case wider
    /// Some may no longer fit. They stay, and are checked when they are sent again.
    case narrower
    /// They are read as another code or field, by the crosswalk.
    case mapped
    /// They keep a code that new returns cannot have, and it is shown.
    case kept
    /// They are kept, and no longer shown.
    case hidden
    /// They would mean something else, so a register is not opened with this version.
    case refused
  }

  /// Where: `activity.kind`, `country`, `country/SU`, `rule ends-after-it-starts`.
  public let place: String
  public let what: LocalizedText
  public let effect: Effect

  public init(_ place: String, _ effect: Effect, _ what: LocalizedText) {
    self.place = place
    self.effect = effect
    self.what = what
  }
}

extension ModelChange.Effect {
  /// What becomes of stored rows, in words.
  public var words: LocalizedText {
    switch self {
    case .none: LocalizedText("stored rows stay as they are", nl: "opgeslagen rijen blijven zoals ze zijn")
    case .wider: LocalizedText("stored rows all fit; more fits", nl: "opgeslagen rijen passen alle; er past meer")
    case .narrower:
      LocalizedText("some stored rows may no longer fit", nl: "sommige opgeslagen rijen passen misschien niet meer")
    case .mapped:
      LocalizedText("stored values are read as the new", nl: "opgeslagen waarden worden als de nieuwe gelezen")
    case .kept:
      LocalizedText("stored codes stay, and are shown", nl: "opgeslagen codes blijven, en zijn zichtbaar")
    case .hidden: LocalizedText("stored values are kept, not shown", nl: "opgeslagen waarden blijven, maar onzichtbaar")
    case .refused:
      LocalizedText("a register is not opened with this", nl: "een register gaat hier niet mee open")
    }
  }
}
