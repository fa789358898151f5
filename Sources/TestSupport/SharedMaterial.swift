import Foundation

/// Reference material that is not part of the repository: published models and samples, values made by peers.
///
/// It lies in the folder that the environment variable `MEEDOEN_SHARED` names, or in a folder `shared` beside the
/// repository. Tests that need it skip with a message when it is absent.
public enum SharedMaterial {
  /// A folder or file of the shared material, or nil when it is not there.
  public static func folder(_ path: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["MEEDOEN_SHARED"].map { URL(fileURLWithPath: $0) }
    let url = (named ?? repository.deletingLastPathComponent().appendingPathComponent("shared"))
      .appendingPathComponent(path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// What a skipped test says.
  public static let absent: String = "the shared reference material is not on this machine"
}

/// The folder that holds `Package.swift`.
public let repository: URL = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
