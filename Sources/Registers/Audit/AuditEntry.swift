import Fingerprints
import Foundation

/// One line of the audit trail: who did what to what, when and why, chained to the line before it.
///
/// `hash` is the SHA-256 of the text `previous` followed by ``canonicalText``: the entry as JSON with its keys in
/// alphabetical order, no blanks, and no key for what is not there. So a program of a few lines in any language can
/// verify the chain.
public struct AuditEntry: Hashable, Codable, Sendable {
  /// From 1, without a gap.
  public let sequence: Int
  /// In UTC, to the second: `2026-11-22T04:05:06Z`.
  public let at: String
  /// The day for which it counts, where that is another matter than the moment: of a decision, of receipt.
  public let day: String?
  public let actor: String
  public let role: String
  public let action: String
  public let kind: String
  /// A fingerprint, a mark, a period: never a value of a participant.
  public let object: String
  /// The fingerprint of what was there before; null where there was nothing, or nothing changed.
  public let before: Fingerprint?
  public let after: Fingerprint?
  public let reason: String?
  /// The fingerprint of what stands in the tables that decide something, after what it is about; null in entries of before
  /// that was written down.
  public let tables: Fingerprint?
  /// The hash of the entry before; 64 zeros for the first.
  public let previous: String
  public let hash: String

  /// What the first entry is chained to.
  public static let origin = String(repeating: "0", count: 64)

  init(
    sequence: Int, at: String, day: String? = nil, actor: String, role: String, action: String, kind: String,
    object: String, before: Fingerprint?, after: Fingerprint?, reason: String?, tables: Fingerprint? = nil,
    previous: String, hash: String? = nil
  ) {
    self.sequence = sequence
    self.at = at
    self.day = day
    self.actor = actor
    self.role = role
    self.action = action
    self.kind = kind
    self.object = object
    self.before = before
    self.after = after
    self.reason = reason
    self.tables = tables
    self.previous = previous
    let content = Content(
      action: action, actor: actor, after: after, at: at, before: before, day: day, kind: kind, object: object,
      reason: reason, role: role, sequence: sequence, tables: tables)
    self.hash = hash ?? Fingerprint(of: previous + content.text).hex
  }

  /// What is hashed, besides the hash before it.
  public var canonicalText: String {
    Content(
      action: action, actor: actor, after: after, at: at, before: before, day: day, kind: kind, object: object,
      reason: reason, role: role, sequence: sequence, tables: tables
    ).text
  }

  /// Whether the entry says what it said when it was written.
  public var isIntact: Bool { Fingerprint(of: previous + canonicalText).hex == hash }

  private struct Content: Encodable {
    let action: String
    let actor: String
    let after: Fingerprint?
    let at: String
    let before: Fingerprint?
    let day: String?
    let kind: String
    let object: String
    let reason: String?
    let role: String
    let sequence: Int
    let tables: Fingerprint?

    var text: String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      guard let data = try? encoder.encode(self) else { preconditionFailure("texts and numbers can be encoded") }
      return String(decoding: data, as: UTF8.self)
    }
  }
}
