import Foundation
import Testing

/// A share of `make kills`, which does the same at 200 moments (Documentation/Guides/Robustness.md).
@Suite struct KillTests {
  @Test func `whenever the program ends, nothing acknowledged is lost and no half state is left`() throws {
    let process = Process()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Scripts/kills.sh")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bash", script.path]
    var environment = ProcessInfo.processInfo.environment
    environment["PROGRAM"] = Meedoen.program.path
    environment["KILLS"] = environment["MEEDOEN_KILLS"] ?? "12"
    environment["FAULTS"] = environment["MEEDOEN_KILLS"] == nil ? "8" : "120"
    environment["FULL"] = environment["MEEDOEN_KILLS"] == nil ? "4" : "40"
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(told)")
  }
}
