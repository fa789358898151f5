import Foundation
import Statistics

/// Invented people followed by the month, some of whom enter a programme at one of six months.
struct MonthlyPanel {
  var person: [Int]
  var month: [Int]
  /// The month in which a person entered, 0 for never.
  var entered: [Int]
  var income: [Double]
  let months: Int
  static let cohorts = [13, 17, 21, 25, 29, 33]

  var count: Int { person.count }
  var bytes: Int { count * 32 }

  init(persons: Int, months: Int = 48, seed: UInt64 = 2017) {
    self.months = months
    var random = RandomStream(seed: seed)
    let n = persons * months
    person = [Int](repeating: 0, count: n)
    month = person
    entered = person
    income = [Double](repeating: 0, count: n)
    for p in 0..<persons {
      let own = random.normal()
      let u = random.uniform()
      let cohort = u < 0.4 ? 0 : Self.cohorts[min(5, Int((u - 0.4) * 10))]
      for t in 1...months {
        let row = p * months + t - 1
        person[row] = p + 1
        month[row] = t
        entered[row] = cohort
        let since = cohort > 0 && t >= cohort ? Double(t - cohort) : -1
        let works = random.uniform() < 0.18 + 0.05 * own + 0.004 * Double(t) + (since >= 0 ? 0.02 + 0.004 * since : 0)
        let base = 2000 + 500 * own + 25 * Double(t) + (works ? 900 : 0)
        income[row] = rounded(base + (since >= 0 ? 300 + 20 * since : 0) + 700 * random.normal(), 1)
      }
    }
  }

  /// 1 from the month of entry on.
  var inProgramme: [Double] { (0..<count).map { entered[$0] > 0 && month[$0] >= entered[$0] ? 1 : 0 } }

  func write(to path: String) {
    CSVText.write(
      to: path, header: ["person", "month", "entered", "income"], rows: count,
      cells: [
        { $1.add(person[$0]) }, { $1.add(month[$0]) }, { $1.add(entered[$0]) }, { $1.add(income[$0]) },
      ])
  }
}
