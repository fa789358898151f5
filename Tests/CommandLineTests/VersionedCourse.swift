import Foundation
import TestSupport
import Testing

/// A small invented programme, of whose model there are two versions: fields and codes renamed, split, merged, retired.
struct VersionedCourse {
  let folder: URL

  /// A workspace `w` of the first version, with a return about September 2016 of sixty people, a third of them at work.
  init(in folder: URL, workspace settings: String? = nil) throws {
    self.folder = folder
    try write("v1.yml", Self.model(version: "2016.1", lists: Self.oldLists, person: Self.oldPerson, kind: Self.oldKind))
    try write("v2.yml", Self.model(version: "2016.2", lists: Self.newLists, person: Self.newPerson, kind: Self.newKind))
    try write("plan.yml", Self.plan)
    let people = (0..<60).map { "P\($0)" }
    try write(
      "sep/person.csv",
      "person,surname,area,mobile,phone,remark\n"
        + people.map { "\($0),Name\($0.dropFirst()),\($0 == "P1" ? "harbour" : "north"),,home,seen\n" }.joined())
    try write("sep/enrolment.csv", "person,enrolled-on\n" + people.map { "\($0),2016-01-10\n" }.joined())
    try write(
      "sep/activity.csv",
      "person,started-on,ended-on,kind,hours\n"
        + (0..<20).map { "P\($0),2016-03-10,,\($0 % 2 == 0 ? "full" : "part"),30\n" }.joined())
    #expect(try Meedoen.run("new", "w", "--model", "v1.yml", in: folder).status == 0)
    if let settings {
      let file = folder.appendingPathComponent("w/meedoen.yml")
      try Data((try String(contentsOf: file, encoding: .utf8) + settings).utf8).write(to: file)
    }
  }

  func write(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @discardableResult
  func meedoen(_ arguments: String..., language: String = "en") throws -> Meedoen.Run {
    try Meedoen.run(arguments: arguments + ["-w", "w", "--lang", language], in: folder)
  }

  @discardableResult
  func submit(_ path: String, _ period: String, _ day: String, _ more: String...) throws -> Meedoen.Run {
    try Meedoen.run(
      arguments: [
        "submit", path, "--provider", "Reed", "--period", period, "--received", day, "-w", "w", "--lang", "en",
      ] + more, in: folder)
  }

  static func model(version: String, lists: String, person: String, kind: String) -> String {
    """
    meedoen: data-model/1
    id: course
    version: "\(version)"
    title: Course
    keep: 10 years after receipt
    code-lists:
    \(lists)
    records:
      person:
        is: person
        key: [person]
        purpose: follow-up
        retired: [\(version == "2016.1" ? "" : "remark")]
        fields:
          person: {type: text, privacy: identifier, required: yes, max-length: 12, label: Number}
    \(person)
      enrolment:
        is: event
        of: person
        at: enrolled-on
        key: [person]
        purpose: follow-up
        fields:
          person: {type: text, privacy: identifier, required: yes, max-length: 12, label: Number}
          enrolled-on: {type: date, required: yes, label: Enrolled on}
      activity:
        is: spell
        of: person
        from: started-on
        to: ended-on
        key: [person, started-on]
        purpose: follow-up
        fields:
          person: {type: text, privacy: identifier, required: yes, max-length: 12, label: Number}
          started-on: {type: date, required: yes, label: Started on}
          ended-on: {type: date, label: Ended on}
    \(kind)

    """
  }

  static let oldLists = """
      kind: {codes: {full: Full-time work, part: Part-time work, study: Study}}
      area: {codes: [north, south, harbour]}
    """
  static let newLists = """
      activity: {codes: {work: Work, study: Study}}
      extent: {codes: {whole: Whole week, half: Part of the week}}
      area:
        codes: [centre, south, docks-east, docks-west]
        replaces: {north: centre}
        retired: {harbour: Harbour (until October)}
        split: {harbour: [docks-east, docks-west]}
    """
  static let oldPerson = """
          surname: {type: text, privacy: direct, purpose: linkage, label: Surname}
          area: {type: code, list: area, label: Area}
          mobile: {type: text, label: Mobile}
          phone: {type: text, label: Phone}
          remark: {type: text, keep: 1 years after receipt, label: Remark}
    """
  static let newPerson = """
          family-name: {type: text, privacy: direct, purpose: linkage, replaces: surname, label: Family name}
          area: {type: code, list: area, label: Area}
          reachable-by: {type: text, replaces: [mobile, phone], label: Reachable by}
    """
  static let oldKind = """
          kind: {type: code, list: kind, required: yes, label: Kind}
          hours: {type: number, range: 0..40, label: Hours}
    """
  static let newKind = """
          activity: {type: code, list: activity, required: yes, replaces: {field: kind, codes: {full: work, part: work}}, label: Activity}
          extent: {type: code, list: extent, replaces: {field: kind, codes: {full: whole, part: half}}, label: Extent}
          hours-a-week: {type: number, range: 0..60, replaces: hours, label: Hours a week}
    """

  static let plan = """
    meedoen: study-plan/1
    id: into-work
    version: "1"
    title: Into work
    question: Who finds work?
    model: course
    cohort:
      name: Everybody who enrolled
      time-zero: enrolment.enrolled-on
      time-zero-name: enrolment
      follow: {months: 9, until: 2016-10-31}
    states:
      work: {name: Work, when: activity(activity = work)}
      none: {name: None of these, otherwise: yes}
    outcomes:
      into-work:
        name: Into work
        causes:
          work: {first: work}
    report: {languages: [en], small-cells: {threshold: 10, round-to: 5}, every: quarter, marks: [6]}

    """
}
