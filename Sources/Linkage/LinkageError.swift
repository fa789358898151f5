import Primitives

/// Why records cannot be linked.
public enum LinkageError: Error, Hashable, Sendable {
  /// No two records agree on anything that candidates are chosen by.
  case nothingToCompare
  /// There are no fields to compare.
  case noFields
  /// None of the fields can choose candidates: a name with another name or a date, a date, a year or an identifier.
  case noFieldToChooseBy
  /// More than 2³¹ − 1 records.
  case tooManyRecords(Int)

  /// What is wrong, where, and what to do about it.
  public var message: LocalizedText {
    switch self {
    case .nothingToCompare:
      LocalizedText(
        "No two records agree on a name, a date or a number, so there is nothing to compare. Check the fields.",
        nl: "Geen twee records hebben een naam, datum of nummer gemeen; er is niets te vergelijken. Controleer de "
          + "velden.")
    case .noFields:
      LocalizedText(
        "There is no field to compare people by. Give names, a date or year of birth, or codes.",
        nl: "Er is geen veld om mensen op te vergelijken. Geef namen, een geboortedatum of -jaar, of codes.")
    case .noFieldToChooseBy:
      LocalizedText(
        "These fields cannot choose who to compare. Two names, a name with a date or year, a date, or an identifying "
          + "number can.",
        nl: "Met deze velden is niet te kiezen wie te vergelijken. Dat kan met twee namen, een naam met een datum of "
          + "jaar, een datum, of een persoonlijk nummer.")
    case .tooManyRecords(let count):
      LocalizedText(
        "\(count) records are too many to link at once. Link them in parts.",
        nl: "\(count) records zijn te veel om ineens te koppelen. Koppel ze in delen.")
    }
  }
}

extension LinkageError: CustomStringConvertible {
  public var description: String { message.english }
}
