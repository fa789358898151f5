import DataModels
import DisclosureControl
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports
import Studies

/// A plan that was checked, in one language.
public struct CheckedPlan: Encodable, Sendable {
  public struct Paragraph: Encodable, Sendable {
    public let heading: String
    public let sentences: [String]
  }

  public let schema = "meedoen-study-check/1"
  public let id: String
  public let version: String
  public let title: String
  public let fingerprint: Fingerprint
  public let model: String
  public let paragraphs: [Paragraph]
}

/// What a study gave: protected results, and the report's files.
public struct StudyRun: Encodable, Sendable {
  public let schema = "meedoen-study-run/1"
  /// Paths of the reports, and of the results as JSON.
  public let files: [String]
  public let keySentences: [LocalizedText]
  public let results: DisclosedStudy
}

/// Checks a plan against a model by name, or the model of a workspace.
public func checkPlan(
  _ path: String, model name: String?, workspace: URL, language: Language
) throws(WorkspaceError) -> CheckedPlan {
  let library = ModelLibrary(workspace: workspace)
  let model: DataModel
  if let name {
    model = try library.find(name).model
  } else {
    model = try Workspace.open(workspace).model
  }
  let plan = try readPlan(URL(fileURLWithPath: path), model: model)
  return CheckedPlan(
    id: plan.id, version: plan.version, title: plan.title[language], fingerprint: plan.fingerprint,
    model: "\(model.id) \(model.version)",
    paragraphs: plan.paragraphs.map { paragraph in
      CheckedPlan.Paragraph(heading: paragraph.heading[language], sentences: paragraph.sentences.map { $0[language] })
    })
}

func readPlan(_ file: URL, model: DataModel) throws(WorkspaceError) -> StudyPlan {
  let yaml = try text(of: file)
  do throws(DefinitionError) {
    return try StudyPlan(yaml: yaml, file: file.lastPathComponent, model: model)
  } catch {
    throw .definitionRefused(error)
  }
}

extension Workspace {
  /// Runs a study on the register as it was known on a day, and writes its report in each language of the plan.
  ///
  /// - Parameters:
  ///   - codeVersion: the version of the program, for the origin of each result.
  ///   - isDraft: whether it is passed on to nobody: then it is not held against earlier releases, nor written down as
  ///     one.
  public func runStudy(
    _ planFile: URL, asKnownOn day: CalendarDate?, codeVersion: String, isDraft: Bool = false,
    progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> StudyRun {
    let plan = try readPlan(planFile, model: model)
    let register = try registerForReading()
    let snapshot = try storeTask { () throws(RegisterError) in
      try register.snapshot(asKnownOn: day, progress: progress)
    }
    let study = try disclosedStudy(
      plan, snapshot, codeVersion: codeVersion, isDraft: isDraft, progress: progress)
    let report = Report(
      study: study,
      settings: StudyReportSettings(
        organisation: LocalizedText(settings.title), isSynthetic: settings.isSynthetic,
        rebuildCommand: rebuildCommand(planFile, asKnownOn: snapshot.asKnownOn)),
      quality: try quality(register, asKnownOn: day, policy: plan.report.policy))
    // A report of a day in the past stands beside the others, and takes the place of none.
    let name = plan.id + (day.map { ".\($0.iso)" } ?? "")
    var files: [String] = []
    func write(_ text: String, _ name: String) throws(WorkspaceError) {
      let file = reports.appendingPathComponent(name)
      try writeText(text, to: file)
      files.append(file.path)
    }
    for language in plan.report.languages {
      let others = plan.report.languages.filter { $0 != language }
      let renderer = HTMLRenderer(
        language: language, translation: others.first.map { .init($0, at: "\(name).\($0.rawValue).html") })
      try write(renderer.render(report), "\(name).\(language.rawValue).html")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(study) else { throw .notWritable(reports.path) }
    try write(String(decoding: json, as: UTF8.self), "\(name).json")
    return StudyRun(files: files, keySentences: report.keyFindings.map { $0.inOneLine }, results: study)
  }
}

extension Workspace {
  /// Runs a plan on a snapshot, and protects what comes out, by itself and beside what was passed on before.
  func disclosedStudy(
    _ plan: StudyPlan, _ snapshot: RegisterSnapshot, codeVersion: String, isDraft: Bool, progress: ProgressHandler?
  ) throws(WorkspaceError) -> DisclosedStudy {
    var ledger = isDraft ? nil : try releases()
    let study: DisclosedStudy
    let release: ReleaseLedger.Release
    do throws(StudyError) {
      let results = try Study(plan: plan, snapshot: snapshot, codeVersion: codeVersion).run(
        progress: progress ?? { _ in })
      (study, release) = try results.disclosed(plan.report.policy, beside: ledger)
    } catch {
      throw .studyFailed(error)
    }
    // Written down before anything is passed on: better a release too many than one that nobody knows of.
    ledger?.add(release)
    if let ledger { try keep(ledger) }
    return study
  }

  /// The command that makes a report again, with paths as they were given, for a shell.
  private func rebuildCommand(_ planFile: URL, asKnownOn day: CalendarDate) -> String {
    let words = [
      "meedoen", "study", "run", planFile.relativePath, "--workspace", folder.relativePath, "--as-known-on", day.iso,
    ]
    return words.map(quotedForShell).joined(separator: " ")
  }
}

/// A word as a shell reads it back: in single quotes where it holds more than letters, digits and plain signs.
func quotedForShell(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
      || "-_./:+,@%".unicodeScalars.contains($0)
  }
  return isPlain && !word.isEmpty
    ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

extension KeyFinding {
  /// Value, sentence and note as one line of plain text.
  var inOneLine: LocalizedText {
    func line(_ language: Language) -> String {
      let sentence = [value[language], sentence[language].filter { $0 != "*" }].joined(separator: " ")
      return note.map { "\(sentence) (\($0[language].filter { $0 != "*" }))" } ?? sentence
    }
    return LocalizedText(line(.english), nl: line(.dutch))
  }
}
