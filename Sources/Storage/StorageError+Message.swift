import Primitives

extension StorageError {
  /// What is wrong, where, and what to do about it.
  public var message: LocalizedText {
    switch self {
    case .notFound(let file):
      LocalizedText(
        "There is no database “\(file)”. Check the folder, or put the file back from a copy.",
        nl: "Er is geen database ‘\(file)’. Controleer de map of zet het bestand terug van een kopie.")
    case .alreadyExists(let file):
      LocalizedText(
        "There already is a database “\(file)”. Open it, or choose another folder.",
        nl: "Er is al een database ‘\(file)’. Open die of kies een andere map.")
    case .notAllowed(let file):
      LocalizedText(
        "“\(file)” may not be opened or written. Check the rights on the file and its folder.",
        nl: "‘\(file)’ mag niet worden geopend of geschreven. Controleer de rechten op het bestand en de map.")
    case .damaged(let file):
      LocalizedText(
        "“\(file)” is damaged or is not a database. Put it back from a copy, together with the files beside it.",
        nl: "‘\(file)’ is beschadigd of is geen database. Zet het terug van een kopie, samen met de bestanden ernaast.")
    case .otherKind(let file):
      LocalizedText(
        "“\(file)” is a database of another program or purpose. Check the folder.",
        nl: "‘\(file)’ is een database van een ander programma of met een ander doel. Controleer de map.")
    case .newerSchema(let file, let version, let known):
      LocalizedText(
        "“\(file)” was made by a newer version of this program (schema \(version); this one knows up to \(known)). "
          + "Install the newer version.",
        nl: "‘\(file)’ is gemaakt door een nieuwere versie van dit programma (schema \(version); deze kent tot en met "
          + "\(known)). Installeer de nieuwere versie.")
    case .olderSchema(let file, let version, let known):
      LocalizedText(
        "“\(file)” was made by an older version of this program (schema \(version); this one needs \(known)). "
          + "Open it once for writing, which brings it up to date.",
        nl: "‘\(file)’ is gemaakt door een oudere versie van dit programma (schema \(version); deze heeft \(known) "
          + "nodig). Open het eenmaal om te schrijven; dan wordt het bijgewerkt.")
    case .locked(let file, let seconds):
      LocalizedText(
        "“\(file)” is in use by another process, also after waiting \(Int(seconds)) seconds. Nothing was changed. "
          + "Try again when that process is done.",
        nl: "‘\(file)’ is in gebruik door een ander proces, ook na \(Int(seconds)) seconden wachten. Er is niets "
          + "gewijzigd. Probeer het opnieuw als dat proces klaar is.")
    case .diskFull(let file):
      LocalizedText(
        "The disk of “\(file)” is full. Nothing was changed. Free some space and try again.",
        nl: "De schijf van ‘\(file)’ is vol. Er is niets gewijzigd. Maak ruimte vrij en probeer het opnieuw.")
    case .inputOutput(let file):
      LocalizedText(
        "Reading or writing “\(file)” failed in the file system. Check the disk, then try again.",
        nl: "Lezen of schrijven van ‘\(file)’ mislukte in het bestandssysteem. Controleer de schijf en probeer het "
          + "opnieuw.")
    case .refused(let file, let reason):
      LocalizedText(
        "“\(file)” refuses this: \(reason). Nothing was changed.",
        nl: "‘\(file)’ weigert dit: \(reason). Er is niets gewijzigd.")
    case .failed(let file, let code, let reason):
      LocalizedText(
        "“\(file)” could not be used: \(reason) (SQLite \(code)). Nothing was changed. Please report this.",
        nl: "‘\(file)’ kon niet worden gebruikt: \(reason) (SQLite \(code)). Er is niets gewijzigd. "
          + "Meld dit alstublieft.")
    }
  }
}

extension StorageError: CustomStringConvertible {
  public var description: String { message.english }
}
