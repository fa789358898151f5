import ArgumentParser
import DataModels
import Foundation
import Primitives
import Workspaces

struct PrivacyRegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "The record of processing activities (GDPR, article 30), made from the model.",
    discussion: """
      Examples: meedoen privacy register --model municipality
                meedoen privacy register --output processing.html --lang nl
      """)

  @Option(help: "The data model: a name, a file, or a published folder. Without it, the workspace's.")
  var model: String?

  @Option(help: "Write it as a page to this file.")
  var output: String?

  @OptionGroup var printing: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let (record, found) = try CommandLineInterface.run(printing) { () throws(WorkspaceError) in
      let (record, found) = try processingRecord(model: model, workspace: workspace.url)
      if let output {
        try writeText(record.page(found, language: printing.language), to: URL(fileURLWithPath: output))
      }
      return (record, found)
    }
    switch printing.format {
    case .json: try sayJSON(record)
    case .text:
      let language = printing.language
      let dutch = language == .dutch
      say("\(record.title[language]) · \(found.id) \(found.version)")
      for activity in record.activities {
        let unsaid = dutch ? "niet genoemd" : "not stated"
        say("\n\(activity.title[language])")
        say("  \(dutch ? "grondslag" : "ground in law"): \(activity.basis?[language] ?? unsaid)")
        say("  \(dutch ? "ontvangers" : "recipients"): \(activity.recipients?[language] ?? unsaid)")
        var table = TextTable([.left, .left, .left])
        for field in activity.fields {
          table.add("\(field.record).\(field.field)", field.privacy.rawValue, field.keep ?? "–")
        }
        say(table.lines().joined(separator: "\n"))
      }
      if !record.gaps.isEmpty {
        say(dutch ? "\nNog te zeggen in het model:" : "\nStill to be said in the model:")
        for gap in record.gaps { say("  " + gap[language]) }
      }
      if let output { note(dutch ? "Geschreven: \(output)" : "Wrote \(output)") }
    }
  }
}
