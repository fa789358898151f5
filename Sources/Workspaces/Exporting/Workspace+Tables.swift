import DataModels
import DisclosureControl
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports
import Studies

extension Workspace {
  /// Runs a study and writes its protected tables, a file for each, into a new folder.
  ///
  /// - Parameters:
  ///   - codeVersion: the version of the program, for the origin of the results.
  ///   - isDraft: whether they are passed on to nobody (``runStudy(_:asKnownOn:codeVersion:isDraft:progress:)``).
  public func exportTables(
    of planFile: URL, as format: TableFormat, to target: URL, asKnownOn day: CalendarDate?, language: Language,
    codeVersion: String, isDraft: Bool = false, progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> TableExportResult {
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw .exportExists(path: target.relativePath)
    }
    let plan = try readPlan(planFile, model: model)
    let register = try registerForReading()
    let snapshot = try storeTask { () throws(RegisterError) in
      try register.snapshot(asKnownOn: day, progress: progress)
    }
    let study = try disclosedStudy(
      plan, snapshot, codeVersion: codeVersion, isDraft: isDraft, progress: progress)
    let datasets = study.datasets(in: language)
    var notes = ["plan": study.plan.fingerprint.hex, "data": study.data.fingerprint.hex, "program": codeVersion]
    if settings.isSynthetic {
      notes["synthetic"] = language == .dutch ? "Alle mensen zijn verzonnen." : "All people are invented."
    }
    try writeWhole(target) { (place) throws(WorkspaceError) in
      do {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for dataset in datasets {
          let name: String
          let data: Data
          switch format {
          case .jsonStat:
            name = "\(dataset.id).json"
            data =
              JSONStat(
                dataset, source: "\(settings.title) · \(plan.title[language])", updated: snapshot.asKnownOn,
                notes: notes
              ).data
          case .sdmxCSV:
            name = "\(dataset.id).csv"
            data =
              SDMXText(
                dataset, agency: "MEEDOEN", dataflow: (id: "\(plan.id)_\(dataset.id)", version: plan.version)
              ).data
          }
          try data.write(to: place.appendingPathComponent(name))
        }
      } catch {
        throw .notWritable(target.relativePath)
      }
    }
    return TableExportResult(
      format: format,
      files: try names(in: target.path).map { target.appendingPathComponent($0).relativePath },
      study: plan.id, asKnownOn: snapshot.asKnownOn,
      withheld: datasets.reduce(0) { $0 + $1.values.count { $0.absence == .protected } })
  }
}
