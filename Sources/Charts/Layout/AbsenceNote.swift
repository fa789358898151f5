import Primitives

extension Drawing {
  /// A line below the drawing that says what marks without a number mean, when there are any: only the reasons that
  /// occur, each with its sign.
  mutating func drawAbsenceNote(_ mark: LocalizedText, for values: [ChartValue], in language: Language) {
    let occurring = Set(values.compactMap(\.absence))
    guard !occurring.isEmpty else { return }
    let reasons = Absence.allCases.filter(occurring.contains).map { "\($0.sign[language]) \($0.meaning[language])" }
    let words = language == .dutch ? "geen getal" : "no number"
    let text = "\(mark[language]): \(words) (\(reasons.joined(separator: "; ")))."
    let block = LabelBlock(lines: TextMeasure.lines(text, .axis, within: width).map { TextLine($0, .axis) })
    texts += block.placed(x: 0, top: height + 4)
    height += 4 + block.height
  }
}
