import DisclosureControl
import Foundation
import Registers

/// The ledger of releases: what was made to be passed on, as its readers have it. It holds no number that was not printed.
extension Workspace {
  private var releasesFile: URL { store.appendingPathComponent("releases.json") }

  /// What was passed on before; nothing when there is no ledger yet.
  func releases() throws(WorkspaceError) -> ReleaseLedger {
    guard FileManager.default.fileExists(atPath: releasesFile.path) else { return ReleaseLedger() }
    let data = try bytes(of: releasesFile)
    guard let ledger = try? JSONDecoder().decode(ReleaseLedger.self, from: data) else {
      throw .storeNotUsable(.damagedValue(record: "releases.json", field: "releases"))
    }
    return ledger
  }

  func keep(_ ledger: ReleaseLedger) throws(WorkspaceError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let json = try? encoder.encode(ledger) else { throw .notWritable(releasesFile.path) }
    try writeText(String(decoding: json, as: UTF8.self), to: releasesFile)
  }
}
