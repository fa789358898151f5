/// A variable some of whose values are missing, and how they are to be filled in.
public struct IncompleteVariable: Sendable {
  public enum Values: Sendable {
    /// n numbers, nil where missing.
    case numbers([Double?])
    /// n positions in the levels, nil where missing.
    case categories([Int32?], levels: [String])
  }

  /// How a missing value is drawn, given all other variables.
  public enum Method: Codable, Hashable, Sendable {
    /// The observed value of one of the rows whose predictions lie closest, so that only values occur that were seen
    /// (Little 1988; van Buuren 2018, section 3.4, type 1 matching).
    case predictiveMeanMatching(donors: Int)
    /// The prediction of a linear regression with drawn coefficients, plus a drawn normal residual.
    case normal
    /// Logistic regression with drawn coefficients; with three or more levels one for each level against those after
    /// it.
    case logistic
  }

  public let name: String
  public let values: Values
  public let method: Method

  /// - Parameter method: predictive mean matching with five donors for numbers, logistic for categories when nil.
  public init(_ name: String, _ values: Values, method: Method? = nil) {
    self.name = name
    self.values = values
    switch values {
    case .numbers: self.method = method ?? .predictiveMeanMatching(donors: 5)
    case .categories: self.method = method ?? .logistic
    }
  }

  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .categories(let codes, _): codes.count
    }
  }

  /// The rows where the value is missing.
  var missing: [Int] {
    switch values {
    case .numbers(let numbers): numbers.indices.filter { numbers[$0] == nil }
    case .categories(let codes, _): codes.indices.filter { codes[$0] == nil }
    }
  }

  func check(rows: Int) throws(StatisticsError) {
    guard count == rows else { throw .lengthsDiffer(array: name, expected: rows, found: count) }
    switch values {
    case .numbers(let numbers):
      for i in numbers.indices {
        if let number = numbers[i], !number.isFinite { throw .notFinite(array: name, index: i) }
      }
      guard numbers.contains(where: { $0 != nil }) else { throw .noObservations }
      if method == .logistic {
        throw .setting(name: name, reason: "a number is imputed by predictive mean matching or normal regression")
      }
      if case .predictiveMeanMatching(let donors) = method, donors < 1 {
        throw .setting(name: "donors", reason: "at least one is needed")
      }
    case .categories(let codes, let levels):
      for i in codes.indices {
        if let code = codes[i], code < 0 || code >= levels.count {
          throw .unknownLevel(variable: name, index: i, levels: levels.count)
        }
      }
      guard codes.contains(where: { $0 != nil }) else { throw .noObservations }
      guard method == .logistic else {
        throw .setting(name: name, reason: "a category is imputed by logistic regression")
      }
    }
  }
}

/// A variable without missing values.
public enum CompleteVariable: Hashable, Sendable {
  case numbers(String, [Double])
  case categories(String, [Int32], levels: [String])

  public var name: String {
    switch self {
    case .numbers(let name, _), .categories(let name, _, _): name
    }
  }

  /// Its column or columns in a model; the first level is the reference.
  public var term: ModelMatrix.Term {
    switch self {
    case .numbers(let name, let values): .numeric(name, values)
    case .categories(let name, let codes, let levels): .factor(name, codes: codes, levels: levels, reference: 0)
    }
  }
}
