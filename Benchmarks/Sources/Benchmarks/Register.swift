import Foundation
import Statistics

/// A column of groups.
struct Groups {
  var codes: [Int32]
  let levels: [String]

  func term(_ name: String) -> ModelMatrix.Term { .factor(name, codes: codes, levels: levels, reference: 0) }
}

/// An invented register of newcomers: fifteen covariates, where they live, whether they took part in a programme, when
/// they found work or left, and what they earned. Nobody in it exists.
struct Register {
  /// Ten columns of numbers.
  var numbers: [(name: String, values: [Double])]
  /// Five columns of groups: with a reference each they give 20 (language, origin, ground) and 24 more columns.
  var groups: [(name: String, groups: Groups)]
  var municipality: Groups
  var treated: [Double]
  /// Days to the first of work (1) and departure (2); 0 where neither was seen.
  var days: [Double]
  var cause: [Int]
  var income: [Double]

  var count: Int { days.count }
  /// What the columns take as arrays in memory.
  var bytes: Int { count * (8 * (numbers.count + 4) + 4 * (groups.count + 1)) }

  static let languageLevels = ["A0", "A1", "A2", "B1", "B2", "C1", "C2"]

  init(rows n: Int, seed: UInt64 = 2016) {
    var random = RandomStream(seed: seed)
    func column() -> [Double] { [Double](repeating: 0, count: n) }
    func codes() -> [Int32] { [Int32](repeating: 0, count: n) }
    var age = column(), woman = column(), schooling = column(), household = column(), earlier = column()
    var months = column(), experience = column(), wellbeing = column(), digital = column(), city = column()
    var language = codes(), origin = codes(), ground = codes(), region = codes(), housing = codes(), place = codes()
    treated = column()
    days = column()
    income = column()
    cause = [Int](repeating: 0, count: n)
    let origins = fallingShares(12, power: 0.8), grounds = fallingShares(4, power: 1.1)
    let regions = fallingShares(21, power: 0.6), housings = fallingShares(5, power: 1)
    let places = (0..<294).map { _ in 0.25 * random.normal() }
    for i in 0..<n {
      age[i] = (18 + 46 * pow(random.uniform(), 1.7)).rounded()
      woman[i] = random.uniform() < 0.47 ? 1 : 0
      schooling[i] = min(20, max(0, (9.5 + 3.8 * random.normal()).rounded()))
      household[i] = min(9, 1 + (random.exponential() * 1.6).rounded(.down))
      earlier[i] = random.uniform() < 0.55 ? 0 : rounded(exp(7 + 0.8 * random.normal()), 2)
      months[i] = rounded(9 * (random.exponential() + random.exponential()), 1)
      experience[i] = rounded(max(0, age[i] - 18) * random.uniform(), 1)
      wellbeing[i] = rounded(min(100, max(0, 70 + 14 * random.normal())), 1)
      digital[i] = rounded(min(100, max(0, 50 + 20 * random.normal() + schooling[i] - 0.4 * (age[i] - 33))), 1)
      city[i] = random.uniform() < 0.62 ? 1 : 0
      let skill = 1 + 0.12 * schooling[i] + 0.03 * months[i] - 0.02 * (age[i] - 33) + random.normal()
      language[i] = Int32(min(6, max(0, skill.rounded())))
      origin[i] = Int32(random.pick(origins))
      ground[i] = Int32(random.pick(grounds))
      region[i] = Int32(random.pick(regions))
      housing[i] = Int32(random.pick(housings))
      place[i] = region[i] * 14 + Int32(min(13, 14 * pow(random.uniform(), 1.6)))
      let local = places[Int(place[i])]
      let descent = 0.35 - 0.06 * Double(origin[i])

      let lean =
        -1.2 + 0.015 * (35 - age[i]) + 0.05 * (schooling[i] - 9.5) + 0.12 * (Double(language[i]) - 2.5)
        + 0.25 * city[i] + 0.01 * (digital[i] - 50) - 0.06 * household[i] + 0.5 * descent + 0.5 * local
      treated[i] = random.uniform() < 1 / (1 + exp(-lean)) ? 1 : 0
      let drive =
        -0.012 * (age[i] - 33) + 0.045 * (schooling[i] - 9.5) + 0.17 * (Double(language[i]) - 2.5)
        + 0.006 * (wellbeing[i] - 70) + 0.008 * (digital[i] - 50) - 0.2 * woman[i] - 0.05 * household[i]
        + 0.02 * experience[i] + descent + local + 0.3 * treated[i]
      let work = 1500 * pow(random.exponential(), 1 / 1.15) * exp(-drive / 1.15)
      let departure = 7000 * random.exponential() * exp(-0.1 * Double(ground[i]))
      let end = random.uniform() < 0.18 ? min(1825, 30 + 1795 * random.uniform()) : 1825
      let first = min(work, departure, end)
      days[i] = max(1, first.rounded(.up))
      cause[i] = first == work ? 1 : first == departure ? 2 : 0
      income[i] = rounded(max(0, 9000 + 5200 * drive + 1500 * treated[i] + 5200 * random.normal()), 2)
    }
    func labels(_ prefix: String, _ count: Int) -> [String] {
      (0..<count).map { prefix + ($0 < 10 ? "00" : $0 < 100 ? "0" : "") + String($0) }
    }
    numbers = [
      ("age", age), ("woman", woman), ("schooling", schooling), ("household", household), ("earlier", earlier),
      ("months", months), ("experience", experience), ("wellbeing", wellbeing), ("digital", digital), ("city", city),
    ]
    groups = [
      ("language", Groups(codes: language, levels: Self.languageLevels)),
      ("origin", Groups(codes: origin, levels: labels("O", 12))),
      ("ground", Groups(codes: ground, levels: labels("G", 4))),
      ("region", Groups(codes: region, levels: labels("R", 21))),
      ("housing", Groups(codes: housing, levels: labels("H", 5))),
    ]
    municipality = Groups(codes: place, levels: labels("M", 294))
  }

  /// The ten numbers and the first three groups: 30 columns.
  var thirty: [ModelMatrix.Term] {
    numbers.map { .numeric($0.name, $0.values) } + groups.prefix(3).map { $0.groups.term($0.name) }
  }

  /// All fifteen covariates: 54 columns.
  var fifteen: [ModelMatrix.Term] {
    numbers.map { .numeric($0.name, $0.values) } + groups.map { $0.groups.term($0.name) }
  }

  var treatment: ModelMatrix.Term { .numeric("treated", treated) }
  var isTreated: [Bool] { treated.map { $0 == 1 } }
  var clusters: Clusters { Clusters(labels: municipality.codes.map { Int($0) }) }

  func write(to path: String) {
    let number = numbers.map { values in { (row: Int, text: inout CSVText) in text.add(values.values[row]) } }
    let group = (groups + [("municipality", municipality)]).map { column in
      { (row: Int, text: inout CSVText) in text.add(column.groups.levels[Int(column.groups.codes[row])]) }
    }
    let rest: [(Int, inout CSVText) -> Void] = [
      { $1.add(treated[$0]) }, { $1.add(days[$0]) }, { $1.add(cause[$0]) }, { $1.add(income[$0]) },
    ]
    CSVText.write(
      to: path,
      header: ["id"] + numbers.map(\.name) + groups.map(\.name)
        + ["municipality", "treated", "days", "cause", "income"], rows: count,
      cells: [{ $1.add($0 + 1) }] + number + group + rest)
  }
}

func rounded(_ value: Double, _ decimals: Int) -> Double {
  let scale = decimals == 1 ? 10.0 : 100.0
  return (value * scale).rounded() / scale
}
