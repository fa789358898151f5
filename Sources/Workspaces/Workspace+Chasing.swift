import DataModels
import Foundation
import Primitives
import Registers
import SubmissionCycles
import Submissions
import TableFiles

/// A list of what is still expected, for the provider that it is expected of.
public struct ChaseList: Encodable, Sendable {
  public let schema = "meedoen-chase/1"
  public let provider: String
  public let asKnownOn: CalendarDate
  public let file: String
  /// Lines by expectation.
  public let counts: [String: Int]
  public let lines: Int
}

extension Workspace {
  /// Writes, for one provider, what is expected now or overdue, person by person, under the numbers that it uses itself.
  ///
  /// The only file that the cycle makes with numbers of people in it: it opens the vault, is readable for its owner only,
  /// and goes to that provider and nobody else. Nothing of it is printed.
  ///
  /// - Parameter stamp: who makes it, for the audit trail.
  public func writeChaseList(
    of provider: String, asKnownOn day: CalendarDate, language: Language, to file: URL, by stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> ChaseList {
    let stamp = try allow(.readNumbers, by: stamp ?? .unnamed(on: day), provider: provider)
    let register = try register()
    let known = Set(
      try storeTask { () throws(RegisterError) in try register.returns(asKnownOn: day).map(\.provider) }
        + settings.providers.map(\.name))
    guard known.contains(provider) else {
      throw .providerUnknown(given: provider.shown(), known: known.sorted().map { $0.shown() })
    }
    var counts: [String: Int] = [:]
    var rows: [[String]] = []
    try storeTask { () throws(RegisterError) in
      let snapshot = try register.snapshot(asKnownOn: day)
      let providers = try register.providersOfPeople(asKnownOn: day)
      let named = snapshot.people.indices.filter { index in
        providers[snapshot.people[index]] == provider
          && model.expectations.contains { expectation in
            expectation.outcomes(of: snapshot.person(index), in: model, on: day)
              .contains { $0.standing == .overdue || $0.standing == .due }
          }
      }
      try register.noteReading(of: named.map { snapshot.people[$0] }, for: "cycle chase", by: stamp)
      for index in named {
        let pseudonym = snapshot.people[index]
        for expectation in model.expectations {
          for outcome in expectation.outcomes(of: snapshot.person(index), in: model, on: day) {
            guard outcome.standing == .overdue || outcome.standing == .due else { continue }
            guard let identity = try register.identity(of: pseudonym) else { continue }
            counts[expectation.id, default: 0] += 1
            rows.append([
              identity.value, expectation.title[language], outcome.standing.words[language], outcome.opensOn.iso,
              outcome.dueOn.iso, expectation.expected.record,
            ])
          }
        }
      }
    }
    rows.sort { ($0[4], $0[1], $0[0]) < ($1[4], $1[1], $1[0]) }
    let headers =
      language == .dutch
      ? [model.personField, "verwacht", "stand", "vanaf", "uiterlijk", "record"]
      : [model.personField, "expected", "standing", "from", "by", "record"]
    let data = CSVWriter(hasByteOrderMark: true, escapesFormulas: true).data(headers: headers, rows: rows)
    // Made empty and closed to others first, so that it is never open to them with people in it.
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(), attributes: [.posixPermissions: 0o600]),
      (try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)) != nil,
      (try? data.write(to: file)) != nil
    else { throw .notWritable(file.path) }
    return ChaseList(provider: provider, asKnownOn: day, file: file.path, counts: counts, lines: rows.count)
  }
}
