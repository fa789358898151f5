import Foundation
import Primitives

// A signal handler may neither allocate nor lock, so what it says is laid ready.
private nonisolated(unsafe) var partingText: UnsafePointer<UInt8>?
private nonisolated(unsafe) var partingLength = 0

/// From here on control-C ends the process with exit code 130, and says this on standard error.
///
/// A process that was started with interruptions ignored goes on ignoring them.
func onInterruption(say text: LocalizedText, in language: Language) {
  let bytes = Array("\n\(text[language])\n".utf8)
  let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
  memory.initialize(from: bytes, count: bytes.count)
  (partingText, partingLength) = (UnsafePointer(memory), bytes.count)
  let previous = signal(SIGINT) { _ in
    if let partingText { _ = write(2, partingText, partingLength) }
    _exit(130)
  }
  if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(SIGINT, SIG_IGN) }
  // A process that is started from a worker thread of another inherits its blocked signals.
  var interruption = sigset_t()
  sigemptyset(&interruption)
  sigaddset(&interruption, SIGINT)
  pthread_sigmask(SIG_UNBLOCK, &interruption, nil)
}
