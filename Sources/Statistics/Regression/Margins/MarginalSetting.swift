/// What a setting of some variables changes in the columns of a model.
struct MarginalSetting: Sendable {
  let values: [String: VariableValue]
  /// A term with a changed variable; its columns among those of the model, and which of the term's own those are.
  struct Part: Sendable {
    let term: ModelMatrix.Term
    let columns: [Int]
    let own: [Int]
    /// The term's columns when every variable of it is set.
    let constants: [Double]?
  }
  let parts: [Part]

  init(_ values: [String: VariableValue], _ design: ModelMatrix) {
    self.values = values
    parts = design.parts { term in term.variables.contains { values[$0.name] != nil } }
      .map { part in
        let isSet = part.term.variables.allSatisfy { values[$0.name] != nil }
        return Part(
          term: part.term, columns: part.columns, own: part.own,
          constants: isSet ? part.term.constants(values) : nil)
      }
  }

  var changedColumns: [Int] { parts.flatMap(\.columns) }
}

/// The derivative of a model's columns by one variable.
struct MarginalDerivative: Sendable {
  let variable: String
  let parts: [MarginalSetting.Part]
  /// The column, when the variable is that column and in no other.
  let simple: Int?

  init(_ variable: String, _ design: ModelMatrix) {
    self.variable = variable
    parts = design.parts { $0.mentions(variable) }
    if parts.count == 1, case .numeric = parts[0].term { simple = parts[0].columns[0] } else { simple = nil }
  }
}

extension ModelMatrix {
  /// The terms that fulfil a condition and have a column.
  fileprivate func parts(_ isWanted: (Term) -> Bool) -> [MarginalSetting.Part] {
    terms.indices.filter { isWanted(terms[$0]) }.compactMap { number in
      let columns = columns(ofTerm: number)
      guard !columns.isEmpty else { return nil }
      let own = columns.map { (chosen?[$0] ?? $0) - starts[number] }
      return MarginalSetting.Part(term: terms[number], columns: columns, own: own, constants: nil)
    }
  }
}
