/// What is averaged over the rows of a model: a prediction, a slope, or the change between two predictions.
public struct MarginalQuantity: Codable, Hashable, Sendable {
  public enum Kind: Codable, Hashable, Sendable {
    /// The expected response.
    case prediction
    /// The derivative of the expected response by a numeric variable, through every column it takes part in.
    case slope(of: String)
    /// The expected response with the variable at one value, less that with it at another.
    case change(of: String, from: VariableValue, to: VariableValue)
  }

  public let kind: Kind
  /// Values that variables are given in every row; all others stay as observed.
  public let holding: [String: VariableValue]

  private init(_ kind: Kind, _ holding: [String: VariableValue]) {
    self.kind = kind
    self.holding = holding
  }

  public static func prediction(holding: [String: VariableValue] = [:]) -> MarginalQuantity {
    MarginalQuantity(.prediction, holding)
  }

  public static func slope(of variable: String, holding: [String: VariableValue] = [:]) -> MarginalQuantity {
    MarginalQuantity(.slope(of: variable), holding)
  }

  public static func change(
    of variable: String, from: VariableValue, to: VariableValue, holding: [String: VariableValue] = [:]
  ) -> MarginalQuantity {
    MarginalQuantity(.change(of: variable, from: from, to: to), holding)
  }

  /// `age`, `foreign`, `sub: cocaine - alcohol`, `prediction | sex=1`.
  public var name: String {
    let own =
      switch kind {
      case .prediction: "prediction"
      case .slope(let variable): variable
      case .change(let variable, .number(0), .number(1)): variable
      case .change(let variable, let from, let to): "\(variable): \(to) - \(from)"
      }
    guard !holding.isEmpty else { return own }
    return own + " | " + holding.keys.sorted().map { "\($0)=\(holding[$0]!)" }.joined(separator: ", ")
  }

  /// The values under which the response is predicted, and with which sign it counts.
  var settings: [(sign: Double, values: [String: VariableValue])] {
    switch kind {
    case .prediction, .slope: return [(1, holding)]
    case .change(let variable, let from, let to):
      return [(1, holding.merging([variable: to]) { $1 }), (-1, holding.merging([variable: from]) { $1 })]
    }
  }
}

/// Where quantities are evaluated.
public enum MarginalPoint: String, Codable, Hashable, Sendable, CaseIterable {
  /// At the values observed in each row, then averaged: average marginal effects.
  case observed
  /// At one row in which each number has its mean and each factor its shares of levels: marginal effects at the means.
  case means
}

/// The scale of the quantities.
public enum MarginalScale: String, Codable, Hashable, Sendable, CaseIterable {
  /// The mean of the response: a probability, an expected count.
  case response
  /// The linear predictor: log odds, the log of a count.
  case linearPredictor
}
