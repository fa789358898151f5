import Fingerprints
import Foundation
import Registers

/// The key of pseudonyms for one recipient, kept in the workspace so that a later export for them fits an earlier one.
///
/// In `store/keys/export-NAME.key`, one line of Base64, for the owner's eyes only. No recipient's key is another's, and
/// none is the register's.
struct RecipientKey {
  let file: URL

  /// - Parameter recipient: 1 to 40 letters, digits, hyphens and underscores.
  init(_ recipient: String, store: URL) throws(WorkspaceError) {
    guard (1...40).contains(recipient.utf8.count),
      recipient.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x5F
      })
    else { throw .recipientRefused }
    file = store.appendingPathComponent("keys/export-\(recipient.lowercased()).key")
  }

  /// The key that was kept, or the new one, which is kept from now on.
  func key(orNew new: PseudonymKey) throws(WorkspaceError) -> PseudonymKey {
    guard FileManager.default.fileExists(atPath: file.path) else {
      let line = Data((new.bytes.base64EncodedString() + "\n").utf8)
      guard FileManager.default.createFile(atPath: file.path, contents: line, attributes: [.posixPermissions: 0o600])
      else { throw .notWritable(file.relativePath) }
      return new
    }
    let text = String(decoding: try bytes(of: file), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let key = Data(base64Encoded: text).flatMap({ PseudonymKey(bytes: $0) }) else {
      throw .storeNotUsable(.keyDoesNotFit(file: "keys/\(file.lastPathComponent)"))
    }
    return key
  }
}
