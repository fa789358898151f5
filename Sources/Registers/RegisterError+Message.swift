import Fingerprints
import Linkage
import Primitives
import Storage

extension RegisterError {
  /// What is wrong, where, and what to do about it.
  public var message: LocalizedText {
    switch self {
    case .storage(let error): error.message
    case .alreadyExists(let folder):
      LocalizedText(
        "The folder “\(folder)” already holds a register. Open it, or choose another folder.",
        nl: "De map ‘\(folder)’ bevat al een register. Open dat of kies een andere map.")
    case .incomplete(let folder):
      LocalizedText(
        "The making of the register in “\(folder)” was interrupted. Make it again; nothing is lost, for nothing is in "
          + "it.",
        nl: "Het maken van het register in ‘\(folder)’ is onderbroken. Maak het opnieuw; er gaat niets verloren, want "
          + "er staat niets in.")
    case .folderNotWritable(let folder):
      LocalizedText(
        "The folder “\(folder)” cannot be made or written. Check the rights on it.",
        nl: "De map ‘\(folder)’ kan niet worden gemaakt of geschreven. Controleer de rechten erop.")
    case .keyMissing(let file):
      LocalizedText(
        "The key “\(file)” is missing. Put it back from where it is kept safe. Without it new returns cannot be linked "
          + "to the people in the register.",
        nl: "De sleutel ‘\(file)’ ontbreekt. Zet hem terug van waar hij veilig wordt bewaard. Zonder sleutel kunnen "
          + "nieuwe aanleveringen niet aan de mensen in het register worden gekoppeld.")
    case .keyDoesNotFit(let file):
      LocalizedText(
        "The key “\(file)” is not the one this register and its vault were made with. Put the right one back.",
        nl: "De sleutel ‘\(file)’ is niet die waarmee dit register en zijn kluis zijn gemaakt. Zet de juiste terug.")
    case .vaultDoesNotFit(let file):
      LocalizedText(
        "The vault “\(file)” belongs to another register. Put back the one that was beside this register.",
        nl: "De kluis ‘\(file)’ hoort bij een ander register. Zet de kluis terug die naast dit register stond.")
    case .vaultDamaged(let file):
      LocalizedText(
        "Something in the vault “\(file)” does not open with its key, so it was changed or damaged. Put the vault and "
          + "the register back from one copy.",
        nl: "Iets in de kluis ‘\(file)’ gaat niet open met de sleutel; het is gewijzigd of beschadigd. Zet kluis en "
          + "register samen terug van één kopie.")
    case .otherModel(let stored, let given):
      LocalizedText(
        "The register holds data of the model “\(stored)”, not of “\(given)”. Choose that model, or make another "
          + "register.",
        nl: "Het register bevat gegevens van het model ‘\(stored)’, niet van ‘\(given)’. Kies dat model of maak een "
          + "ander register.")
    case .otherIdentifiers(let stored, let given):
      LocalizedText(
        "The register identifies people by \(stored); this version of the model does so by \(given). People would no "
          + "longer be recognised. Make another register, or restore this in the model.",
        nl: "Het register herkent mensen aan \(stored); deze versie van het model aan \(given). Mensen zouden niet "
          + "meer worden herkend. Maak een ander register of herstel dit in het model.")
    case .keyChanged(let record, let stored, let given):
      LocalizedText(
        "The key of “\(record)” is \(stored.joined(separator: ", ")) in the register and "
          + "\(given.joined(separator: ", ")) in this version of the model. Make another register, or restore the key.",
        nl: "De sleutel van ‘\(record)’ is \(stored.joined(separator: ", ")) in het register en "
          + "\(given.joined(separator: ", ")) in deze versie van het model. Maak een ander register of herstel de "
          + "sleutel.")
    case .fieldChanged(let record, let field, let stored, let given):
      LocalizedText(
        "“\(record).\(field)” is kept as \(stored) in the register and is \(given) in this version of the model. "
          + "Give the new field another name.",
        nl: "‘\(record).\(field)’ staat als \(stored) in het register en is \(given) in deze versie van het model. "
          + "Geef het nieuwe veld een andere naam.")
    case .otherModelVersion(let reviewed, let opened):
      LocalizedText(
        "The return was reviewed against version \(reviewed) of the model, and the register was opened with version "
          + "\(opened). Review it again.",
        nl: "De aanlevering is gecontroleerd met versie \(reviewed) van het model; het register is geopend met versie "
          + "\(opened). Controleer haar opnieuw.")
    case .openedForReading(let folder):
      LocalizedText(
        "The register in “\(folder)” was opened for reading, without its keys. Open it with its keys for this.",
        nl: "Het register in ‘\(folder)’ is geopend om te lezen, zonder sleutels. Open het hiervoor met sleutels.")
    case .unknownReturn(let fingerprint):
      LocalizedText(
        "The register has no return \(fingerprint.short). List the returns to see which there are.",
        nl: "Het register heeft geen aanlevering \(fingerprint.short). Bekijk de lijst van aanleveringen.")
    case .unknownPerson:
      LocalizedText(
        "Nobody in this register has that number. Write it as the provider does, and name the provider.",
        nl: "Niemand in dit register heeft dat nummer. Schrijf het zoals de aanbieder, en noem de aanbieder.")
    case .personErased(let day):
      LocalizedText(
        "This person was erased on \(day.iso). The register holds nothing of them.",
        nl: "Deze persoon is op \(day.iso) gewist. Het register bevat niets meer over hen.")
    case .otherBasis(let provider, let period, _, let found):
      LocalizedText(
        "Somebody else sent a return of “\(provider)” about \(period.iso) in the meantime"
          + (found.map { " (\($0.short))" } ?? "") + ". Look at what differs, and send yours again based on it.",
        nl: "Iemand anders stuurde intussen een aanlevering van ‘\(provider)’ over \(period.iso)"
          + (found.map { " (\($0.short))" } ?? "")
          + ". Bekijk wat er verschilt en stuur de uwe opnieuw, gebaseerd op die.")
    case .decisionRefused(let refusal): refusal.message
    case .linkage(let error): error.message
    case .unknownPseudonym(let pseudonym):
      LocalizedText(
        "The register has no person \(pseudonym). Copy the pseudonym from `meedoen link review`.",
        nl: "Het register heeft geen persoon \(pseudonym). Neem het pseudoniem over uit `meedoen link review`.")
    case .linkedToItself(let pseudonym):
      LocalizedText(
        "\(pseudonym) is named twice. Name two different pseudonyms.",
        nl: "\(pseudonym) is twee keer genoemd. Noem twee verschillende pseudoniemen.")
    case .linkContradicts(let first, let second):
      LocalizedText(
        "\(first) and \(second) were decided to be two people, and would be one by this. Undo that decision first, or "
          + "leave this out.",
        nl: "Van \(first) en \(second) is besloten dat het twee mensen zijn; hierdoor zouden zij één zijn. Maak dat "
          + "besluit eerst ongedaan, of laat dit weg.")
    case .nothingToUndo(let first, let second):
      LocalizedText(
        "Nothing that still holds was decided about \(first) and \(second). `meedoen link list` shows what was.",
        nl: "Over \(first) en \(second) is niets besloten dat nog geldt. `meedoen link list` laat zien wat wel.")
    case .unknownLinkDecision(let number, let count):
      LocalizedText(
        "There is no decision \(number) among the \(count) that were taken. `meedoen link list` shows their numbers.",
        nl: "Er is geen besluit \(number) onder de \(count) die zijn genomen. `meedoen link list` toont hun nummers.")
    case .decisionTooEarly(let day, let last):
      LocalizedText(
        "A decision on \(day.iso) cannot be added: there is one of \(last.iso), and what was known on a day stays so. "
          + "Give that day or a later one.",
        nl: "Een besluit van \(day.iso) kan er niet bij: er is er een van \(last.iso), en wat op een dag bekend was "
          + "blijft zo. Geef die dag of een latere.")
    case .damagedValue(let record, let field):
      LocalizedText(
        "A stored value of “\(record).\(field)” is not of its type, so the register was changed from outside. Put the "
          + "register and the vault back from one copy.",
        nl: "Een opgeslagen waarde van ‘\(record).\(field)’ is niet van het juiste type; het register is van buitenaf "
          + "gewijzigd. Zet register en kluis samen terug van één kopie.")
    }
  }
}

extension RegisterError: CustomStringConvertible {
  public var description: String { message.english }
}
