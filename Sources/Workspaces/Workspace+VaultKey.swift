import Primitives
import Registers

/// A change of the vault's key.
public struct VaultKeyChangeResult: Encodable, Sendable {
  public let schema = "meedoen-vault-key/1"
  public let change: VaultKeyChange
}

extension Workspace {
  /// Seals the vault with a new key; an interrupted run is simply run again.
  public func changeVaultKey(
    by stamp: AuditStamp, progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> VaultKeyChangeResult {
    let stamp = try allow(.changeKeys, by: stamp)
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      VaultKeyChangeResult(change: try register.changeVaultKey(by: stamp, progress: progress))
    }
  }
}
