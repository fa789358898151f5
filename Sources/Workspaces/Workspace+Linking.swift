import Foundation
import Linkage
import Primitives
import Registers

/// What a linkage of the register found, in numbers: nothing that identifies.
public struct LinkOverview: Encodable, Sendable {
  public struct FieldWeights: Encodable, Sendable {
    public let field: String
    public let kind: LinkageField.Kind
    /// In powers of two, by level of agreement from different to same.
    public let weights: [Double]
  }

  public let schema = "meedoen-links/1"
  /// Numbers of people that were compared.
  public let people: Int
  public let fields: [FieldWeights]
  public let compared: Int
  /// Pairs that are certain, and were not decided about.
  public let certain: Int
  /// Pairs for somebody to look at, not decided about.
  public let review: Int
  public let decidedSame: Int
  public let decidedDifferent: Int
  /// Of the certain pairs, by the model.
  public let expectedMistakes: Double
  public let recordsInLargeBlocks: Int
}

/// Pairs for somebody to look at, with what is known of both.
public struct LinkReview: Encodable, Sendable {
  public struct Comparison: Encodable, Sendable {
    public let field: String
    public let first: String?
    public let second: String?
    public let agreement: LocalizedText?
  }
  public struct Pair: Encodable, Sendable {
    public let first: String
    public let second: String
    public let providers: [String]
    public let probability: Double
    public let verdict: LinkedPair.Verdict
    public let doubt: LinkedPair.Doubt?
    public let namesExchanged: Bool
    public let fields: [Comparison]
  }

  public let schema = "meedoen-link-review/1"
  /// How many there are, also those that are not shown.
  public let total: Int
  public let pairs: [Pair]
}

/// Decisions that were taken, or would be.
public struct LinkDecisions: Encodable, Sendable {
  public let schema = "meedoen-link-decisions/1"
  public let isDryRun: Bool
  public let decisions: [LinkDecision]
  /// Whether the two of an undone decision are still one person, through others.
  public var isStillOne: Bool? = nil
}

extension Workspace {
  /// Looks for people under two numbers, and counts what it finds.
  public func findLinks(progress: ProgressHandler? = nil) throws(WorkspaceError) -> LinkOverview {
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      let found = try register.findLinks(progress: progress)
      let fit = found.linked.fit
      let open = found.links.filter { $0.decided == nil }
      return LinkOverview(
        people: found.people,
        fields: found.fields.enumerated().map { index, field in
          LinkOverview.FieldWeights(
            field: field.name, kind: field.kind,
            weights: (0..<field.kind.levelCount).map { fit?.weight(field: index, level: $0) ?? 0 })
        },
        compared: found.linked.candidateCount, certain: open.count { $0.pair.verdict == .certain },
        review: open.count { $0.pair.verdict == .review },
        decidedSame: found.links.count { $0.decided == .same },
        decidedDifferent: found.links.count { $0.decided == .different },
        expectedMistakes: open.reduce(0) { $1.pair.verdict == .certain ? $0 + 1 - $1.pair.probability : $0 },
        recordsInLargeBlocks: found.linked.recordsInLargeBlocks)
    }
  }

  /// The pairs that somebody has to look at, heaviest first: what is certain only when asked.
  ///
  /// - Parameter stamp: who looks, for the audit trail.
  public func linksToReview(
    limit: Int, withCertain: Bool, by stamp: AuditStamp? = nil, progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> LinkReview {
    let stamp = try allow(.reidentify, by: stamp ?? .unnamed(on: CalendarDate(daysSinceEpoch: 0)))
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      let found = try register.findLinks(progress: progress)
      let open = found.links.filter { $0.decided == nil && (withCertain || $0.pair.verdict == .review) }
      try register.noteReading(
        of: Set(open.prefix(limit).flatMap { [$0.first, $0.second] }).sorted(), for: "link review", by: stamp)
      return LinkReview(
        total: open.count,
        pairs: open.prefix(limit).map { link in
          let values = found.values(of: link)
          return LinkReview.Pair(
            first: link.first, second: link.second, providers: link.providers, probability: link.pair.probability,
            verdict: link.pair.verdict, doubt: link.pair.doubt, namesExchanged: link.pair.isExchanged,
            fields: found.fields.indices.map { index in
              LinkReview.Comparison(
                field: found.fields[index].name, first: values[index].first, second: values[index].second,
                agreement: link.pair.levels[index].map { found.fields[index].kind.levelNames[$0] })
            })
        })
    }
  }

  /// Takes one decision about two pseudonyms.
  public func decide(_ decision: LinkDecision) throws(WorkspaceError) -> LinkDecisions {
    try allow(.linkPeople, by: .named(decision.decidedBy, on: decision.decidedOn))
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      try register.decide([decision])
      let isStillOne = decision.kind == .undone ? try register.isOnePerson(decision.first, decision.second) : nil
      return LinkDecisions(isDryRun: false, decisions: [decision], isStillOne: isStillOne)
    }
  }

  /// Undoes a decision, whenever it was taken and whatever was decided since about others.
  ///
  /// - Parameter number: its place in the list of all decisions, from 1.
  public func undoDecision(
    _ number: Int, on day: CalendarDate, by person: String, reason: String
  ) throws(WorkspaceError) -> LinkDecisions {
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      let all = try register.linkDecisions()
      guard all.indices.contains(number - 1) else { throw .unknownLinkDecision(number: number, count: all.count) }
      let old = all[number - 1]
      // A later decision about the same two has taken its place.
      if all.dropFirst(number).contains(where: { $0.first == old.first && $0.second == old.second }) {
        throw .nothingToUndo(first: old.first, second: old.second)
      }
      let undone = LinkDecision(old.first, old.second, .undone, on: day, by: person, reason: reason)
      try register.decide([undone])
      return LinkDecisions(
        isDryRun: false, decisions: [undone], isStillOne: try register.isOnePerson(old.first, old.second))
    }
  }

  /// Takes every pair that is certain and not decided about to be one person.
  ///
  /// A pair that would join two who were decided to differ is left out.
  public func mergeCertain(
    on day: CalendarDate, by person: String, reason: String, dryRun: Bool, progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> LinkDecisions {
    try allow(.linkPeople, by: .named(person, on: day))
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      let open = try register.findLinks(progress: progress).links
        .filter { $0.decided == nil && $0.pair.verdict == .certain }
      let proposed = open.map { link in
        LinkDecision(
          link.first, link.second, .same, on: day, by: person, reason: reason, probability: link.pair.probability)
      }
      let possible = try register.withoutContradictions(proposed)
      if !dryRun { try register.decide(possible) }
      return LinkDecisions(isDryRun: dryRun, decisions: possible)
    }
  }

  /// All decisions until a day, in their order.
  public func linkDecisions(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> LinkDecisions {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      LinkDecisions(isDryRun: false, decisions: try register.linkDecisions(asKnownOn: day))
    }
  }
}
