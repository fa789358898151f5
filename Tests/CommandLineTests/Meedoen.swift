import Foundation

/// Runs the program as a user does.
struct Meedoen {
  struct Run {
    let status: Int32
    let output: String
    let errors: String

    func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The program lies beside the tests.
  static let program: URL = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("meedoen")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
      folder = folder.deletingLastPathComponent()
    }
    return URL(fileURLWithPath: ".build/debug/meedoen")
  }()

  static func process(_ arguments: [String], in folder: URL? = nil) -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    return (process, output, errors)
  }

  @discardableResult
  static func run(_ arguments: String..., in folder: URL? = nil) throws -> Run {
    try run(arguments: arguments, in: folder)
  }

  @discardableResult
  static func run(arguments: [String], in folder: URL? = nil) throws -> Run {
    let (process, output, errors) = process(arguments, in: folder)
    try process.run()
    // Standard error is short; reading the long one first cannot block on it.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problems = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: problems, as: UTF8.self))
  }
}
