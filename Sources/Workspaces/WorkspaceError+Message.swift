import DataModels
import Primitives
import Registers
import SubmissionCycles
import TableFiles

extension WorkspaceError {
  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .unreadable(let error): error.message
    case .storeNotUsable(let error): error.message
    case .decisionRefused(let refusal): refusal.message
    case .returnNotFound(let text, let matches):
      matches == 0
        ? LocalizedText(
          "There is no return “\(text)”. `meedoen submissions` lists them; give at least four digits of a fingerprint.",
          nl:
            "Er is geen aanlevering ‘\(text)’. `meedoen submissions` noemt ze; geef minstens vier tekens van een vingerafdruk."
        )
        : LocalizedText(
          "\(matches) returns begin with “\(text)”. Give more digits of the fingerprint.",
          nl: "\(matches) aanleveringen beginnen met ‘\(text)’. Geef meer tekens van de vingerafdruk.")
    case .correctionHeld(let reasons):
      LocalizedText(
        "The correction breaks a rule, so nothing was changed: \(reasons.joined(separator: " "))",
        nl: "De verbetering past niet bij een regel; er is niets veranderd: \(reasons.joined(separator: " "))")
    case .studyFailed(let error): error.message
    case .cycleRefused(let error): error.message
    case .importFailed(let error): error.message
    case .cannotSimulate(let reason): reason
    case .notAllowed(let refusal): refusal.message
    case .modelFileDiffers(let file, let version):
      LocalizedText(
        "“\(file)” is not the version \(version) that is in force. Adopt it with `meedoen model adopt \(file) --from "
          + "MONTH`, or put the file back from models/earlier or a copy.",
        nl:
          "‘\(file)’ is niet versie \(version), die geldt. Voer het in met `meedoen model adopt \(file) --from MAAND`, "
          + "of zet het bestand terug uit models/earlier of een kopie.")
    case .modelNotAdopted(let version, let reasons):
      LocalizedText(
        "Version \(version) cannot be adopted. " + reasons.map(\.english).joined(separator: " "),
        nl: "Versie \(version) kan niet worden ingevoerd. " + reasons.map { $0[.dutch] }.joined(separator: " "))
    case .recognisable(let risk): risk.refusal
    case .definitionRefused(let error): problemList(error.problems)
    case .nothingToRead, .fileNotFound, .notReadable, .twoFilesOfOneName, .notText, .notWritable, .exportExists,
      .recipientRefused:
      fileMessage
    case .returnNotNamed, .providerNameRefused, .providerLikeKnown, .providerUnknown, .receivedBeforePeriod,
      .receivedInFuture,
      .syntheticReturn, .mixedReturns, .oneReturnOnly, .heldRowsOfSeveralSheets, .wouldOverwriteReturn:
      returnMessage
    case .unknownModel, .unknownPart, .otherModel, .noWorkspace, .workspaceExists, .folderNotEmpty, .modelMissing:
      workspaceMessage
    }
  }

  private var fileMessage: LocalizedText {
    switch self {
    case .fileNotFound(let name):
      LocalizedText("There is no file or folder “\(name)”.", nl: "Er is geen bestand of map “\(name)”.")
    case .notReadable(let path, let reason):
      LocalizedText(
        "“\(path)” cannot be read: \(reason.english).", nl: "“\(path)” kan niet worden gelezen: \(reason[.dutch]).")
    case .twoFilesOfOneName(let name, let paths):
      LocalizedText(
        "Two files of this return are called “\(name)”: \(paths.joined(separator: " and ")). Findings could not tell them apart; rename one.",
        nl:
          "Twee bestanden van deze aanlevering heten “\(name)”: \(paths.joined(separator: " en ")). In bevindingen zijn ze niet te onderscheiden; hernoem er een."
      )
    case .notText(let path):
      LocalizedText(
        "“\(path)” is no text in UTF-8. A model or a plan is a text file (YAML).",
        nl: "“\(path)” is geen tekst in UTF-8. Een model of een plan is een tekstbestand (YAML).")
    case .notWritable(let path):
      LocalizedText(
        "“\(path)” cannot be written. Check that the folder exists and that you may write there.",
        nl: "“\(path)” kan niet worden geschreven. Kijk of de map bestaat en of u daar mag schrijven.")
    case .exportExists(let path):
      LocalizedText(
        "“\(path)” is there already, and an export writes over nothing. Name another file or folder, or move it away.",
        nl: "“\(path)” bestaat al, en een export overschrijft niets. Noem een ander bestand of een andere map, of haal "
          + "het weg.")
    case .recipientRefused:
      LocalizedText(
        "A recipient is named by 1 to 40 letters, digits, hyphens and underscores, as in “university”.",
        nl: "Een ontvanger heeft een naam van 1 tot 40 letters, cijfers, koppeltekens en lage strepen, zoals "
          + "“universiteit”.")
    default:
      LocalizedText(
        "There is nothing to read: name one or more CSV, Excel or SPSS files, or a folder that holds them.",
        nl: "Er is niets te lezen: noem een of meer CSV-, Excel- of SPSS-bestanden, of een map waar ze in staan.")
    }
  }

  private var returnMessage: LocalizedText {
    switch self {
    case .providerNameRefused(let place):
      LocalizedText(
        "\(place): the provider needs a name of 1 to \(ProviderName.longest) characters on one line, without control characters.",
        nl:
          "\(place): de aanbieder heeft een naam nodig van 1 tot \(ProviderName.longest) tekens op één regel, zonder besturingstekens."
      )
    case .providerLikeKnown(let given, let known, let place):
      LocalizedText(
        "\(place): “\(given)” has sent nothing before, and “\(known)” has. Write “\(known)” if that is who is meant; if not, add --new-provider.",
        nl:
          "\(place): “\(given)” heeft nog niets gestuurd, “\(known)” wel. Schrijf “\(known)” als die is bedoeld; zo niet, voeg --new-provider toe."
      )
    case .providerUnknown(let given, let known):
      LocalizedText(
        "“\(given)” has sent nothing"
          + (known.isEmpty ? "." : ". Those that have: \(Language.english.list(known))."),
        nl: "“\(given)” heeft niets gestuurd"
          + (known.isEmpty ? "." : ". Wie dat wel deden: \(Language.dutch.list(known))."))
    case .receivedBeforePeriod(let place, let day, let period):
      LocalizedText(
        "\(place): a return about \(period.iso) cannot have been received on \(day.iso), before that month began. Correct the month or the day.",
        nl:
          "\(place): een aanlevering over \(period.iso) kan niet op \(day.iso) zijn ontvangen, voordat die maand begon. Verbeter de maand of de dag."
      )
    case .receivedInFuture(let place, let day, let today):
      LocalizedText(
        "\(place): \(day.iso) is yet to come (today is \(today.iso)), so nothing can have been received on it. Correct the day.",
        nl:
          "\(place): \(day.iso) moet nog komen (vandaag is \(today.iso)); er kan dan niets zijn ontvangen. Verbeter de dag."
      )
    case .syntheticReturn(let folder):
      LocalizedText(
        "\(folder): these people are invented, and this workspace is for real ones. Make a workspace with `meedoen new --synthetic`.",
        nl:
          "\(folder): deze mensen zijn verzonnen, en deze werkmap is voor echte. Maak een werkmap met `meedoen new --synthetic`."
      )
    case .mixedReturns(let paths):
      LocalizedText(
        "Some of what is named holds returns with a return.yml; this does not: \(paths.joined(separator: ", ")). Submit it on its own, with --provider and --period.",
        nl:
          "Een deel van wat is genoemd bevat aanleveringen met een return.yml; dit niet: \(paths.joined(separator: ", ")). Lever het apart aan, met --provider en --period."
      )
    case .oneReturnOnly(let option, let returns):
      LocalizedText(
        "\(option) is about one return, and there are \(returns). Leave it out, or name one return.",
        nl: "\(option) gaat over één aanlevering, en het zijn er \(returns). Laat het weg, of noem één aanlevering."
      )
    case .heldRowsOfSeveralSheets(let path, let sheets):
      LocalizedText(
        "“\(path)”: rows of \(sheets.count) sheets are held (\(sheets.joined(separator: ", "))), and a CSV file holds one table. Name a workbook: --held held.xlsx",
        nl:
          "“\(path)”: er wachten rijen van \(sheets.count) bladen (\(sheets.joined(separator: ", "))), en een CSV-bestand bevat één tabel. Noem een werkmap: --held vastgehouden.xlsx"
      )
    case .wouldOverwriteReturn(let path):
      LocalizedText(
        "“\(path)” is a file of the return itself, and would be lost. Choose another name.",
        nl: "“\(path)” is een bestand van de aanlevering zelf, en zou verloren gaan. Kies een andere naam.")
    case .returnNotNamed(let paths):
      LocalizedText(
        "\(paths.joined(separator: ", ")): say who sent it and about which month: --provider NAME --period 2016-03 (or put a return.yml beside the files).",
        nl:
          "\(paths.joined(separator: ", ")): zeg wie het stuurde en over welke maand: --provider NAAM --period 2016-03 (of zet een return.yml bij de bestanden)."
      )
    default: fileMessage
    }
  }

  private var workspaceMessage: LocalizedText {
    switch self {
    case .unknownModel(let name, let near):
      LocalizedText(
        "There is no data model “\(name)”." + (near.map { " Did you mean “\($0)”?" } ?? "")
          + " `meedoen model list` names them.",
        nl: "Er is geen datamodel “\(name)”." + (near.map { " Bedoelt u “\($0)”?" } ?? "")
          + " `meedoen model list` noemt ze.")
    case .unknownPart(let part, let near):
      LocalizedText(
        "The model has no record or code list “\(part)”." + (near.map { " Did you mean “\($0)”?" } ?? ""),
        nl: "Het model heeft geen record of codelijst “\(part)”." + (near.map { " Bedoelt u “\($0)”?" } ?? ""))
    case .otherModel(let expected, let found, let place):
      LocalizedText(
        "\(place): this is made for the model “\(expected)”, but the workspace has “\(found)”.",
        nl: "\(place): dit is gemaakt voor het model “\(expected)”, maar de werkmap heeft “\(found)”.")
    case .noWorkspace(let folder):
      LocalizedText(
        "“\(folder)” is no workspace: there is no meedoen.yml in it. Make one with `meedoen new`, or name one with --workspace.",
        nl:
          "“\(folder)” is geen werkmap: er staat geen meedoen.yml in. Maak er een met `meedoen new`, of noem er een met --workspace."
      )
    case .workspaceExists(let folder):
      LocalizedText(
        "“\(folder)” is a workspace already. Work in it with --workspace, or choose another folder.",
        nl: "“\(folder)” is al een werkmap. Werk erin met --workspace, of kies een andere map.")
    case .folderNotEmpty(let folder, let found):
      LocalizedText(
        "“\(folder)” holds something already: “\(found)”. Nothing of it was changed. Choose a new or empty folder.",
        nl: "In “\(folder)” staat al iets: “\(found)”. Er is niets aan veranderd. Kies een nieuwe of lege map.")
    case .modelMissing(let name, let file):
      LocalizedText(
        "The model of this workspace is gone: there is no “\(file)”. Put it back from a copy of the workspace; another “\(name)”, such as one that is shipped, may mean other things by the same words.",
        nl:
          "Het model van deze werkmap is weg: er is geen “\(file)”. Zet het terug uit een kopie van de werkmap; een ander “\(name)”, zoals een meegeleverd model, kan met dezelfde woorden iets anders bedoelen."
      )
    default: fileMessage
    }
  }
}

/// The first line of a refusal, and below it every problem with its place, which is told in English.
func problemList(_ problems: [DefinitionProblem]) -> LocalizedText {
  let lines = problems.map { "\n\($0)" }.joined()
  let count = problems.count
  return LocalizedText(
    (count == 1 ? "This definition is refused; mend this:" : "This definition is refused; mend these \(count):")
      + lines,
    nl: (count == 1
      ? "Deze definitie is geweigerd; verbeter dit (in het Engels):"
      : "Deze definitie is geweigerd; verbeter deze \(count) (in het Engels):") + lines)
}
