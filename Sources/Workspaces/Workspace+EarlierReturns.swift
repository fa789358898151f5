import Fingerprints
import Registers
import Submissions

extension Workspace {
  /// The files of a return whose bytes came in before from the same provider.
  func repeatedFiles(
    of source: ProviderReturn, in register: Register
  ) throws(WorkspaceError) -> [RepeatedFile] {
    let known = try storeTask { () throws(RegisterError) in try register.files(of: source.provider) }
    return source.files.compactMap { file in
      known[file.fingerprint].map { RepeatedFile(file: file.name, period: $0) }
    }
  }

  /// What was found in the provider's last return about an earlier month; nil when there is none.
  func earlierFindings(
    before source: ProviderReturn, in register: Register
  ) throws(WorkspaceError) -> EarlierFindings? {
    try storeTask { () throws(RegisterError) in
      try register.findingsBefore(source.period, of: source.provider).map {
        EarlierFindings(period: $0.period, findings: $0.findings)
      }
    }
  }
}
