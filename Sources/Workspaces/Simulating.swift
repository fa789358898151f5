import Foundation
import Primitives
import SyntheticProgrammes
import TableFiles

/// A synthetic programme to write.
public struct SimulationRequest: Sendable {
  public enum Kind: String, CaseIterable, Sendable { case municipality, rtof, duplicates }
  public var kind: Kind
  public var persons: Int
  public var seed: UInt64
  /// The share of rows with an error; nil for the programme's own.
  public var errorRate: Double?
  public var folder: URL

  public init(kind: Kind, persons: Int, seed: UInt64, errorRate: Double?, folder: URL) {
    self.kind = kind
    self.persons = persons
    self.seed = seed
    self.errorRate = errorRate
    self.folder = folder
  }
}

/// What a simulation wrote.
public struct SimulationResult: Encodable, Sendable {
  public let schema = "meedoen-simulation/1"
  public let folder: String
  public let seed: UInt64
  public let people: Int
  public let returns: Int
  public let rows: Int
  /// Errors that were put in, `errors.csv` says where; for duplicates, pairs of rows of one person, as `truth.csv` says.
  public let errors: Int
}

/// Writes a synthetic programme: monthly returns, the key of their errors, and the truth behind them.
///
/// The folder is new or empty: two programmes in one folder would give neither.
public func simulate(
  _ request: SimulationRequest, progress: ProgressHandler? = nil
) throws(WorkspaceError) -> SimulationResult {
  if FileManager.default.fileExists(atPath: request.folder.path),
    let found = try names(in: request.folder.path).first(where: { !ReturnFiles.isHidden($0) })
  {
    throw .folderNotEmpty(folder: request.folder.relativePath, found: found)
  }
  do {
    let summary: SyntheticMunicipality.Summary
    switch request.kind {
    case .municipality:
      var programme = SyntheticMunicipality(persons: request.persons, seed: request.seed)
      if let rate = request.errorRate { programme.errorRate = rate }
      summary = try programme.write(to: request.folder, progress: progress)
    case .rtof:
      var programme = SyntheticFund(participants: request.persons, seed: request.seed)
      if let rate = request.errorRate { programme.errorRate = rate }
      summary = try programme.write(to: request.folder, progress: progress)
    case .duplicates:
      var programme = SyntheticDuplicates(people: request.persons, seed: request.seed)
      if let rate = request.errorRate { programme.errorFactor = rate / 0.1 }
      let written = try programme.write(to: request.folder, progress: progress)
      return SimulationResult(
        folder: request.folder.path, seed: request.seed, people: written.people, returns: written.returns,
        rows: written.registrations, errors: written.pairs)
    }
    return SimulationResult(
      folder: request.folder.path, seed: request.seed, people: summary.people, returns: summary.returns,
      rows: summary.rows, errors: summary.errors)
  } catch let error as SyntheticProgrammeError {
    throw .cannotSimulate(error.message)
  } catch let error as TableFileError {
    throw .unreadable(error)
  } catch {
    throw .notWritable(request.folder.path)
  }
}
