import Charts
import Primitives
import Testing

@testable import DisclosureControl
@testable import Reports
@testable import Studies

/// What the sections of a report say and what they keep to themselves, sentence by sentence.
@Suite("Sections of reports of studies")
struct StudySectionTests {
  private func composer(_ study: DisclosedStudy) -> StudyComposer {
    StudyComposer(
      study: study, settings: StudyReportSettings(organisation: LocalizedText("Waterstad")), quality: nil)
  }

  private func paragraphs(_ section: ReportSection?, _ language: Language) -> [String] {
    (section?.blocks ?? []).compactMap { block in
      guard case .paragraph(let text) = block else { return nil }
      return text[language].replacing("\u{202F}", with: " ")
    }
  }

  private func charts(_ section: ReportSection) -> [CumulativeCurveChart] {
    section.blocks.compactMap { block in
      guard case .figure(let figure) = block, case .cumulativeCurves(let chart) = figure.chart else { return nil }
      return chart
    }
  }

  // MARK: Curves

  /// A study whose first outcome has, for women, a curve of nothing but its origin; in the cell of their events stands
  /// `cell`.
  private func originOnly(_ cell: DisclosedValue) -> DisclosedStudy {
    var invented = InventedStudy(people: 300)
    invented.replacing = { table, row, column in
      table == "events.into-work.sex" && row == "women" && column == "work" ? cell : nil
    }
    let study = invented.study()
    let outcomes = study.outcomes.map { outcome in
      DisclosedOutcome(
        id: outcome.id, name: outcome.name, causes: outcome.causes, main: outcome.main,
        alreadyThere: outcome.alreadyThere,
        comparisons: outcome.comparisons.map { comparison in
          DisclosedOutcome.Comparison(
            grouping: comparison.grouping,
            groups: comparison.groups.map { group in
              DisclosedOutcome.Group(
                id: group.id, name: group.name,
                curves: group.curves.map { curve in
                  DisclosedOutcome.Curve(
                    cause: curve.cause, points: group.id == "women" ? Array(curve.points.prefix(1)) : curve.points,
                    end: curve.end, decimals: curve.decimals)
                }, atRisk: group.atRisk, estimates: group.estimates)
            }, difference: comparison.difference, test: comparison.test, events: comparison.events)
        })
    }
    return invented.study(outcomes: outcomes)
  }

  @Test("A curve without a step is not drawn as nobody: its first step may be one that is protected")
  func protectedFirstStep() throws {
    let section = composer(originOnly(.absent(.protected))).outcomeSection(0)
    #expect(paragraphs(section, .english).contains("There is no line for women: too few people to show."))
    #expect(paragraphs(section, .dutch).contains("Er is geen lijn voor vrouwen: te weinig mensen om te tonen."))
    #expect(!charts(section).flatMap(\.curves).contains { $0.name.english == "Women" })
    #expect(charts(section).flatMap(\.curves).contains { $0.name.english == "Men" })
  }

  @Test("A flat line at 0 is drawn when the count of events says that nobody had it")
  func nobody() throws {
    let section = composer(originOnly(.zero)).outcomeSection(0)
    let women = try #require(charts(section).flatMap(\.curves).first { $0.name.english == "Women" })
    #expect(women.points.allSatisfy { $0.value == 0 } && women.points.count == 2)
    #expect(!paragraphs(section, .english).contains { $0.hasPrefix("There is no line") })
  }

  // MARK: Outcomes

  @Test("Of two outcomes about one event the first alone is among the key findings")
  func keyFindingsOfOneEvent() {
    var invented = InventedStudy(people: 300, repeatsMain: true)
    let number = invented.policy.estimate(0.44, lower: 0.4, upper: 0.48, contributors: [150, 150], decimals: 2)
    func results(_ outcome: String) -> [KeyResult] {
      [.outcome(outcome: outcome, cause: "work", months: 36, grouping: nil, group: nil, estimate: number)]
    }
    func findings() -> [String] {
      composer(invented.study(keyResults: results("into-work") + results("into-education"))).keyFindings.map {
        $0.provenance?.label ?? ""
      }
    }
    #expect(findings() == ["R4"])
    invented.repeatsMain = false
    #expect(findings() == ["R4", "R5"])
  }

  @Test("What a study says of one grouping stands beside the figures of that grouping, in full once")
  func caveatOfGrouping() {
    let caveat = LocalizedText(
      "Approach: the group is known some time after time zero only.",
      nl: "Aanpak: de groep is pas enige tijd na het begin bekend.")
    let composer = composer(InventedStudy(people: 300, caveats: [caveat]).study())
    func caveats(_ outcome: Int, _ language: Language) -> [[String]] {
      composer.outcomeSection(outcome).blocks.compactMap { block in
        guard case .caveat(let caveat) = block else { return nil }
        return caveat.paragraphs.map { $0[language] }
      }
    }
    #expect(caveats(0, .english).map { $0.contains(caveat.english) } == [true, false])
    #expect(
      caveats(0, .dutch)[0][1]
        == "Niveau van bewijs: proces en bruto verschil. Voor een netto-effect moeten we mensen vergelijken die op elkaar lijken."
    )
    #expect(caveats(0, .english)[0][1].hasPrefix("Level of evidence: process and gross difference. "))
    #expect(caveats(1, .english)[0].last == "What is said above of the groups by approach is so here too.")
    #expect(caveats(1, .dutch)[0].last == "Wat hierboven staat over de groepen naar aanpak, geldt ook hier.")
    #expect(caveats(1, .english)[1].count == 1)
  }

  @Test("Estimates and lines count the same people, and call them the same")
  func followedWithoutEvent() {
    let section = composer(InventedStudy(people: 300).study()).outcomeSection(0)
    for case .figure(let figure) in section.blocks {
      guard case .cumulativeCurves(let chart) = figure.chart else { continue }
      #expect(figure.data.columns.last?.heading == chart.atRiskTitle)
    }
  }

  // MARK: Routes

  @Test("The last column of the routes is not read as one moment, unless it is one")
  func endOfRoutes() {
    let study = InventedStudy(people: 300).study()
    let section = composer(study).routesSection
    #expect(section?.heading.english == "Which way people went")
    #expect(section?.heading[.dutch] == "Welke weg mensen gingen")
    #expect(
      paragraphs(section, .english)[1]
        == "**At the end of follow-up** is the last day on which somebody was followed, and people were followed for different lengths of time: 36 months at most, and less for who came late. So the numbers there do not say where people are after one and the same time."
    )
    #expect(
      paragraphs(section, .dutch)[1]
        == "**Aan het einde van de periode** is de laatste dag waarop we iemand volgden, en niet iedereen is even lang gevolgd: hoogstens 36 maanden, en korter voor wie laat begon. De aantallen daar zeggen dus niet waar mensen na één en dezelfde tijd zijn."
    )
    let atMark = InventedStudy(people: 300, routesEndAtMark: true).study()
    #expect(paragraphs(composer(atMark).routesSection, .english).count == 1)
  }

  // MARK: Caseload

  @Test("The heading of the caseload tells professionals, the sentence below it the average")
  func caseload() {
    let section = composer(InventedStudy(people: 300).study()).caseloadSection
    #expect(section?.heading.english == "In May 2019 no professional had more than 50 people")
    #expect(section?.heading[.dutch] == "In mei 2019 had geen enkele professional meer dan 50 mensen")
    #expect(
      paragraphs(section, .english) == [
        "In 10 of the 41 months shown there were more than 50 people per professional on average. An average hides differences between professionals: one has more people, another fewer."
      ])
    #expect(
      paragraphs(section, .dutch) == [
        "In 10 van de 41 getoonde maanden waren er gemiddeld meer dan 50 mensen per professional. Een gemiddelde verbergt verschillen tussen professionals: de een heeft meer mensen, de ander minder."
      ])
  }

  @Test("A caseload of some professionals names them, and says which share has more people than the norm")
  func caseloadOfSome() {
    func section(_ above: Int, _ professionals: Int) -> ReportSection? {
      let invented = InventedStudy(people: 300, caseloadName: LocalizedText("intensive team", nl: "intensief team"))
      let policy = invented.professionals
      let study = invented.study(
        caseload: DisclosedCaseload(
          name: invented.caseloadName, norm: 50, monthsShown: 1, monthsAboveNorm: 1, teams: [],
          months: [
            DisclosedCaseload.Month(
              month: CalendarMonth(year: 2019, month: 5)!,
              all: DisclosedCaseload.Load(
                people: .value(900), perManager: invented.policy.rate(people: 900, per: 17),
                aboveNorm: policy.share(above, of: professionals)), teams: [])
          ]))
      return composer(study).caseloadSection
    }
    #expect(
      section(14, 17)?.heading.english
        == "Intensive team: in May 2019 82% of the professionals had more than 50 people")
    #expect(
      section(14, 17)?.heading[.dutch]
        == "Intensief team: in mei 2019 had 82% van de professionals meer dan 50 mensen")
    #expect(section(2, 17)?.heading.english == "People per professional")
    #expect(
      paragraphs(section(2, 17), .dutch)[0].hasPrefix(
        "Hoeveel professionals eind mei 2019 meer dan 50 mensen hadden: beschermd"))
  }

  // MARK: Who is followed

  @Test("Steps that left nobody out are folded into a sentence below the table")
  func idleSteps() throws {
    func section(_ names: [LocalizedText]) -> ReportSection? {
      composer(InventedStudy(people: 300, idleSteps: names).study()).cohortSection
    }
    let names = [
      LocalizedText("Lives here", nl: "Woont hier"), LocalizedText("Has a permit", nl: "Heeft een vergunning"),
    ]
    func source(_ names: [LocalizedText], _ language: Language) -> String {
      for case .table(let table) in section(names)?.blocks ?? [] { return table.source?[language] ?? "" }
      return ""
    }
    #expect(source(names, .english).hasPrefix("2 steps left nobody out: lives here; has a permit. Source: "))
    #expect(source(names, .dutch).hasPrefix("Bij 2 stappen viel niemand af: woont hier; heeft een vergunning. Bron: "))
    #expect(source([names[0]], .english).hasPrefix("1 step left nobody out: lives here. "))
    #expect(source([names[0]], .dutch).hasPrefix("Bij 1 stap viel niemand af: woont hier. "))
    #expect(source([], .english).hasPrefix("Source: "))
    for case .table(let table) in section(names)?.blocks ?? [] {
      #expect(
        table.rows.map(\.heading.english) == [
          "In the register", "Adult at settlement", "Except: already in paid work", "Followed",
        ])
    }
  }

  // MARK: Months

  @Test("The table of shares says of whom they are shares, and the averages of everybody come before those of groups")
  func duration() throws {
    let section = try #require(composer(InventedStudy(people: 300).study()).durationSection)
    guard case .table(let shares) = section.blocks[0], case .table(let means) = section.blocks[1] else {
      Issue.record("two tables are expected")
      return
    }
    #expect(
      shares.caption.english
        == "Where people are 12, 24 and 36 months after settlement, of every 100 of those whose 12, 24 or 36 months have passed"
    )
    #expect(
      shares.caption[.dutch]
        == "Waar mensen zijn 12, 24 en 36 maanden na huisvesting, van elke 100 van wie de 12, 24 of 36 maanden om zijn")
    #expect(shares.rows.last?.heading[.dutch] == "Mensen van wie de maanden om zijn")
    #expect(means.rows.count == 7 && means.rows.allSatisfy { $0.kind == .plain })
    #expect(
      paragraphs(section, .english) == [
        "These averages have no interval, so small differences between groups say little."
      ])
  }
}
