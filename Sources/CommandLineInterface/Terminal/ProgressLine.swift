import Foundation
import Primitives

/// Shows progress on standard error: one line that is rewritten on a terminal, JSON lines otherwise.
struct ProgressLine {
  let format: ProgressFormat

  /// The handler for a task; nil when nothing is to be shown.
  var handler: ProgressHandler? {
    switch format {
    case .none: return nil
    case .json:
      return { progress in
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(progress) else { return }
        try? FileHandle.standardError.write(contentsOf: data + Data("\n".utf8))
      }
    case .auto:
      guard isatty(2) == 1 else { return nil }
      return { progress in
        let text: String
        if let total = progress.total, total > 0 {
          let filled = progress.completed * 24 / total
          text =
            "\(progress.stage) [" + String(repeating: "█", count: filled) + String(repeating: "·", count: 24 - filled)
            + "] \(progress.completed)/\(total)"
        } else {
          text = "\(progress.stage) \(progress.completed)"
        }
        let end = progress.isComplete ? "\r\u{1B}[K" : ""
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)\(end)".utf8))
      }
    }
  }
}

extension ProgressLine {
  /// Takes the line away, so that other text can be written.
  func clear() {
    guard format == .auto, isatty(2) == 1 else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
  }
}
