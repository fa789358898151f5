import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// Who or what a pseudonym stands for. To be shown to whoever may know it, and never written to a log.
public struct Identity: Hashable, Sendable {
  public let pseudonym: String
  /// The person's field, or `record.field` for another.
  public let field: String
  /// The provider that first gave it.
  public let provider: String
  public let value: String
}

extension Register {
  /// Opens the vault for one pseudonym; nil when it has none such, for instance because it was erased.
  ///
  /// - Parameter stamp: who reads it, which is written into the audit trail first.
  public func identity(of pseudonym: String, by stamp: AuditStamp? = nil) throws(RegisterError) -> Identity? {
    try registerFailures {
      let keys = try requireKeys()
      if let stamp {
        try note(.identityRead, about: AuditSubject(.person, keys.mark(ofPerson: pseudonym)), by: stamp)
      }
      return try database.read { connection in
        let statement = try connection.statement("SELECT field, sealed FROM vault.identities WHERE token = ?")
        statement.bind(pseudonym, at: 0)
        guard try statement.step() else { return nil }
        let field = statement.text(at: 0)!
        let sealed = statement.data(at: 1)!
        statement.reset()
        guard let opened = (try? keys.vault.open(sealed)).flatMap({ SealedIdentity($0) }) else {
          throw RegisterError.vaultDamaged(file: "vault.sqlite")
        }
        return Identity(pseudonym: pseudonym, field: field, provider: opened.provider, value: opened.value)
      }
    }
  }

  /// The pseudonym of a person, whether or not the register knows them.
  public func pseudonym(ofPerson number: String, provider: String) throws(RegisterError) -> String {
    try requireKeys().pseudonym(ofPerson: model.canonicalNumber(number), provider: provider, model: model)
  }

  /// The files of a return as they were received, by name; without the rows of people who were erased.
  ///
  /// - Parameter stamp: who reads them, which is written into the audit trail first.
  public func files(
    of fingerprint: Fingerprint, by stamp: AuditStamp? = nil
  ) throws(RegisterError) -> [ProviderReturn.File] {
    try registerFailures {
      let keys = try requireKeys()
      if let stamp { try note(.filesRead, about: AuditSubject(.return, fingerprint.hex), by: stamp) }
      return try database.read { connection in
        _ = try number(of: fingerprint, connection)
        let statement = try connection.statement("SELECT name, sealed FROM vault.files WHERE return = ? ORDER BY name")
        statement.bind(fingerprint.hex, at: 0)
        var files: [ProviderReturn.File] = []
        while try statement.step() {
          guard let content = try? keys.vault.open(statement.data(at: 1)!) else {
            throw RegisterError.vaultDamaged(file: "vault.sqlite")
          }
          files.append(ProviderReturn.File(name: statement.text(at: 0)!, content: content))
        }
        return files
      }
    }
  }
}
