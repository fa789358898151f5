/// Cuts a formula or an expression into its signs and words.
struct FormulaScanner {
  enum Token: Hashable {
    case number(Double)
    case text(String)
    case name(String)
    case sign(String)
    case end
  }

  let option: String
  private let characters: [Character]
  private var offset = 0
  /// The token that comes next.
  private(set) var token: Token = .end
  /// Where it starts, counted from 1.
  private(set) var position = 1

  init(_ text: String, option: String) throws(EstimationError) {
    self.option = option
    characters = Array(text)
    try advance()
  }

  private static let signs = ["%in%", "==", "!=", "<=", ">=", "&&", "||"] + "+-*/^:~(),<>&|!=.".map(String.init)

  /// Moves to the next token.
  mutating func advance() throws(EstimationError) {
    while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
    position = offset + 1
    guard offset < characters.count else {
      token = .end
      return
    }
    let first = characters[offset]
    if first == "`" || first == "'" || first == "\"" {
      guard let close = characters[(offset + 1)...].firstIndex(of: first) else {
        throw refused(.unclosedQuotationMark)
      }
      let text = String(characters[(offset + 1)..<close])
      token = first == "`" ? .name(text) : .text(text)
      offset = close + 1
    } else if first.isASCII && first.isNumber || first == "." && digit(at: offset + 1) {
      token = .number(scanNumber())
    } else if first.isLetter || first == "." && offset + 1 < characters.count && characters[offset + 1].isLetter {
      let start = offset
      while offset < characters.count, Self.belongsToName(characters[offset]) { offset += 1 }
      token = .name(String(characters[start..<offset]))
    } else {
      let rest = String(characters[offset..<min(offset + 4, characters.count)])
      guard let sign = Self.signs.first(where: { rest.hasPrefix($0) }) else {
        throw refused(.unexpected(String(first)))
      }
      token = .sign(sign == "&&" ? "&" : sign == "||" ? "|" : sign)
      offset += sign.count
    }
  }

  private static func belongsToName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  private func digit(at place: Int) -> Bool {
    place < characters.count && characters[place].isASCII && characters[place].isNumber
  }

  private mutating func scanNumber() -> Double {
    let start = offset
    while offset < characters.count, digit(at: offset) || characters[offset] == "." { offset += 1 }
    if offset < characters.count, characters[offset] == "e" || characters[offset] == "E" {
      let signed = offset + 1 < characters.count && (characters[offset + 1] == "-" || characters[offset + 1] == "+")
      if digit(at: offset + (signed ? 2 : 1)) {
        offset += signed ? 2 : 1
        while digit(at: offset) { offset += 1 }
      }
    }
    return Double(String(characters[start..<offset])) ?? .nan
  }

  /// Takes the sign when it comes next.
  mutating func take(_ sign: String) throws(EstimationError) -> Bool {
    guard token == .sign(sign) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ sign: String) throws(EstimationError) {
    guard try take(sign) else { throw unexpected() }
  }

  func unexpected() -> EstimationError {
    switch token {
    case .end: refused(.unexpectedEnd)
    case .sign("="): refused(.singleEquals)
    case .sign(let sign): refused(.unexpected(sign))
    case .name(let name): refused(.unexpected(name))
    case .text(let text): refused(.unexpected("'\(text)'"))
    case .number(let number): refused(.unexpected(plain(number)))
    }
  }

  func refused(_ problem: EstimationError.FormulaProblem) -> EstimationError {
    .formulaRefused(option: option, position: position, problem: problem)
  }
}
