import Foundation
import Primitives

extension EstimationRequest {
  /// The draws of a bootstrap that another program made, from the file of the option `indices`; nil without it.
  ///
  /// Each row of the file is a draw: positions in the rows in use, counted from 1, as R's `boot.array(indices = TRUE)`
  /// gives them.
  ///
  /// - Returns: positions counted from 0.
  func givenDraws(rowCount: Int) throws(EstimationError) -> [[Int]]? {
    guard let path = text("indices") else { return nil }
    guard let content = try? String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8) else {
      throw .optionsConflict(
        LocalizedText("--indices: the file cannot be read.", nl: "--indices: het bestand is niet te lezen."))
    }
    var draws: [[Int]] = []
    for (number, line) in content.split(whereSeparator: \.isNewline).enumerated() {
      var draw: [Int] = []
      for part in line.split(whereSeparator: { ",; \t".contains($0) }) {
        guard let position = Int(part), (1...rowCount).contains(position) else {
          throw .optionsConflict(
            LocalizedText(
              "--indices: row \(number + 1) of that file has a cell that is no whole number from 1 to \(rowCount).",
              nl:
                "--indices: rij \(number + 1) van dat bestand bevat iets anders dan gehele getallen van 1 tot \(rowCount)."
            ))
        }
        draw.append(position - 1)
      }
      guard draw.count == rowCount else {
        throw .optionsConflict(
          LocalizedText(
            "--indices: row \(number + 1) of that file has \(draw.count) numbers; a draw takes \(rowCount) rows.",
            nl:
              "--indices: rij \(number + 1) van dat bestand heeft \(draw.count) getallen; een trekking neemt \(rowCount) rijen."
          ))
      }
      draws.append(draw)
    }
    return draws
  }
}
