import Foundation
import Primitives
import Submissions

/// An invented return of the model `municipality`: for each person five rows in four files. Nobody in it exists.
///
/// The same people always have the same rows; names recur as they do among people.
struct CaseloadReturn {
  let people: Range<Int>
  /// Whether the rows stand in another order.
  var isShuffled = false
  /// Of every how many people the year of birth is put right; 0 for nobody.
  var correctedOneIn = 0

  static let rowsPerPerson = 5

  var files: [ProviderReturn.File] {
    var random = Draws(seed: UInt64(people.lowerBound) &+ 2016)
    var persons: [String] = [], settlements: [String] = [], activities: [String] = [], benefits: [String] = []
    let origins = ["SY", "ER", "AF", "IQ", "IR", "SO", "ET", "SD"]
    let grounds = ["asylum", "family-reunification", "resettlement"]
    for person in people {
      let (number, settled) = ("P\(person)", 16_000 + random.below(1000))
      let shift = correctedOneIn > 0 && person % correctedOneIn == 0 ? 1 : 0
      persons.append(
        "\(number);Given\(random.below(400));Family\(random.below(20_000));\(1950 + random.below(50) + shift);"
          + "\(random.below(2) == 0 ? "man" : "woman");\(origins[random.below(8)]);\(grounds[random.below(3)])")
      settlements.append("\(number);\(day(settled));\(day(settled - 100));\(random.below(300))")
      activities.append("\(number);education;\(day(settled + 30));\(day(settled + 200));;;;;primary")
      activities.append(
        "\(number);work;\(day(settled + 201));;\(12 + random.below(25));trade;lower;temporary;")
      benefits.append("\(number);social-assistance;\(day(settled));\(day(settled + 400))")
    }
    return [
      file("person", "person;given-name;family-name;birth-year;sex;origin;ground", persons, &random),
      file("settlement", "person;settled-on;permit-on;centre-days", settlements, &random),
      file(
        "activity", "person;kind;started-on;ended-on;hours;sector;job-level;contract;course-level", activities, &random),
      file("benefit", "person;benefit;started-on;ended-on", benefits, &random),
    ]
  }

  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in files { try file.content.write(to: URL(fileURLWithPath: folder + "/" + file.name)) }
  }

  private func day(_ number: Int) -> String { CalendarDate(daysSinceEpoch: Int32(number)).iso }

  private func file(_ record: String, _ header: String, _ rows: [String], _ random: inout Draws) -> ProviderReturn.File
  {
    var rows = rows
    if isShuffled {
      for place in stride(from: rows.count - 1, to: 0, by: -1) { rows.swapAt(place, random.below(place + 1)) }
    }
    let text = header + "\n" + rows.joined(separator: "\n") + "\n"
    return ProviderReturn.File(name: "\(record).csv", content: Data(text.utf8))
  }
}

/// Draws that are the same everywhere: SplitMix64 (Steele, Lea, Flood, 2014, doi:10.1145/2660193.2660195).
private struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
