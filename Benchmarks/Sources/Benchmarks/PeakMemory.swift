import Foundation

/// How much memory this process holds, from the kernel's own books.
enum PeakMemory {
  /// Begins anew: the peak is what is held now.
  static func reset() {
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  /// In bytes, since the reset; 0 where the system does not tell.
  static var peak: Int { value("VmHWM") }
  static var now: Int { value("VmRSS") }

  private static func value(_ key: String) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key + ":") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kilobytes * 1024
  }
}
