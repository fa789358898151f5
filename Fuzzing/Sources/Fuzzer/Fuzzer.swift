import Foundation
import TableFiles

/// libFuzzer's own loop: it reads its options from the arguments and calls the body with one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The input of one run; libFuzzer's library looks for this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Target.chosen.run(Data(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Feeds one reader with what libFuzzer makes up: `MEEDOEN_FUZZ=csv Fuzzer [OPTION…] FOLDER…`, or writes the inputs that
/// it starts from: `MEEDOEN_FUZZ=csv Fuzzer --seeds FOLDER`.
@main
struct Fuzzer {
  static func main() throws {
    let words = CommandLine.arguments
    if words.count == 3, words[1] == "--seeds" {
      let folder = URL(fileURLWithPath: words[2])
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, seed) in try Target.chosen.seeds() { try seed.write(to: folder.appendingPathComponent(name)) }
      return
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
  }
}
