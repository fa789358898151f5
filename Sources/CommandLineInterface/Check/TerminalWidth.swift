import Foundation

/// How many columns standard output has.
enum TerminalWidth {
  /// Of a file, a pipe, or a terminal that does not tell.
  static let usual = 100

  /// The width of the terminal, within what can be read; ``usual`` where there is none.
  static var current: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return usual
    }
    return min(max(Int(size.ws_col), 60), 200)
  }
}
