import Fingerprints
import Linkage
import Primitives
import Storage

/// Why a register cannot be opened, read or appended to. Nothing was changed when one is thrown.
public enum RegisterError: Error, Hashable, Sendable {
  case storage(StorageError)
  case alreadyExists(folder: String)
  /// Its making was interrupted.
  case incomplete(folder: String)
  case folderNotWritable(folder: String)
  case keyMissing(file: String)
  /// Not the key that the register was made with, or not a key at all.
  case keyDoesNotFit(file: String)
  /// The vault is that of another register.
  case vaultDoesNotFit(file: String)
  /// Something in the vault does not open with its key.
  case vaultDamaged(file: String)
  case otherModel(stored: String, given: String)
  /// Identifiers would be read in another way than when the register was made.
  case otherIdentifiers(stored: String, given: String)
  case keyChanged(record: String, stored: [String], given: [String])
  case fieldChanged(record: String, field: String, stored: String, given: String)
  /// The submission was reviewed against another version of the model than the register was opened with.
  case otherModelVersion(reviewed: String, opened: String)
  /// Asked something that needs the keys of a register that was opened without.
  case openedForReading(folder: String)
  case unknownReturn(Fingerprint)
  /// Neither the register nor a received file has a person with the number that was given.
  case unknownPerson
  /// The person was erased: there is nothing to give.
  case personErased(on: CalendarDate)
  /// The provider's latest return about the month is another one than the sender knew of (nil for none).
  case otherBasis(provider: String, period: CalendarMonth, expected: Fingerprint?, found: Fingerprint?)
  case decisionRefused(DecisionRefusal)
  /// The records of people cannot be linked.
  case linkage(LinkageError)
  case unknownPseudonym(String)
  case linkedToItself(pseudonym: String)
  /// Two who were decided to be two people would be one.
  case linkContradicts(first: String, second: String)
  case nothingToUndo(first: String, second: String)
  /// There are not so many decisions.
  case unknownLinkDecision(number: Int, count: Int)
  /// A decision on a day before that of an earlier one would change what was known.
  case decisionTooEarly(day: CalendarDate, last: CalendarDate)
  /// A stored value is not what its column holds.
  case damagedValue(record: String, field: String)
}

/// Runs what may fail in the store, and gives the failure its type.
func registerFailures<Result>(_ body: () throws -> Result) throws(RegisterError) -> Result {
  do {
    return try body()
  } catch let error as RegisterError {
    throw error
  } catch let error as StorageError {
    throw .storage(error)
  } catch {
    throw .storage(.failed(file: "register.sqlite", code: 0, reason: String(describing: type(of: error))))
  }
}
