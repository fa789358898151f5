import Primitives
import Registers

/// What somebody may do in a workspace that says who works there.
///
/// The table of roles is here and in the guide (Documentation/Guides/Trust.md), and a test compares them.
public enum StaffTask: String, CaseIterable, Codable, Sendable {
  case sendReturns = "send-returns"
  case signReturns = "sign-returns"
  case discussFindings = "discuss-findings"
  case readNumbers = "read-numbers"
  case decideCycle = "decide-cycle"
  case linkPeople = "link-people"
  case exportRecords = "export-records"
  case reidentify
  case erasePeople = "erase-people"
  case applyTerms = "apply-terms"
  case changeKeys = "change-keys"
  case adoptModel = "adopt-model"
  case readAudit = "read-audit"

  /// How far a role may do it.
  public enum Extent: String, Codable, Sendable {
    case yes
    /// For their own provider only, when the list names one.
    case own
    /// Together with a second person on the list.
    case two
  }

  /// The roles that may do it; all others may not.
  public var roles: [StaffRole: Extent] {
    switch self {
    case .sendReturns: [.dataOfficer: .own, .providerManager: .own]
    case .signReturns: [.providerManager: .own]
    case .discussFindings:
      [.dataOfficer: .own, .providerManager: .own, .contractManager: .yes, .validator: .yes, .administrator: .yes]
    case .readNumbers: [.dataOfficer: .own, .providerManager: .own, .administrator: .two]
    case .decideCycle: [.contractManager: .yes, .administrator: .yes]
    case .linkPeople: [.administrator: .yes]
    case .exportRecords: [.evaluator: .yes]
    case .reidentify, .erasePeople, .adoptModel: [.administrator: .two]
    case .applyTerms, .changeKeys: [.administrator: .yes]
    case .readAudit: [.auditor: .yes, .administrator: .yes]
    }
  }

  public var title: LocalizedText {
    switch self {
    case .sendReturns: LocalizedText("send and mend returns", nl: "aanleveren en verbeteren")
    case .signReturns: LocalizedText("sign a return", nl: "een aanlevering ondertekenen")
    case .discussFindings: LocalizedText("discuss findings", nl: "bevindingen bespreken")
    case .readNumbers: LocalizedText("read people's numbers", nl: "nummers van mensen lezen")
    case .decideCycle: LocalizedText("open, release and lock a period", nl: "een periode openen, vrijgeven en sluiten")
    case .linkPeople: LocalizedText("decide who is one person", nl: "besluiten wie één persoon is")
    case .exportRecords: LocalizedText("export records", nl: "records exporteren")
    case .reidentify: LocalizedText("see who somebody is", nl: "zien wie iemand is")
    case .erasePeople: LocalizedText("erase a person", nl: "een persoon wissen")
    case .applyTerms: LocalizedText("apply terms of keeping", nl: "bewaartermijnen toepassen")
    case .changeKeys: LocalizedText("change the vault's key", nl: "de sleutel van de kluis wisselen")
    case .adoptModel: LocalizedText("adopt a version of the model", nl: "een versie van het model invoeren")
    case .readAudit: LocalizedText("read the audit trail", nl: "het auditspoor lezen")
    }
  }
}

/// Why somebody may not do something.
public struct StaffRefusal: Hashable, Sendable {
  public enum Cause: Hashable, Sendable {
    /// The name is not on the list of people.
    case notListed
    /// The role that was named is not theirs.
    case otherRole(StaffRole)
    /// None of their roles may do it.
    case role([StaffRole])
    /// They work for another provider.
    case provider(String)
    /// A second person is needed.
    case second
    /// The second person is not somebody else on the list.
    case secondNotListed
  }

  public let task: StaffTask
  public let name: String
  public let cause: Cause

  public init(task: StaffTask, name: String, cause: Cause) {
    self.task = task
    self.name = name
    self.cause = cause
  }
}

extension StaffRefusal {
  var code: String {
    switch cause {
    case .notListed, .otherRole: "WSP-53"
    case .role, .provider: "WSP-54"
    case .second, .secondNotListed: "WSP-55"
    }
  }

  /// What is needed, and where that is written.
  var message: LocalizedText {
    let (english, dutch) = (task.title.english, task.title[.dutch])
    let roles = StaffRole.allCases.filter { task.roles[$0] != nil }.map(\.rawValue).joined(separator: ", ")
    return switch cause {
    case .notListed:
      LocalizedText(
        "“\(name)” is not among the people in meedoen.yml, and only they can \(english). Say who you are with --as, or "
          + "let an administrator add the name.",
        nl: "‘\(name)’ staat niet bij people in meedoen.yml, en alleen wie daar staat kan \(dutch). Zeg wie u bent met "
          + "--as, of laat een beheerder de naam toevoegen.")
    case .otherRole(let role):
      LocalizedText(
        "“\(name)” does not have the role \(role.rawValue) in meedoen.yml. Leave --role out, or name one that is there.",
        nl:
          "‘\(name)’ heeft in meedoen.yml niet de rol \(role.rawValue). Laat --role weg, of noem een rol die er staat.")
    case .role(let own):
      LocalizedText(
        "To \(english) is for \(roles); “\(name)” is \(own.map(\.rawValue).joined(separator: ", ")). Ask one of them. The "
          + "people and their roles are in meedoen.yml.",
        nl: "\(dutch.prefix(1).uppercased() + dutch.dropFirst()) is voor \(roles); ‘\(name)’ is "
          + "\(own.map(\.rawValue).joined(separator: ", ")). Vraag een van hen. De mensen en hun rollen staan in meedoen.yml."
      )
    case .provider(let provider):
      LocalizedText(
        "“\(name)” works for “\(provider)” in meedoen.yml, and this is about another provider.",
        nl: "‘\(name)’ werkt volgens meedoen.yml voor ‘\(provider)’, en dit gaat over een andere aanbieder.")
    case .second:
      LocalizedText(
        "To \(english) takes two people. Name the second with --second: somebody else of the people in meedoen.yml, who "
          + "agrees to it.",
        nl:
          "Voor \(dutch) zijn twee mensen nodig. Noem de tweede met --second: iemand anders van people in meedoen.yml, "
          + "die het ermee eens is.")
    case .secondNotListed:
      LocalizedText(
        "The second person is somebody else than “\(name)”, and among the people in meedoen.yml.",
        nl: "De tweede persoon is iemand anders dan ‘\(name)’, en staat bij people in meedoen.yml.")
    }
  }
}
