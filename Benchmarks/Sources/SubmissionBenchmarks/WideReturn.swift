import DataModels
import Foundation
import Primitives
import TableFiles
import ShippedModels

/// An invented return of the fund's model: a row for each person, with every record of the model beside each other.
///
/// The people and their texts are invented. A share of the cells is wrong in the ways that happen: a code spelled
/// otherwise, a date that is none, a word where a number belongs, a needed cell left empty, a day in another year.
struct WideReturn {
  let model: DataModel
  let rows: Int
  let wrongPerMillion: Int
  /// The columns: the place of the record and of the field.
  let columns: [(record: Int, field: Int)]
  private let codes: [[String]]

  init(rows: Int, wrongPerMillion: Int) throws {
    model = try DataModel(yaml: ShippedModels.all.first { $0.name == "rtof" }!.yaml, file: "rtof.yml")
    self.rows = rows
    self.wrongPerMillion = wrongPerMillion
    let model = model
    columns = model.records.indices.flatMap { r in
      model.records[r].fields.indices.filter { r == 0 || model.records[r].fields[$0].id != model.personField }
        .map { (r, $0) }
    }
    codes = columns.map { column in
      let field = model.records[column.record].fields[column.field]
      return field.type.codeList.flatMap(model.codeList)?.codes.map(\.code) ?? []
    }
  }

  var headers: [String] {
    columns.map { column in
      let field = model.records[column.record].fields[column.field].id
      return field == model.personField ? field : model.records[column.record].id + "." + field
    }
  }

  // MARK: Writing

  func writeText(to path: String) throws {
    FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileWriteUnknown) }
    var bytes = Array((headers.joined(separator: ",") + "\n").utf8)
    for index in 0..<rows {
      for (place, cell) in row(index).enumerated() {
        if place > 0 { bytes.append(0x2C) }
        let text = cell.text
        if text.utf8.contains(0x2C) {
          bytes.append(0x22)
          bytes.append(contentsOf: text.utf8)
          bytes.append(0x22)
        } else {
          bytes.append(contentsOf: text.utf8)
        }
      }
      bytes.append(0x0A)
      if bytes.count > 1 << 22 {
        file.write(Data(bytes))
        bytes.removeAll(keepingCapacity: true)
      }
    }
    file.write(Data(bytes))
    try file.close()
  }

  func writeWorkbook(to path: String) throws {
    let sheet = WorkbookSheet(name: "return", headers: headers, rows: (0..<rows).map { row($0) })
    try WorkbookWriter(sheets: [sheet]).data().write(to: URL(fileURLWithPath: path))
  }

  /// The columns as a Table Schema, for the peers. What is needed in a record is not needed where a person has no such
  /// record, so only the person's own columns are required.
  func writeSchema(to path: String) throws {
    let fields: [[String: Any]] = zip(columns, headers).enumerated().map { place, column in
      let field = model.records[column.0.record].fields[column.0.field]
      var constraints: [String: Any] = [:]
      if column.0.record == 0, field.isRequired { constraints["required"] = true }
      if case .code = field.type { constraints["enum"] = codes[place] }
      if let most = field.maximumLength { constraints["maxLength"] = most }
      let type: String
      switch field.type {
      case .integer: type = "integer"
      case .number: type = "number"
      case .date: type = "date"
      case .month: type = "yearmonth"
      case .year: type = "year"
      default: type = "string"
      }
      if field.format == .ukNationalInsuranceNumber {
        constraints["pattern"] = "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]"
        constraints["unique"] = true
      }
      return ["name": column.1, "type": type, "constraints": constraints]
    }
    let schema: [String: Any] = ["fields": fields, "primaryKey": [model.personField], "missingValues": [""]]
    try JSONSerialization.data(withJSONObject: schema, options: [.sortedKeys, .prettyPrinted])
      .write(to: URL(fileURLWithPath: path))
  }

  // MARK: Inventing

  private static let beginnings = [
    "Ama", "Bela", "Dari", "Ene", "Faro", "Hada", "Ili", "Kana", "Lomi", "Mira", "Nesa", "Tola",
  ]
  private static let endings = ["bi", "dan", "fer", "ka", "lin", "mo", "na", "ri", "sha", "tek", "vo", "zan"]
  private static let occupations = [
    "cook", "nurse", "driver", "teacher", "welder", "tailor", "farmer", "plumber", "carpenter", "shop assistant",
    "warehouse worker", "care assistant", "electrician", "accountant", "software developer", "cleaner", "mechanic",
    "translator", "pharmacist", "civil engineer", "hairdresser", "baker", "security guard", "office assistant",
  ]
  private static let sectors = [
    "hospitality", "health", "transport", "education", "manufacturing", "agriculture", "construction", "retail",
    "social care", "finance", "information technology", "public services",
  ]
  private static let working: Set<String> = ["PC", "TC", "ZHC", "CIH", "SE"]

  /// The cells of one person, the same for a seed whatever rows are written.
  func row(_ index: Int) -> [RawCell] {
    var draw = SeededGenerator(seed: 2022, stream: UInt64(index))
    func below(_ count: Int) -> Int { Int(draw.next() >> 33) % count }
    func among(_ list: [String]) -> String { list[below(list.count)] }
    let shares = [
      "person": 1, "baseline": 0.98, "housing_entry": 0.6, "housing_sustain": 0.4, "integration_plan": 0.85,
      "employment_intermediate": 0.5, "employment_entry": 0.35, "employment_sustain": 0.2, "date_last_seen": 0.15,
    ]
    var present = Set(shares.keys.sorted().filter { draw.uniform() < shares[$0]! })
    if !present.contains("housing_entry") { present.remove("housing_sustain") }
    if !present.contains("employment_entry") { present.remove("employment_sustain") }
    let enrolled = CalendarMonth(year: 2021, month: 9)!.adding(months: below(20))
    let granted = enrolled.adding(months: -below(9))
    let firstDay = enrolled.firstDay.adding(days: 31)
    let housed = firstDay.adding(days: below(150))
    let stepped = firstDay.adding(days: 20 + below(60))
    let employed = firstDay.adding(days: 100 + below(200))
    let dependants = below(3) == 0
    let worked = below(4) > 0
    let situation = among(["ULA", "UNLA", "PC", "TC", "SE"])
    let kind = below(5) == 0 ? "Self-employment" : "Employment"
    let status = kind == "Employment" ? among(["PC", "TC", "ZHC"]) : "SE"
    let homeless = below(12) == 0
    let number = String(index + 1)
    let unique = "FN" + String(repeating: "0", count: max(0, 8 - number.utf8.count)) + number
    var cells: [RawCell] = []
    cells.reserveCapacity(columns.count)
    for (place, column) in columns.enumerated() {
      let record = model.records[column.record]
      let field = record.fields[column.field]
      guard present.contains(record.id) else {
        cells.append(.empty)
        continue
      }
      var cell: RawCell
      switch field.id {
      case "unique_id": cell = .text(unique)
      case "first_name", "last_name": cell = .text(among(Self.beginnings) + among(Self.endings))
      case "year_of_birth": cell = .number(Double(1956 + below(46)))
      case "date_started_service": cell = .text(enrolled.iso)
      case "ni_number":
        let prefix =
          String(UnicodeScalar(UInt8(0x41 + index / 4_000_000 % 3))) + ["A", "B", "C", "E"][index / 1_000_000 % 4]
        let digits = String(index % 1_000_000)
        cell = .text(prefix + String(repeating: "0", count: 6 - digits.utf8.count) + digits + "A")
      case "nationality": cell = .text(among(["AF", "ER", "IR", "IQ", "SD", "SY", "SO", "ET", "NA", "VN"]))
      case "date_arrived_in_uk": cell = .text(granted.adding(months: -1 - below(24)).iso)
      case "date_asylum_status_granted": cell = .text(granted.iso)
      case "current_dependants_uk": cell = .text(dependants ? "Yes" : "No")
      case "number_u18_HH": cell = .number(Double(dependants ? 1 + below(4) : 0))
      case "number_over_18_HH": cell = .number(Double(1 + below(3)))
      case "age_profile_of_dependants_uk":
        cell = dependants ? .text(among(["0-4", "0-4,5-11", "5-11", "5-11,12-17"])) : .empty
      case "highest_qualification_achieved":
        cell = .text(codes[place].filter { $0 != "Unknown" }[below(codes[place].count - 1)])
      case "age_finished_study": cell = .empty
      case "employed_in_home_country": cell = .text(worked ? "Yes" : "No")
      case "occupation_type": cell = worked ? .text(among(Self.occupations)) : .empty
      case "occupation_sector": cell = worked ? .text(among(Self.sectors)) : .empty
      case "occupation_goal", "employment_entry_occupation", "employment_sustain_occupation":
        cell = .text(among(Self.occupations))
      case "employment_entry_sector", "employment_sustain_sector": cell = .text(among(Self.sectors))
      case "prior_employment": cell = .text(Self.working.contains(situation) ? "Yes" : among(["Yes", "No"]))
      case "employment_status": cell = .text(situation)
      case "hours_of_employment": cell = Self.working.contains(situation) ? .text(among(codes[place])) : .empty
      case "wage_baseline": cell = Self.working.contains(situation) ? .number(Double(9 + below(12))) : .empty
      case "housing_baseline_accommodation":
        let homes = codes[place].filter { $0.hasPrefix("Homeless") == homeless }
        cell = .text(among(homes))
      case "homelessness_baseline": cell = homeless ? .text(among(codes[place])) : .empty
      case "housing_entry_date": cell = .date(housed)
      case "housing_sustainment_date": cell = .date(housed.adding(days: 185 + below(30)))
      case "integration_outcome_type": cell = .text("Creation")
      case "integration_outcome_achieved_date": cell = .date(firstDay.adding(days: below(30)))
      case "date_intermediate_employment_outcome": cell = .date(stepped)
      case "intermediate_employment_outcome_type":
        let first = below(codes[place].count - 2)
        cell = .text(codes[place][first..<first + 3].joined(separator: ","))
      case "employment_entry_outcome_type": cell = .text(kind)
      case "date_employment_entry": cell = .date(employed)
      case "primary_employment_entry_status", "employment_sustain_status": cell = .text(status)
      case "secondary_employment_entry_status": cell = .empty
      case "wage_employment_entry", "wage_employment_sustain": cell = .number(Double(10 + below(12)))
      case "employment_sustainment_date": cell = .date(employed.adding(days: 95 + below(30)))
      case "date_last_seen": cell = .date(firstDay.adding(days: 620 + below(60)))
      case "reason_for_disengagement":
        cell = below(2) == 0 ? .empty : .text(among(["moved away", "found work", "no reply to letters"]))
      default:
        if field.id.hasPrefix("provider_id") {
          cell = .text("Provider " + String(1 + index % 12))
        } else if !codes[place].isEmpty {
          cell = .text(among(codes[place]))
        } else {
          cell = .empty
        }
      }
      if field.id != model.personField, cell != .empty, Int(draw.next() >> 33) % 1_000_000 < wrongPerMillion {
        cell = wrong(cell, field, &draw)
      }
      cells.append(cell)
    }
    return cells
  }

  private func wrong(_ cell: RawCell, _ field: Field, _ draw: inout SeededGenerator) -> RawCell {
    let kind = Int(draw.next() >> 33) % 3
    switch (field.type, kind) {
    case (_, 0): return .empty
    case (.date, 1): return .text(cell.text.split(separator: "-").reversed().joined(separator: "/"))
    case (.date, _):
      guard case .date(let day) = cell else { return cell }
      return .date(day.adding(days: -730))
    case (.integer, 1), (.year, 1): return .text("about " + cell.text)
    case (.integer, _): return .number(-1)
    case (.year, _): return .number(1890)
    case (.month, _): return .text("March 2022")
    case (.code, 1): return .text(cell.text.lowercased() + " ")
    case (.code, _): return .text("unknown")
    default: return .text("?")
    }
  }
}
