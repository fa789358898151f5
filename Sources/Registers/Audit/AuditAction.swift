import Primitives

/// What an audit entry says was done.
public enum AuditAction: String, Codable, CaseIterable, Sendable {
  case registerMade = "register-made"
  /// A return that was in the register before it had an audit trail.
  case returnAdopted = "return-adopted"
  case returnTakenIn = "return-taken-in"
  case returnReceivedAgain = "return-received-again"
  /// Values of a return were taken away: somebody was erased, or a term ran out.
  case returnRedacted = "return-redacted"
  case personExported = "person-exported"
  case personErased = "person-erased"
  case identityRead = "identity-read"
  case filesRead = "files-read"
  case termsApplied = "terms-applied"
  case vaultKeyChanging = "vault-key-changing"
  case vaultKeyChanged = "vault-key-changed"
  case recordsExported = "records-exported"
  case decisionTaken = "decision-taken"
  case cycleChanged = "cycle-changed"
  case peopleLinked = "people-linked"
  case peopleUnlinked = "people-unlinked"
  case modelAdopted = "model-adopted"
  /// Somebody asked for what their role may not do.
  case refused

  public var title: LocalizedText {
    switch self {
    case .registerMade: LocalizedText("register made", nl: "register gemaakt")
    case .returnAdopted: LocalizedText("return was there already", nl: "aanlevering was er al")
    case .returnTakenIn: LocalizedText("return taken in", nl: "aanlevering opgenomen")
    case .returnReceivedAgain: LocalizedText("return received again", nl: "aanlevering opnieuw ontvangen")
    case .returnRedacted: LocalizedText("values of a return erased", nl: "waarden van een aanlevering gewist")
    case .personExported: LocalizedText("person's data exported", nl: "gegevens van een persoon geëxporteerd")
    case .personErased: LocalizedText("person erased", nl: "persoon gewist")
    case .identityRead: LocalizedText("identity read", nl: "identiteit gelezen")
    case .filesRead: LocalizedText("received files read", nl: "ontvangen bestanden gelezen")
    case .termsApplied: LocalizedText("terms of keeping applied", nl: "bewaartermijnen toegepast")
    case .vaultKeyChanging: LocalizedText("change of vault key begun", nl: "wisseling van kluissleutel begonnen")
    case .vaultKeyChanged: LocalizedText("change of vault key done", nl: "wisseling van kluissleutel klaar")
    case .recordsExported: LocalizedText("records exported", nl: "records geëxporteerd")
    case .decisionTaken: LocalizedText("decision taken", nl: "beslissing genomen")
    case .cycleChanged: LocalizedText("monthly cycle changed", nl: "maandcyclus gewijzigd")
    case .peopleLinked: LocalizedText("people linked", nl: "mensen gekoppeld")
    case .peopleUnlinked: LocalizedText("link undone", nl: "koppeling ongedaan gemaakt")
    case .modelAdopted: LocalizedText("version of the model adopted", nl: "versie van het model ingevoerd")
    case .refused: LocalizedText("refused", nl: "geweigerd")
    }
  }
}

/// What an audit entry is about. A person goes by a mark that only the holder of the key can tie to a pseudonym.
public struct AuditSubject: Hashable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case register, `return`, person, vault, records, finding, period, model, command

    public var title: LocalizedText {
      switch self {
      case .register: LocalizedText("register", nl: "register")
      case .return: LocalizedText("return", nl: "aanlevering")
      case .person: LocalizedText("person", nl: "persoon")
      case .vault: LocalizedText("vault", nl: "kluis")
      case .records: LocalizedText("records", nl: "records")
      case .finding: LocalizedText("finding", nl: "bevinding")
      case .period: LocalizedText("period", nl: "maand")
      case .model: LocalizedText("model", nl: "model")
      case .command: LocalizedText("command", nl: "commando")
      }
    }
  }

  public let kind: Kind
  public let id: String

  public init(_ kind: Kind, _ id: String) {
    self.kind = kind
    self.id = id
  }
}
