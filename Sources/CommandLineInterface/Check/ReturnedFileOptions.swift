import ArgumentParser
import Primitives
import Workspaces

/// Options of files about a return, for its sender.
struct ReturnedFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write each file back as a workbook with its findings at the cells.", valueName: "folder"))
  var annotate: String?

  @Option(
    help: ArgumentHelp(
      "Write the held rows, with what is wrong, to mend and send back: a workbook, or CSV when it ends in .csv.",
      valueName: "file"))
  var held: String?

  @Option(help: ArgumentHelp("Write the result as a page for a browser.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write every finding as CSV.", valueName: "file"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Write a short text for a mail: counts and names of files, nothing of people.", valueName: "file"))
  var message: String?

  var files: ReturnedFiles {
    ReturnedFiles(annotatedFolder: annotate, heldRows: held, page: html, findings: csv, message: message)
  }
}

/// Tells which files were written.
func noteWritten(_ files: [WrittenFile], in language: Language) {
  for file in files { note((language == .dutch ? "Geschreven: " : "Written: ") + file.path) }
}
