import Foundation
import TestSupport
import Testing

/// What the acceptance tests T1 to T17 stand on: a model, and a workspace in a temporary folder. Everybody is invented.
struct AcceptanceWorkspace {
  let folder: URL

  /// A model with one of each: number, date, a code that looks like an absent value, one that looks like a date.
  static let model = """
    meedoen: data-model/1
    id: jobs
    version: "1"
    title: Jobs
    returns-hold: everything
    code-lists:
      country: {codes: {"NA": Namibia, "NO": Norway, SY: Syria}}
      band: {codes: {"0-4": Up to four, "5-11": Five to eleven}}
    records:
      person:
        is: person
        purpose: test
        key: [id]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          town: {type: text, label: Town}
          hours: {type: number, label: Hours a week}
          started: {type: date, label: First day}
          country: {type: code, list: country, label: Country}
          band: {type: code, list: band, label: Age band}

    """
  static let header = "id,town,hours,started,country,band"

  /// With the model `jobs.yml` beside a workspace `w` of that model.
  static func make(_ body: (AcceptanceWorkspace) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let workspace = AcceptanceWorkspace(folder: folder)
      try workspace.write("jobs.yml", model)
      #expect(try workspace.run("new", "w", "--model", "jobs.yml").status == 0)
      try body(workspace)
    }
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws { try data.write(to: folder.appendingPathComponent(name)) }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// A return of rows, each as it stands in the file.
  func write(_ name: String, rows: [String]) throws {
    try write(name, ([Self.header] + rows).joined(separator: "\n") + "\n")
  }

  func run(_ arguments: String...) throws -> Meedoen.Run { try Meedoen.run(arguments: arguments, in: folder) }

  func check(_ file: String, model: String = "jobs.yml", _ more: String...) throws -> Meedoen.Run {
    try Meedoen.run(arguments: ["check", file, "--model", model, "--lang", "en"] + more, in: folder)
  }

  /// The codes of what a check found, with their cells.
  func codes(_ file: String, model: String = "jobs.yml") throws -> [String] {
    let json = try check(file, model: model, "--format", "json").json()
    return try #require(json["findings"] as? [[String: Any]]).compactMap { finding in
      (finding["code"] as? String).map { code in (finding["cell"] as? String).map { "\(code) \($0)" } ?? code }
    }
  }

  func submit(_ file: String, month: Int = 3, _ more: String...) throws -> Meedoen.Run {
    try Meedoen.run(arguments: submission(file, month: month) + more, in: folder)
  }

  /// The words of a return about a month of 2016, received on the tenth of the next.
  func submission(_ file: String, month: Int) -> [String] {
    func digits(_ month: Int) -> String { month < 10 ? "0\(month)" : "\(month)" }
    return [
      "submit", file, "--provider", "entree", "--period", "2016-\(digits(month))", "--received",
      "2016-\(digits(month + 1))-10", "-w", "w", "--lang", "en",
    ]
  }

  /// What the register holds, as one fingerprint.
  func register(asKnownOn day: String? = nil) throws -> [String: Any] {
    let day = day.map { ["--as-known-on", $0] } ?? []
    return try Meedoen.run(
      arguments: ["register", "status", "-w", "w", "--format", "json"] + day, in: folder
    ).json()
  }

  func fingerprint(asKnownOn day: String? = nil) throws -> String {
    try #require(try register(asKnownOn: day)["fingerprint"] as? String)
  }

  func returns() throws -> [[String: Any]] {
    try #require(try run("submissions", "-w", "w", "--format", "json").json()["returns"] as? [[String: Any]])
  }

  /// The first digits of the latest return.
  func latest() throws -> String {
    String(try #require(try returns().last?["fingerprint"] as? String).prefix(8))
  }

  /// The rows of the register as they are passed on, without their pseudonyms, in alphabetical order.
  func rows() throws -> [String] {
    let name = "export-\(UUID().uuidString)"
    let exported = try run(
      "export", "records", "--to", "csv", "--output", name, "-w", "w", "--accept-risk", "invented people")
    #expect(exported.status == 0, "\(exported.errors)")
    let lines = try read("\(name)/person.csv").split(whereSeparator: \.isNewline).dropFirst()
    return lines.map { String($0.drop { $0 != "," }.dropFirst()) }.sorted()
  }
}
