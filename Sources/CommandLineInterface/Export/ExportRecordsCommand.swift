import ArgumentParser
import DataModels
import Foundation
import Primitives
import Workspaces

extension RecordFormat: ExpressibleByArgument {}

struct ExportRecordsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: "Write people's records for others: CSV, Excel, SPSS, SQLite or a Data Package.",
    discussion: """
      Example: meedoen export records --to package --output for-archive --as-known-on 2018-06-30
      Example: meedoen export records return.xlsx --model municipality --to sav --output return-sav
      Without files, the records of the register are written. Fields that identify are left out, and people have
      pseudonyms of this export alone; with --recipient, those of earlier exports for the same recipient.
      Where people could be recognised (`meedoen privacy risk`), nothing is written until --accept-risk says why it may.
      A Data Package whose --output ends in .zip is one file.
      """)

  @Argument(help: "Files to check and write, instead of the register; with --model.")
  var files: [String] = []

  @Option(help: "csv, xlsx, sav, zsav, sqlite, or package (Data Package 2).")
  var to: RecordFormat

  @Option(name: .shortAndLong, help: "The file (xlsx, sqlite) or folder to make. It must not be there yet.")
  var output: String

  @Option(name: .customLong("record"), help: "Only this record; can be given more than once.")
  var records: [String] = []

  @Option(help: "For whom it is, so that pseudonyms stay the same in their next export.")
  var recipient: String?

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @Option(help: "The data model of the files: a name, a file, or a published folder.")
  var model: String?

  @Option(help: "Why records may leave in which people could be recognised. It is written into the audit trail.")
  var acceptRisk: String?

  @OptionGroup var staff: StaffOptions
  @OptionGroup var printing: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if files.isEmpty, model != nil { throw ValidationError("--model goes with files; the register has its own.") }
    if !files.isEmpty, model == nil { throw ValidationError("Files need --model, to be checked against.") }
    if !files.isEmpty, recipient != nil || asKnownOn != nil {
      throw ValidationError("--recipient and --as-known-on go with the register, not with files.")
    }
    if let acceptRisk, acceptRisk.allSatisfy(\.isWhitespace) {
      throw ValidationError("Say with --accept-risk why records may leave.")
    }
  }

  func run() throws {
    let language = printing.language
    let result = try CommandLineInterface.run(printing) { () throws(WorkspaceError) in
      var request = ExportRequest(
        format: to, target: URL(fileURLWithPath: output), records: records, recipient: recipient, language: language)
      request.acceptedRisk = acceptRisk
      request.stamp = staff.stamp
      let progress = ProgressLine(format: printing.progress).handler
      guard let model else {
        return try Workspace.open(workspace.url).export(request, asKnownOn: asKnownOn, progress: progress)
      }
      let found = try ModelLibrary(workspace: workspace.url).find(model)
      for line in found.report { note(line.message[language]) }
      return try exportFiles(
        files, model: found.model, on: .today, request, progress: progress, aside: { note($0[language]) })
    }
    switch printing.format {
    case .json: try sayJSON(result)
    case .text: say(ExportText(result: result, language: language).text)
    }
    try finish(result.held ?? 0 > 0 ? 1 : 0)
  }
}

/// What was exported, as people read it.
struct ExportText {
  let result: ExportResult
  let language: Language

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  var text: String {
    var table = TextTable([.left, .right, .right])
    for record in result.records {
      table.add(
        record.record, language.number(record.rows) + " " + pick("rows", "rijen"),
        language.number(record.columns) + " " + pick("columns", "kolommen"))
    }
    let day = result.asKnownOn.map { pick("As known on ", "Zoals bekend op ") + language.date($0) + ": " } ?? ""
    let people = language.number(result.people) + " " + pick("people", "mensen")
    var lines = [day + people + " (\(result.model) \(result.modelVersion))"] + table.lines()
    if let held = result.held, held > 0 {
      lines.append(
        pick(
          "\(language.number(held)) rows are held and not in it; `meedoen check` says why.",
          "\(language.number(held)) rijen worden vastgehouden en staan er niet in; `meedoen check` zegt waarom."))
    }
    lines.append(
      result.recipient.map {
        pick(
          "Pseudonyms are those of all exports for “\($0)”.", "De pseudoniemen zijn die van alle exports voor “\($0)”.")
      }
        ?? pick(
          "Pseudonyms are new, and fit no other export.", "De pseudoniemen zijn nieuw en passen bij geen andere export."
        ))
    if let risk = result.risk {
      lines.append(
        wrapped(
          pick(
            "Recognition: the smallest group of people who are alike has \(risk.smallestClass); "
              + "\(language.number(risk.peopleBelow)) people are in groups that are too small.",
            "Herkenning: de kleinste groep gelijken telt \(risk.smallestClass); "
              + "\(language.number(risk.peopleBelow)) mensen zitten in te kleine groepen."), width: 96))
    }
    if !result.leftOut.isEmpty {
      lines.append(
        wrapped(
          pick("Left out, because they identify: ", "Weggelaten, want identificerend: ")
            + result.leftOut.joined(separator: ", "), width: 96))
    }
    lines.append(
      wrapped(
        pick(
          "It still is about people one by one: pass it on as agreed, and to nobody else.",
          "Het gaat nog steeds over mensen een voor een: geef het door zoals afgesproken, en aan niemand anders."),
        width: 96))
    return (lines + [""] + result.files).joined(separator: "\n")
  }
}
