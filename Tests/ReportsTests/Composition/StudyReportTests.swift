import Charts
import Foundation
import Primitives
import Testing

@testable import DisclosureControl
@testable import Reports
@testable import Studies

@Suite("Reports of studies")
struct StudyReportTests {
  private static let settings = StudyReportSettings(
    organisation: LocalizedText("Waterstad"), series: LocalizedText("half-yearly report 5", nl: "halfjaarrapport 5"),
    isSynthetic: true,
    registerNotes: [
      LocalizedText("One sender corrected its returns.", nl: "Eén afzender heeft aanleveringen verbeterd.")
    ],
    rebuildCommand: "meedoen study report intensive-approach")

  private static func quality() throws -> DataQualitySummary {
    let months = CalendarMonth(year: 2016, month: 1)!...CalendarMonth(year: 2019, month: 5)!
    return DataQualitySummary(
      received: 164, late: 3, missing: 2, periods: months,
      records: [.init(id: "person", title: LocalizedText("Person", nl: "Persoon"))],
      rows: try DisclosurePolicy.standard.protect(
        CountTable(
          id: "rows", rows: ["person"], columns: ["read", "accepted", "held", "waiting"],
          cells: [[.count(4_310), .count(4_280), .count(30), .count(4)]])))
  }

  private static func report(_ invented: InventedStudy) -> Report {
    Report(study: invented.study(), settings: settings, quality: try? quality())
  }

  private static let full = InventedStudy(people: 1_200)
  private static var fullReport: Report { reports[0] }

  static let kinds: [(String, InventedStudy)] = [
    ("full", full),
    ("without groups", InventedStudy(people: 300, hasGroups: false)),
    ("without caseload", InventedStudy(people: 300, hasCaseload: false)),
    ("without routes", InventedStudy(people: 300, hasRoutes: false)),
    (
      "with nothing but its outcomes",
      InventedStudy(people: 300, hasGroups: false, hasRoutes: false, hasCaseload: false, hasLossAndDeath: false)
    ),
    ("of few people", InventedStudy(people: 60)),
    (
      "of nobody who may be shown",
      InventedStudy(
        people: 300, policy: try! DisclosurePolicy(threshold: 100_000),
        professionals: try! DisclosurePolicy(threshold: 100_000))
    ),
    ("with two outcomes about one event", InventedStudy(people: 300, repeatsMain: true)),
    ("of another programme", InventedStudy(people: 300, isRenamed: true)),
  ]

  private static let reports = kinds.map { report($0.1) }

  // MARK: Structure

  /// A report as its headings and kinds of blocks.
  private func outline(_ report: Report) -> [String] {
    report.sections.map { section in
      let blocks = section.blocks.map { block in
        switch block {
        case .paragraph: "p"
        case .list: "list"
        case .subheading: "h"
        case .figure(let figure): "figure \(figure.provenance.label)"
        case .table(let table): "table \(table.provenance?.label ?? "?")"
        case .relations: "relations"
        case .caveat: "caveat"
        case .method: "method"
        }
      }
      return "\(section.heading.english): \(blocks.joined(separator: ", "))"
    }
  }

  @Test("The parts stand in one order, and headings state what was found")
  func goldenStructure() {
    #expect(
      outline(Self.fullReport) == [
        "Paid work: no clear difference between “intensive approach” and “regular approach”: "
          + "p, h, p, figure R4, caveat, h, p, figure R4, caveat, h, figure R4",
        "Which way people went: p, p, figure R3", "Where people were, month by month: p, figure R2, h, p, table R2",
        "Start of school: less often with “intensive approach” than with “regular approach”: "
          + "p, h, p, figure R5, caveat, h, p, figure R5, caveat, h, figure R5",
        "Paid work: on average 5.9 of the first 36 months: table R6, table R6, h, p, figure R6, figure R6",
        "In May 2019 no professional had more than 50 people: p, figure R7",
        "Of the 1,460 people in the register, we follow 1,200: p, table R1", "Keep this in mind: caveat",
      ])
    let appendix = Self.fullReport.appendix
    #expect(appendix.provenance.map(\.code.label) == (1...7).map { "R\($0)" })
    #expect(
      appendix.definitions.map(\.term.english) == [
        "State", "Moved away and died", "Out of sight", "Waiting for a first step", "95% interval",
        "Followed, and not there yet", "Gross difference",
      ])
  }

  @Test("A study without a part, or with nothing to show, makes a sound page", arguments: kinds.indices)
  func soundPages(kind: Int) throws {
    let (name, report) = (Self.kinds[kind].0, Self.reports[kind])
    #expect(!report.keyFindings.isEmpty && report.keyFindings.count <= 5, "\(name)")
    for language in Language.allCases {
      let page = try MarkupReader(HTMLRenderer(language: language).render(report))
      let identifiers = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count, "\(name)")
      let levels = page.elements.compactMap { element in
        element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
      }
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(name): \(levels)")
      let text = page.all("body").first?.text ?? ""
      for word in ["Optional(", "NaN", "nil"] { #expect(!text.contains(word), "\(name): \(word)") }
    }
  }

  @Test("A part that the study does not have is not in the report")
  func missingParts() {
    let report = Self.reports[4]
    #expect(!report.sections.contains { $0.heading.english.contains("caseload") || $0.heading.english.contains("way") })
    #expect(report.appendix.provenance.map(\.code.label) == ["R1", "R2", "R3", "R4", "R5"])
  }

  @Test("When nothing may be shown, no figure is drawn of nothing and no heading claims anything")
  func nothingShown() {
    let report = Self.reports[6]
    let figures = report.sections.flatMap(\.blocks).filter { if case .figure = $0 { true } else { false } }
    #expect(figures.isEmpty)
    for section in report.sections {
      #expect(!section.heading.english.contains { $0.isNumber }, "\(section.heading.english)")
    }
    #expect(report.keyFindings.allSatisfy { $0.value.english == "c" })
    #expect(report.facts[1].value.english == "c")
  }

  // MARK: Provenance

  @Test(
    "Every figure, table that stands alone and key finding has a code that the appendix explains",
    arguments: kinds.indices)
  func provenance(kind: Int) {
    let report = Self.reports[kind]
    let known = Set(report.appendix.provenance.map(\.code))
    for finding in report.keyFindings { #expect(finding.provenance.map(known.contains) == true) }
    for block in report.sections.flatMap(\.blocks) {
      switch block {
      case .figure(let figure): #expect(known.contains(figure.provenance), "\(figure.title.english)")
      case .table(let table): #expect(table.provenance.map(known.contains) == true, "\(table.caption.english)")
      default: break
      }
    }
    for record in report.appendix.provenance {
      #expect(record.plan != nil && record.data != nil && record.asKnownOn != nil && record.count != nil)
      #expect(record.method != nil)
    }
  }

  @Test("People who had an event at the beginning are counted in a sentence of their own")
  func alreadyThere() {
    func opening(_ count: Int) -> LocalizedText {
      var invented = InventedStudy(people: 120)
      invented.alreadyThere = count
      let outcomes = StudyComposer(study: invented.study(), settings: Self.settings, quality: nil)
      return OutcomeWords(outcomes.study.outcomes[0], outcomes).opening ?? LocalizedText("")
    }
    #expect(
      opening(25).english.hasSuffix(
        "For 25 people one of these was so at settlement already; they count from the first day."))
    #expect(
      opening(25)[.dutch].hasSuffix(
        "Voor 25 mensen was een hiervan bij huisvesting al zo; zij tellen vanaf de eerste dag."))
    #expect(
      opening(4)[.dutch].hasSuffix(
        "Was een hiervan bij huisvesting al zo voor iemand? Dan telt die persoon mee vanaf de eerste dag."))
    #expect(!opening(0).english.contains("already"))
  }

  // MARK: Signs

  @Test("Each of the five states of a cell is shown by its own sign in the table")
  func signs() throws {
    let states = Self.full.states.map(\.id)
    let values: [DisclosedValue] =
      [.zero, .absent(.protected), .absent(.notApplicable), .absent(.notCollected), .absent(.tooLate)]
    var invented = InventedStudy(people: 300)
    invented.replacing = { table, row, column in
      guard table == "stock", row == "2019-05", let place = states.firstIndex(of: column), place < values.count else {
        return nil
      }
      return values[place]
    }
    let report = Self.report(invented)
    var rows: [ReportTable.Row] = []
    for case .figure(let figure) in report.sections.flatMap(\.blocks) {
      if case .stateBands = figure.chart { rows = figure.data.rows }
    }
    let cells = try #require(rows.last).cells
    let texts = cells.map { cell in if case .number(let number) = cell { number.text(in: .english) } else { "" } }
    for sign in ["0", "c", "n/a", "…", "late"] { #expect(texts.contains(sign), "\(sign) in \(texts)") }
    #expect(
      DisclosureControl.Absence.allCases.map { Charts.Absence($0) } == [
        .protected, .notApplicable, .notCollected, .late,
      ])
  }

  // MARK: Words

  /// Every text of the report that is written in two languages.
  private func texts(_ value: Any) -> [(english: String, dutch: String?)] {
    if let object = value as? [String: Any] {
      if let english = object["en"] as? String { return [(english, object["nl"] as? String)] }
      return object.values.flatMap(texts)
    }
    return (value as? [Any])?.flatMap(texts) ?? []
  }

  @Test("Every text is written in Dutch as well as in English", arguments: kinds.indices)
  func bothLanguages(kind: Int) throws {
    let report = Self.reports[kind]
    let all = texts(try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)))
    #expect(all.count > 100)
    let same: Set = ["Plan", "Waterstad", "Entree", "Centrum", "Oost"]
    for text in all where !same.contains(text.english) && !text.english.hasPrefix("Plan: 1") {
      let letters = text.english.filter(\.isLetter)
      // A sign, a number or a month that is called alike.
      guard letters.count > 1, text.dutch != text.english || !letters.contains(where: \.isLowercase) else {
        let isAlike =
          letters.count <= 1
          || text.dutch?.lowercased() == text.english.lowercased()
            && text.english.wholeMatch(of: /[A-Za-z]+ \d{4}/) != nil
        #expect(isAlike, "“\(text.english)” is the same in Dutch")
        continue
      }
      #expect(text.dutch != nil, "“\(text.english)” is not written in Dutch")
    }
  }

  @Test("No English is left in the Dutch page")
  func dutchPage() throws {
    let page = try MarkupReader(HTMLRenderer(language: .dutch).render(Self.fullReport))
    let text = " " + (page.all("body").first?.text ?? "").replacing("\n", with: " ") + " "
    for word in [
      " the ", " The ", " people", " People", " and ", " within ", " month ", " months ", " state", " every ",
      " of every ",
      " not ", " were ", " with ", " followed", " follow", " shown", " between ", " group ",
    ] {
      #expect(!text.contains(word), "“\(word)” is left in Dutch")
    }
  }

  @Test("What a plan does not name is not named: a report of another programme has no words of this one")
  func noWordsOfItsOwn() throws {
    let report = Self.reports[8]
    let words = texts(try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)))
    for text in words {
      for word in ["paid work", "approach", "settle", "permit", "education", "job"] {
        // The name of the plan in the command that makes the report again.
        let english = text.english.replacing("intensive-approach", with: "").lowercased()
        #expect(!english.contains(word), "“\(text.english)” says \(word)")
      }
    }
  }

  @Test("Nothing is called significant, and no sentence stands in the report twice", arguments: Language.allCases)
  func sentences(language: Language) throws {
    var seen: Set<String> = []
    func check(_ text: LocalizedText) {
      for sentence in text[language].split(separator: ". ") where sentence.count > 60 {
        #expect(seen.insert(String(sentence)).inserted, "twice: \(sentence)")
        #expect(!sentence.lowercased().contains("signific"))
      }
    }
    for block in Self.fullReport.sections.flatMap(\.blocks) + Self.fullReport.appendix.method {
      switch block {
      case .paragraph(let text): check(text)
      case .caveat(let caveat): caveat.paragraphs.forEach(check)
      case .figure(let figure):
        figure.method.map(check)
        check(figure.description)
      case .table(let table): table.source.map(check)
      default: break
      }
    }
    #expect(seen.count > 10)
  }

  @Test("Invented data are called so at the top and in the last line; real data are not")
  func demonstration() {
    let report = Self.fullReport
    #expect(report.kicker.english == "Waterstad · half-yearly report 5 · invented demonstration data")
    #expect(report.kicker.dutch == "Waterstad · halfjaarrapport 5 · verzonnen voorbeeldgegevens")
    #expect(report.lede.english.hasSuffix("The people and figures are invented: this is a demonstration."))
    #expect(report.lede[.dutch].hasSuffix("De mensen en cijfers zijn verzonnen: dit is een voorbeeld."))
    #expect(report.colophon?.english.hasSuffix("Demonstration data: nobody in this report exists.") == true)
    let real = Report(
      study: Self.full.study(), settings: StudyReportSettings(organisation: LocalizedText("Waterstad")), quality: nil)
    #expect(real.kicker.english == "Waterstad")
    #expect(!real.lede.english.contains("invented") && real.colophon?.english.contains("Demonstration") == false)
  }

  @Test("The quality of the data is counted in returns and protected in rows")
  func quality() throws {
    guard case .list(let items) = Self.fullReport.appendix.dataQuality[0],
      case .table(let table) = Self.fullReport.appendix.dataQuality[1]
    else {
      Issue.record("a list and a table are expected")
      return
    }
    #expect(
      items.map(\.english) == [
        "164 returns are in, about January 2016 to May 2019.", "3 of them came after the day on which they were due.",
        "2 returns that were due are not yet in.", "One sender corrected its returns.",
      ])
    #expect(
      items.map { $0[.dutch] } == [
        "164 aanleveringen zijn binnen, over januari 2016 tot en met mei 2019.",
        "3 daarvan kwamen na de dag waarop ze binnen moesten zijn.",
        "2 aanleveringen die er hadden moeten zijn, zijn nog niet binnen.",
        "Eén afzender heeft aanleveringen verbeterd.",
      ])
    #expect(table.columns.map(\.heading.english) == ["Read", "Taken in", "Held", "Waiting"])
    #expect(table.absences == [.protected])
  }

  // MARK: Figures

  @Test("A curve ends where too few people are left, says so, and stands above the people who are left")
  func curves() throws {
    let report = Self.reports[5]
    var charts: [CumulativeCurveChart] = []
    for case .figure(let figure) in report.sections.flatMap(\.blocks) {
      if case .cumulativeCurves(let chart) = figure.chart { charts.append(chart) }
    }
    let curves = charts.flatMap(\.curves)
    #expect(!curves.isEmpty)
    for curve in curves {
      let end = try #require(curve.points.last).time
      #expect((curve.stopReason != nil) == (end < 36))
      #expect(curve.atRisk.count == 7)
      #expect(curve.points.allSatisfy { (0...100).contains($0.value) })
    }
    #expect(curves.contains { $0.stopReason?.english == "stops: fewer than 10 people followed" })
    for chart in charts { #expect(chart.time.title.english == "Months since settlement" && chart.time.step == 6) }
  }

  @Test("The same state has the same colour in every figure")
  func tones() {
    var tones: [String: Set<SeriesTone>] = [:]
    for case .figure(let figure) in Self.fullReport.sections.flatMap(\.blocks) {
      switch figure.chart {
      case .stateBands(let chart):
        for state in chart.states { tones[state.name.english, default: []].insert(state.tone) }
      case .sankey(let chart):
        for node in chart.columns.last?.nodes ?? [] { tones[node.name.english, default: []].insert(node.tone) }
      default: break
      }
    }
    #expect(tones.count == Self.full.states.count)
    #expect(tones.values.allSatisfy { $0.count == 1 })
    #expect(Set(tones.values.flatMap(\.self)).count == tones.count)
  }

  @Test("Two outcomes about one event are told apart, and so are the events of one outcome")
  func sharedEvent() {
    let report = Self.report(InventedStudy(people: 300, repeatsMain: true))
    let headings = report.sections.map(\.heading)
    #expect(Set(headings).count == headings.count)
    #expect(headings.contains { $0.english.hasPrefix("First step: paid work ") })
    #expect(headings.contains { $0[.dutch].hasPrefix("Eerste stap: ") && $0[.dutch].contains("betaald werk") })
    for case .figure(let figure) in report.sections.flatMap(\.blocks) {
      guard case .cumulativeCurves(let chart) = figure.chart else { continue }
      #expect(Set(chart.curves.map(\.tone)).count == chart.curves.count)
      #expect(Set(chart.curves.map(\.line)).count == chart.curves.count)
    }
  }

  @Test("Probabilities become people in every hundred without noise, and never with more digits than were disclosed")
  func hundredths() {
    #expect(PerHundred.percent(0.29, decimals: 0) == 29)
    #expect(PerHundred.percent(0.447, decimals: 1) == 44.7)
    let number = PerHundred(
      DisclosurePolicy.standard.estimate(0.4449, lower: 0.4201, upper: 0.4699, contributors: [900, 900], decimals: 3))
    #expect(number.percent.text(in: .dutch) == "44,5%")
    #expect(number.spoken().english == "44")
    #expect(number.interval?.dutch == "42,0 tot 47,0")
  }
}
