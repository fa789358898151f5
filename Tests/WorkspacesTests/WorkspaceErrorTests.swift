import DataModels
import Primitives
import Registers
import Studies
import Submissions
import TableFiles
import Testing
import Workspaces

@testable import DisclosureControl

/// Every error has a code with a page, and a message in both languages.
@Suite struct WorkspaceErrorTests {
  static let day = CalendarDate(iso: "2016-04-12")!
  static let problem = DefinitionProblem(file: "m.yml", line: 4, column: 2, message: "unknown")
  static let errors: [WorkspaceError] = [
    .unreadable(.empty(file: "a.csv")), .nothingToRead, .fileNotFound("a"),
    .notReadable(path: "a", reason: LocalizedText("it is closed", nl: "het is dicht")),
    .twoFilesOfOneName("a", paths: ["x/a", "y/a"]), .returnNotNamed(paths: ["a"]),
    .providerNameRefused(place: "--provider"), .providerLikeKnown(given: "a", known: "b", place: "--provider"),
    .receivedBeforePeriod(place: "--received", receivedOn: day, period: CalendarMonth(iso: "2016-05")!),
    .receivedInFuture(place: "--received", receivedOn: day, today: day), .syntheticReturn(folder: "a"),
    .mixedReturns(paths: ["a"]), .oneReturnOnly(option: "--period", returns: 2), .exportExists(path: "a"),
    .recipientRefused, .providerUnknown(given: "a", known: ["b"]),
    .heldRowsOfSeveralSheets(path: "a.csv", sheets: ["b", "c"]), .wouldOverwriteReturn(path: "a"),
    .definitionRefused(.init([problem])),
    .importFailed(.noFolder(path: "a")), .importFailed(.noRecords(path: "a")),
    .importFailed(.noVersion(folderName: "a")), .importFailed(.refused([problem])), .notText(path: "a"),
    .unknownModel(name: "a", near: "b"), .unknownPart("a", near: nil),
    .otherModel(expected: "a", found: "b", place: "c"), .noWorkspace(folder: "a"), .workspaceExists(folder: "a"),
    .folderNotEmpty(folder: "a", found: "b"), .modelMissing(name: "a", file: "b"), .notWritable("a"),
    .modelFileDiffers(file: "a", version: "1"),
    .modelNotAdopted(version: "1", reasons: [LocalizedText("too late", nl: "te laat")]),
    .notAllowed(StaffRefusal(task: .erasePeople, name: "a", cause: .second)),
    .notAllowed(StaffRefusal(task: .erasePeople, name: "a", cause: .notListed)),
    .notAllowed(StaffRefusal(task: .erasePeople, name: "a", cause: .role([.coder]))),
    .cannotSimulate(LocalizedText("too few", nl: "te weinig")), .storeNotUsable(.alreadyExists(folder: "a")),
    .storeNotUsable(.incomplete(folder: "a")), .storeNotUsable(.folderNotWritable(folder: "a")),
    .storeNotUsable(.keyMissing(file: "a")), .storeNotUsable(.keyDoesNotFit(file: "a")),
    .storeNotUsable(.vaultDoesNotFit(file: "a")), .storeNotUsable(.vaultDamaged(file: "a")),
    .storeNotUsable(.otherModel(stored: "a", given: "b")), .studyFailed(.planRefused([problem])),
    .studyFailed(.nobodyLeft(step: "a")),
    .studyFailed(.flowsDoNotBalance(state: "a", month: CalendarMonth(iso: "2016-05")!)), .studyFailed(.cancelled),
    .studyFailed(
      .tellsBesideEarlier(
        ReleaseConflict(release: "a", cell: CellID(table: "b", row: "c", column: "d"), kind: .difference))),
    .storeNotUsable(.unknownLinkDecision(number: 3, count: 2)),
  ]

  @Test func everyErrorHasAPageAndAMessageInBothLanguages() throws {
    for error in Self.errors {
      let page = try #require(explanation(of: error.code), "\(error.code)")
      #expect(page.title.english != page.title[.dutch] && page.text.english != page.text[.dutch], "\(error.code)")
      #expect(error.message.english != error.message[.dutch], "\(error.code)")
      #expect([2, 3, 4, 5, 6, 64].contains(error.exitCode))
      #expect(explainedCodes.contains(error.code))
    }
  }

  @Test func aRefusedDefinitionKeepsItsPlacesUnderADutchFirstLine() {
    let lines = WorkspaceError.definitionRefused(DefinitionError([Self.problem])).message[.dutch].split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("geweigerd") && lines[1] == "m.yml:4:2: unknown")
  }
}
