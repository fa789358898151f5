import Foundation
import TestSupport

/// A small invented programme whose model asks for every check there is, and commands run in it as a user runs them.
struct CheckedProgramme {
  static let model = """
    meedoen: data-model/1
    id: checked
    version: "1"
    title: {en: Checked, nl: Gecontroleerd}
    identifier-scope: programme
    returns-hold: everything
    cycle: {every: month, due-day: 14, time-zone: Europe/London}
    purposes:
      linkage: {title: {en: Linkage, nl: Koppelen}}
      test: {title: {en: Test, nl: Test}}
    code-lists:
      sex: {codes: [man, woman]}
      kind: {codes: ["5-11", "12-17", other]}
    records:
      person:
        is: person
        purpose: test
        key: [id]
        fields:
          id: {type: text, privacy: identifier, required: yes, max-length: 12, label: Number}
          given: {type: text, privacy: direct, purpose: linkage, label: Given name}
          family: {type: text, privacy: direct, purpose: linkage, label: Family name}
          born: {type: year, privacy: quasi, label: Born}
          sex: {type: code, list: sex, privacy: quasi, label: Sex}
          nino: {type: text, privacy: direct, format: uk-nino, unique: programme, label: National Insurance number}
          since: {type: date, label: With us since}
          help: {type: list, list: kind, min-items: 2, label: Kinds of help}
          goal: {type: text, max-length: 20, label: Goal}
          why: {type: text, required-if: born < 1950, blank-unless: born < 1950, label: Why}
      job:
        is: event
        of: person
        at: on
        purpose: test
        key: [id, on]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          on: {type: date, required: yes, label: Day}
          kind: {type: code, list: kind, label: Kind}
          wage: {type: number, label: Wage}
          hours: {type: integer, range: 0..80, label: Hours}
          contract: {type: text, label: Contract}
          paid: {type: month, label: First month paid}
          plan: {type: text, required: yes, label: Plan}
          remark: {type: text, label: Remark}
      home:
        is: spell
        of: person
        from: moved-in
        to: moved-out
        purpose: test
        key: [id, moved-in]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          moved-in: {type: date, required: yes, label: Moved in}
          moved-out: {type: date, label: Moved out}
      baseline:
        is: measurement
        of: person
        at: asked-on
        purpose: test
        key: [id, asked-on]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          asked-on: {type: date, required: yes, label: Asked on}
      survey:
        is: measurement
        of: person
        at: asked-on
        purpose: test
        key: [id, asked-on]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          asked-on: {type: date, required: yes, label: Asked on}
    rules:
      one-home:
        on: home
        no-overlap: yes
        otherwise: error
        says: Two homes at once.
      out-after-in:
        on: home
        hold: moved-out >= moved-in
        otherwise: error
        field: moved-out
        says: The end lies before the beginning.
      fewer-hours:
        on: job
        hold: hours <= 60
        otherwise: error
        says: Too many hours.
      two-jobs:
        on: job
        at-most: 2
        otherwise: error
        says: More than two jobs.
      a-home-first:
        on: job
        where: kind = other
        hold: on >= first(home).moved-in
        otherwise: error
        says: Work of this kind needs a home.
    checks:
      born: born
      steady: [person.born]
      frozen-after: 6
      compare-with-column: yes
      contract: 2020-01..2024-12
      compare-with-last-return: yes
      same-person: yes
      balances:
        housed: {title: {en: People in a home, nl: Mensen in een woning}, on: home, from: moved-in, until: moved-out}
      compare-with-others:
        women: {title: {en: Women among the people, nl: Vrouwen onder de mensen}, on: person, share: sex = woman}
    outcomes:
      work:
        title: {en: Into work, nl: Aan het werk}
        on: job
        where: wage > 0
        evidence: [contract]
        counts: 2022-01..2024-12
        needs: person.sex is given
        per-person: 1
        price: {amount: 750, currency: GBP}
    expectations:
      baseline-in-time:
        title: {en: Baseline within three months, nl: Nulmeting binnen drie maanden}
        on: person
        from: since
        expect: baseline
        within: 3 months
      still-there:
        title: {en: A baseline every year, nl: Elk jaar een nulmeting}
        on: baseline
        from: asked-on
        expect: baseline
        every: 1 year

    """

  let folder: URL

  /// - Parameter providers: lines of the workspace about its providers.
  static func inWorkspace(_ providers: String = "", _ body: (CheckedProgramme) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let programme = CheckedProgramme(folder: folder)
      try programme.write("checked.yml", model)
      try Meedoen.run("new", "w", "--model", "checked.yml", "--title", "Checked", in: folder)
      if !providers.isEmpty {
        let place = folder.appendingPathComponent("w/meedoen.yml")
        let settings = try String(contentsOf: place, encoding: .utf8)
        try Data((settings + providers).utf8).write(to: place)
      }
      try body(programme)
    }
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let place = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: place)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// What `check` says of files against the model, without a workspace.
  func check(_ files: [String: Data], _ options: String...) throws -> Meedoen.Run {
    try Meedoen.run(
      arguments: ["check"] + (try put(files)) + ["--model", "checked.yml", "--lang", "en"] + options, in: folder)
  }

  /// What `submit` says of a return that came on the tenth of the month after it.
  @discardableResult
  func submit(
    _ files: [String: String], _ period: String, of provider: String = "north", on day: String? = nil,
    _ options: String...
  ) throws -> Meedoen.Run {
    try run("submit", files, period, provider, day, options)
  }

  /// The same return as `check` sees it, with what the workspace knows.
  func checkKnown(
    _ files: [String: String], _ period: String, of provider: String = "north", on day: String? = nil,
    _ options: String...
  ) throws -> Meedoen.Run {
    try run("check", files, period, provider, day, options)
  }

  private func run(
    _ command: String, _ files: [String: String], _ period: String, _ provider: String, _ day: String?,
    _ options: [String]
  ) throws -> Meedoen.Run {
    let parts = period.split(separator: "-").compactMap { Int($0) }
    let (year, month) = parts[1] == 12 ? (parts[0] + 1, 1) : (parts[0], parts[1] + 1)
    let received = day ?? "\(year)-\(month < 10 ? "0" : "")\(month)-10"
    let paths = try put(files.mapValues { Data($0.utf8) })
    return try Meedoen.run(
      arguments: [command] + paths + [
        "--provider", provider, "--period", period, "--received", received, "-w", "w",
      ] + options, in: folder)
  }

  /// The first digits of the fingerprint of the latest return.
  func latest() throws -> String {
    let list = try Meedoen.run("submissions", "-w", "w", "--format", "json", in: folder).json()
    return String(((list["returns"] as? [[String: Any]])?.last?["fingerprint"] as? String ?? "").prefix(8))
  }

  private func put(_ files: [String: Data]) throws -> [String] {
    let place = "files-" + UUID().uuidString.prefix(8)
    for (name, data) in files { try write("\(place)/\(name)", data) }
    return files.keys.sorted().map { "\(place)/\($0)" }
  }

  /// The codes of a result, as JSON has them.
  static func codes(_ run: Meedoen.Run) throws -> Set<String> {
    Set(try findings(run).compactMap { $0["code"] as? String })
  }

  static func findings(_ run: Meedoen.Run) throws -> [[String: Any]] {
    let json = try run.json()
    let check =
      json["findings"] == nil
      ? (json["returns"] as? [[String: Any]])?.first?["check"] as? [String: Any] ?? [:] : json
    if let code = json["code"] as? String, check.isEmpty { return [["code": code]] }
    return check["findings"] as? [[String: Any]] ?? []
  }
}
