/// How far people in a table can be singled out by what others may know of them, and what can be told of them then.
///
/// People with the same values in the quasi-identifiers form a class. The table is **k-anonymous** when every class has
/// at least k people (Samarati and Sweeney, 1998; Sweeney, 2002, doi:10.1142/S0218488502001648). It is **l-diverse** for
/// a sensitive field when the people of every class have at least l different values of it (distinct l-diversity;
/// Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam, 2007, doi:10.1145/1217299.1217302). A missing value is a value
/// of its own: that nothing was filled in can be known too.
///
/// The risk of a person is 1 divided by the size of their class: the chance with which somebody who knows the
/// quasi-identifiers, and that the person is in the table, points to the right row (the prosecutor's risk; El Emam and
/// Dankar, 2008, doi:10.1197/jamia.M2716).
public struct ReidentificationRisk: Hashable, Sendable {
  /// What a quasi-identifier adds.
  public struct Contribution: Hashable, Sendable {
    /// The place of the quasi-identifier.
    public let field: Int
    /// How many different values it has.
    public let values: Int
    /// People in classes below k that would be in large enough ones without it.
    public let peopleHelpedWithout: Int
  }

  /// What classes tell of a sensitive field.
  public struct Diversity: Hashable, Sendable {
    public let field: Int
    /// The smallest number of different values in a class; 0 when there is nobody.
    public let smallest: Int
    /// People in classes with fewer than l values.
    public let peopleBelow: Int
    public let classesBelow: Int
  }

  public let people: Int
  public let classes: Int
  /// The size of the smallest class: the k that the table has; 0 when there is nobody.
  public let smallestClass: Int
  public let k: Int
  public let l: Int
  /// People who are alone in their class.
  public let singledOut: Int
  /// People in classes with fewer than k people.
  public let peopleBelow: Int
  public let classesBelow: Int
  /// The mean of the people's risks: classes divided by people.
  public let meanRisk: Double
  /// For each size that occurs, how many classes have it.
  public let classSizes: [Int: Int]
  public let contributions: [Contribution]
  public let diversity: [Diversity]

  /// Whether every class has at least k people, and at least l values of each sensitive field.
  public var isMet: Bool { peopleBelow == 0 && diversity.allSatisfy { $0.peopleBelow == 0 } }

  /// - Parameters:
  ///   - quasi: for each quasi-identifier, a number for the value of each person.
  ///   - sensitive: the same for each sensitive field.
  ///   - people: how many there are; every list has as many numbers.
  /// - Precondition: k and l are at least 1.
  public init(quasi: [[Int32]], sensitive: [[Int32]], people: Int, k: Int, l: Int) {
    precondition(k >= 1 && l >= 1, "k and l are at least 1")
    precondition((quasi + sensitive).allSatisfy { $0.count == people }, "one value for each person")
    let classOf = Self.classes(quasi, people: people)
    let sizes = Self.sizes(classOf)
    self.people = people
    self.k = k
    self.l = l
    classes = sizes.count
    smallestClass = sizes.min() ?? 0
    singledOut = sizes.count { $0 == 1 }
    classesBelow = sizes.count { $0 < k }
    let below = sizes.filter { $0 < k }.reduce(0, +)
    peopleBelow = below
    meanRisk = people == 0 ? 0 : Double(sizes.count) / Double(people)
    classSizes = Dictionary(sizes.map { ($0, 1) }, uniquingKeysWith: +)
    contributions = quasi.indices.map { field in
      var others = quasi
      let values = Set(others.remove(at: field)).count
      let without = Self.sizes(Self.classes(others, people: people)).filter { $0 < k }.reduce(0, +)
      return Contribution(field: field, values: values, peopleHelpedWithout: below - without)
    }
    diversity = sensitive.indices.map { field in
      var values = Array(repeating: Set<Int32>(), count: sizes.count)
      for person in 0..<people { values[Int(classOf[person])].insert(sensitive[field][person]) }
      let low = values.indices.filter { values[$0].count < l }
      return Diversity(
        field: field, smallest: values.map(\.count).min() ?? 0, peopleBelow: low.reduce(0) { $0 + sizes[$1] },
        classesBelow: low.count)
    }
  }

  /// The number of each person's class, from 0 in the order in which they first occur.
  private static func classes(_ quasi: [[Int32]], people: Int) -> [Int32] {
    var current = [Int32](repeating: 0, count: people)
    // One field after the other: a pair of numbers is all that has to be told apart at a time.
    for field in quasi {
      var numbers: [UInt64: Int32] = [:]
      for person in 0..<people {
        let pair = UInt64(UInt32(bitPattern: current[person])) << 32 | UInt64(UInt32(bitPattern: field[person]))
        if let known = numbers[pair] {
          current[person] = known
        } else {
          let number = Int32(numbers.count)
          numbers[pair] = number
          current[person] = number
        }
      }
    }
    return current
  }

  private static func sizes(_ classOf: [Int32]) -> [Int] {
    var sizes = [Int](repeating: 0, count: Int(classOf.max() ?? -1) + 1)
    for number in classOf { sizes[Int(number)] += 1 }
    return sizes
  }
}
