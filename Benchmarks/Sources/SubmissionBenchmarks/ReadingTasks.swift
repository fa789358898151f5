import Foundation
import TableFiles
import Tables

let readingTasks: [SubmissionTask] = [
  SubmissionTask(name: "read-typed", title: "A wide CSV file into typed columns") { setting in
    let file = URL(fileURLWithPath: setting.folder + "/wide-\(setting.rows).csv")
    var reader = TableFileReader()
    reader.limits.fileBytes = 1 << 33
    reader.limits.cells = 1 << 31
    let chosen = reader
    return {
      let table = try chosen.readTyped(contentsOf: file)[0].table
      return SubmissionTask.Outcome(checks: [
        ("rows", Double(table.rowCount)), ("columns", Double(table.columns.count)),
        ("dates", Double(table.columns.count { if case .dates = $0 { true } else { false } })),
      ])
    }
  }
]
