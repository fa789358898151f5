/// The records of the data model `municipality`, with the columns that the senders write.
///
/// A test holds them against the model: names, types, required fields and keys.
enum MunicipalRecord: Int, CaseIterable, Sendable {
  case person, settlement, household, caseManager, contact, intake, plan, route, instrument, languageTest, activity
  case benefit, exam, exit

  var id: String {
    switch self {
    case .caseManager: "case-manager"
    case .languageTest: "language-test"
    case .person: "person"
    case .settlement: "settlement"
    case .household: "household"
    case .contact: "contact"
    case .intake: "intake"
    case .plan: "plan"
    case .route: "route"
    case .instrument: "instrument"
    case .activity: "activity"
    case .benefit: "benefit"
    case .exam: "exam"
    case .exit: "exit"
    }
  }

  var columns: [ReturnColumn] { Self.allColumns[rawValue] }

  private static let allColumns: [[ReturnColumn]] = allCases.map { record in
    let person = ReturnColumn("person", .identifier, required: true, key: true)
    func date(_ name: String, required: Bool = true, key: Bool = false) -> ReturnColumn {
      ReturnColumn(name, .date, required: required, key: key)
    }
    func code(_ name: String, required: Bool = true, key: Bool = false) -> ReturnColumn {
      ReturnColumn(name, .code, required: required, key: key)
    }
    func number(_ name: String, above highest: Int, required: Bool = false) -> ReturnColumn {
      ReturnColumn(name, .number, required: required, highest: highest)
    }
    switch record {
    case .person:
      return [
        person, ReturnColumn("given-name", .name), ReturnColumn("family-name", .name),
        ReturnColumn("birth-year", .year, required: true, highest: 2012), code("sex"), code("origin"), code("ground"),
      ]
    case .settlement:
      return [person, date("settled-on"), date("permit-on", required: false), number("centre-days", above: 3000)]
    case .household:
      return [person, date("noted-on", key: true), code("composition"), number("children", above: 15, required: true)]
    case .caseManager:
      return [
        person, ReturnColumn("manager", .name, required: true, key: true), code("team"), date("assigned-on", key: true),
        date("released-on", required: false),
      ]
    case .contact:
      return [
        person, date("contact-on", key: true), code("form", key: true), code("attended"),
        ReturnColumn("minutes", .number),
      ]
    case .intake:
      return [
        person, date("intake-on"), code("education-level"), number("school-years", above: 25), code("latin-script"),
        number("work-years", above: 50), code("learnability"), code("health"), ReturnColumn("goals", .list),
      ]
    case .plan:
      return [
        person, date("agreed-on", key: true), code("stage"), code("advised-route"), number("weekly-hours", above: 40),
      ]
    case .route:
      return [
        person, code("route"), date("started-on", key: true), date("ended-on", required: false),
        code("ending", required: false),
      ]
    case .instrument:
      return [
        person, code("type"), code("instrument", key: true), date("started-on", key: true),
        date("ended-on", required: false), number("weekly-hours", above: 40), code("ending", required: false),
      ]
    case .languageTest:
      return [person, date("tested-on", key: true), code("skill", key: true), code("level")]
    case .activity:
      return [
        person, code("kind", key: true), date("started-on", key: true), date("ended-on", required: false),
        number("hours", above: 80), code("sector", required: false), code("job-level", required: false),
        code("contract", required: false), code("course-level", required: false),
      ]
    case .benefit:
      return [
        person, code("benefit", key: true), date("started-on", key: true), date("ended-on", required: false),
      ]
    case .exam:
      return [person, date("taken-on", key: true), code("level", required: false), code("result")]
    case .exit:
      return [person, date("left-on"), code("reason")]
    }
  }
}

/// One column of a file.
struct ReturnColumn: Sendable {
  enum Kind: Sendable { case identifier, name, code, date, number, year, list }

  var name: String
  var kind: Kind
  var isRequired: Bool
  var isKey: Bool
  /// The highest number the model allows.
  var highest: Int?

  init(_ name: String, _ kind: Kind, required: Bool = false, key: Bool = false, highest: Int? = nil) {
    self.name = name
    self.kind = kind
    isRequired = required
    isKey = key
    self.highest = highest
  }
}
