import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// From everybody in the register to the people who are followed, step by step.
  var cohortSection: ReportSection? {
    let start = study.plan.timeZero.inSentence
    let steps = study.attrition.steps
    var heading = LocalizedText("Who is followed", nl: "Wie we volgen")
    if let first = steps.first.map({ ReportNumber($0.remaining) }), first.value.number != nil,
      people.value.number != nil
    {
      heading = LocalizedText(
        en: "Of the \(first) people in the register, we follow \(people)",
        nl: "Van de \(first) mensen in het register volgen we er \(people)")
    }
    let rows = steps.filter { !leftNobodyOut($0) }.map { step in
      ReportTable.Row(name(of: step), [ReportTable.Cell(step.excluded), ReportTable.Cell(step.remaining)])
    }
    let table = ReportTable(
      caption: LocalizedText(
        "From the register to the people we follow", nl: "Van het register naar de mensen die we volgen"),
      rowHeading: LocalizedText("Step", nl: "Stap"),
      columns: [
        .init(LocalizedText("Left out", nl: "Vallen af")), .init(LocalizedText("People left", nl: "Blijven over")),
      ],
      rows: rows + [
        ReportTable.Row(
          LocalizedText("Followed", nl: "Gevolgd"), [.text(LocalizedText("")), .number(people)], kind: .total)
      ], source: LocalizedText(sentences: withoutEffect + [source]), provenance: code("attrition"))
    return ReportSection(
      heading: heading,
      blocks: [
        .paragraph(
          LocalizedText(
            en:
              "We follow each person from **\(start)**, for \(followUp) at most. The data run to \(study.data.observedUntil); nobody is followed after that day. The table shows who is left after each step.",
            nl:
              "We volgen iedereen vanaf **\(start)**, hoogstens \(followUp). De gegevens lopen tot en met \(study.data.observedUntil); daarna volgen we niemand meer. De tabel laat zien wie er na elke stap overblijft."
          )), .table(table),
      ])
  }

  /// The start is no step, and stays in the table whatever stands in it.
  private func leftNobodyOut(_ step: DisclosedAttrition.Step) -> Bool {
    step.kind != .start && step.excluded == .zero
  }

  private func name(of step: DisclosedAttrition.Step) -> LocalizedText {
    step.kind == .exclude
      ? LocalizedText(en: "Except: \(step.name.inSentence)", nl: "Behalve: \(step.name.inSentence)") : step.name
  }

  /// The steps of the plan that everybody passed, in a sentence below the table instead of rows of zeros.
  private var withoutEffect: [LocalizedText] {
    let names = study.attrition.steps.filter(leftNobodyOut).map { name(of: $0).inSentence }
    guard !names.isEmpty else { return [] }
    let (count, list) = (names.count, LocalizedText { language in names.map { $0[language] }.joined(separator: "; ") })
    return [
      LocalizedText(
        en: "\(count) \(count == 1 ? "step" : "steps") left nobody out: \(list).",
        nl: "Bij \(count) \(count == 1 ? "stap" : "stappen") viel niemand af: \(list).")
    ]
  }
}
