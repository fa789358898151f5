/// A laid-out chart: marks and texts at places, without colours or language.
struct Drawing: Equatable, Sendable {
  var width: Double
  var height: Double
  var marks: [Mark] = []
  var texts: [PlacedText] = []

  /// Text lines are drawn after all marks, so nothing is drawn over a word.
  mutating func add(_ text: PlacedText) { texts.append(text) }

  mutating func line(
    _ from: Position, _ to: Position, _ role: Mark.Role, _ tone: SeriesTone? = nil, dashes: String? = nil
  ) {
    marks.append(Mark(shape: .path([.move(from), .line(to)]), role: role, tone: tone, dashes: dashes))
  }

  mutating func path(
    _ steps: [PathStep], _ role: Mark.Role, _ tone: SeriesTone? = nil, dashes: String? = nil, title: String? = nil
  ) {
    marks.append(Mark(shape: .path(steps), role: role, tone: tone, dashes: dashes, title: title))
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ role: Mark.Role, _ tone: SeriesTone? = nil,
    title: String? = nil
  ) {
    let shape = Mark.Shape.rectangle(x: x, y: y, width: max(0, width), height: max(0, height))
    marks.append(Mark(shape: shape, role: role, tone: tone, title: title))
  }

  mutating func circle(_ centre: Position, radius: Double, _ role: Mark.Role, _ tone: SeriesTone? = nil) {
    marks.append(Mark(shape: .circle(centre, radius: radius), role: role, tone: tone))
  }
}

/// A place in a drawing; y grows downwards.
struct Position: Equatable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A step of a path.
enum PathStep: Equatable, Sendable {
  case move(Position)
  case line(Position)
  case curve(Position, Position, Position)
  case close
}

/// A shape with the role that the style sheet gives its weight and colour.
struct Mark: Equatable, Sendable {
  var shape: Shape
  var role: Role
  var tone: SeriesTone?
  var dashes: String?
  /// What a pointer that rests on the mark is told.
  var title: String?

  enum Shape: Equatable, Sendable {
    case path([PathStep])
    case rectangle(x: Double, y: Double, width: Double, height: Double)
    case circle(Position, radius: Double)
  }

  enum Role: String, CaseIterable, Sendable {
    /// A faint line to read a value by.
    case grid
    /// The line at zero, or the foot of a plot.
    case base
    /// From a mark to its name.
    case leader
    /// What the plan promised.
    case norm
    /// A series as a line.
    case line
    /// The interval of a curve.
    case band
    /// A filled shape: an area, a bar, a node.
    case fill
    /// A node or bar whose size is not known.
    case outline
    /// People who went from one state to another.
    case flow
    /// The same, when the number is not known.
    case unknown
    /// The interval of a dot.
    case interval
    /// An open mark.
    case open
  }
}

/// One line of text at a place.
struct PlacedText: Equatable, Sendable {
  var at: Position
  var anchor: Anchor
  var runs: [Run]
  /// Whether it stands on top of marks and needs a rim of the background to be read.
  var hasRim = false
  /// Whether it names what the plan promised.
  var isNorm = false

  enum Anchor: String, Sendable {
    case start, middle, end
  }

  struct Run: Equatable, Sendable {
    var text: String
    var role: TextRole
  }

  init(
    _ text: String, _ role: TextRole, x: Double, baseline: Double, anchor: Anchor = .start, hasRim: Bool = false,
    isNorm: Bool = false
  ) {
    self.init(line: TextLine(text, role), x: x, baseline: baseline, anchor: anchor, hasRim: hasRim, isNorm: isNorm)
  }

  init(
    line: TextLine, x: Double, baseline: Double, anchor: Anchor = .start, hasRim: Bool = false, isNorm: Bool = false
  ) {
    at = Position(x, baseline)
    self.anchor = anchor
    runs = line.runs
    self.hasRim = hasRim
    self.isNorm = isNorm
  }

  /// The space that the text takes.
  var box: Box {
    let line = TextLine(runs: runs)
    let size = runs.map(\.role.size).max() ?? 0
    let left =
      switch anchor {
      case .start: at.x
      case .middle: at.x - line.width / 2
      case .end: at.x - line.width
      }
    return Box(left: left, top: at.y - 0.78 * size, right: left + line.width, bottom: at.y + 0.22 * size)
  }
}

/// A rectangle that text takes.
struct Box: Equatable, Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// Whether the two share more than a hair's breadth.
  func overlaps(_ other: Box) -> Bool {
    left + 0.01 < other.right && other.left + 0.01 < right && top + 0.01 < other.bottom && other.top + 0.01 < bottom
  }
}

/// A line of text in one or more roles, such as a name with its number.
struct TextLine: Equatable, Sendable {
  var runs: [PlacedText.Run]

  init(runs: [PlacedText.Run]) { self.runs = runs }
  init(_ text: String, _ role: TextRole) { runs = [PlacedText.Run(text: text, role: role)] }

  var width: Double { runs.reduce(0) { $0 + TextMeasure.width($1.text, $1.role) } }
  var height: Double { runs.map(\.role.lineHeight).max() ?? 0 }
  var size: Double { runs.map(\.role.size).max() ?? 0 }
}
