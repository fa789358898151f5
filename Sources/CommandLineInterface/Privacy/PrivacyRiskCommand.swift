import ArgumentParser
import Primitives
import Workspaces

struct PrivacyRiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "How far people could be recognised in rows that leave the register.",
    discussion: """
      Examples: meedoen privacy risk
                meedoen privacy risk --k 5 --quasi birth-year --quasi sex --sensitive origin
      Exit code 0: every group has at least k people and l values. 1: some have fewer.
      The numbers are for staff: they are not protected, and not to be published.
      """)

  @Option(name: .customLong("k"), help: "The least number of people who are alike.")
  var people = 10

  @Option(name: .customLong("l"), help: "The least number of different sensitive values among people who are alike.")
  var values = 2

  @Option(help: "A field that others may know, such as person.birth-year. Without it, all that the model calls quasi.")
  var quasi: [String] = []

  @Option(help: "A field that can harm. Without it, all that the model calls sensitive.")
  var sensitive: [String] = []

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if people < 1 || values < 1 { throw ValidationError("--k and --l are at least 1.") }
  }

  func run() throws {
    var request = RiskRequest()
    request.k = people
    request.l = values
    request.quasi = quasi
    request.sensitive = sensitive
    let wanted = request
    let risk = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).reidentificationRisk(wanted, asKnownOn: asKnownOn)
    }
    switch output.format {
    case .json: try sayJSON(risk)
    case .text: say(text(risk, output.language))
    }
    try finish(risk.isMet ? 0 : 1)
  }

  private func text(_ risk: RiskResult, _ language: Language) -> String {
    let dutch = language == .dutch
    func count(_ number: Int) -> String { language.number(number) }
    var lines = [
      risk.isMet
        ? (dutch
          ? "Iedereen lijkt op minstens \(risk.k - 1) anderen." : "Everybody is like at least \(risk.k - 1) others.")
        : (dutch
          ? "Niet iedereen gaat op in de groep: zo mogen rijen het register niet uit."
          : "Not everybody is hidden among others: rows should not leave the register like this.")
    ]
    var table = TextTable([.left, .right])
    table.add(dutch ? "mensen" : "people", count(risk.people))
    table.add(dutch ? "groepen die op elkaar lijken" : "groups of people who are alike", count(risk.classes))
    table.add(dutch ? "kleinste groep (k)" : "smallest group (k)", count(risk.smallestClass))
    table.add(dutch ? "mensen die alleen staan" : "people who stand alone", count(risk.singledOut))
    table.add(
      dutch ? "mensen in groepen onder \(risk.k)" : "people in groups below \(risk.k)", count(risk.peopleBelow))
    table.add(
      dutch ? "gemiddelde kans op herkenning" : "mean chance of recognition",
      language.number(risk.meanRisk * 100, decimals: 1) + "%")
    lines += table.lines()
    if !risk.quasi.isEmpty {
      var table = TextTable([.left, .right, .right])
      table.add(
        dutch ? "veld dat anderen kunnen kennen" : "field that others may know", dutch ? "waarden" : "values",
        dutch ? "geholpen zonder" : "helped without")
      for field in risk.quasi { table.add(field.field, count(field.values), count(field.peopleHelpedWithout)) }
      lines += table.lines()
    }
    if !risk.sensitive.isEmpty {
      var table = TextTable([.left, .right, .right])
      table.add(
        dutch ? "veld dat kan schaden" : "field that can harm", dutch ? "kleinste (l)" : "smallest (l)",
        dutch ? "mensen onder \(risk.l)" : "people below \(risk.l)")
      for field in risk.sensitive { table.add(field.field, count(field.smallest), count(field.peopleBelow)) }
      lines += table.lines()
    }
    if !risk.notLookedAt.isEmpty {
      lines.append(
        (dutch
          ? "Niet bekeken, want een persoon kan er meer van hebben: "
          : "Not looked at, for a person can have several: ") + risk.notLookedAt.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }
}
