import Primitives

/// What is known of a single finding from earlier returns: whether it is new, was found before, or was confirmed.
///
/// A finding is the same as an earlier one when code, rule, row (by its key), field and value are the same; the place in
/// the file has no part in it.
public enum FindingStatus: Hashable, Sendable {
  /// The return about that month, the last before, did not have it.
  case new(since: CalendarMonth)
  /// The return about that month had it.
  case seen(in: CalendarMonth)
  /// Somebody said that it is right as it is.
  case confirmed(on: CalendarDate, by: String, reason: LocalizedText)

  /// `new`, `seen` or `confirmed`, for machines.
  public var name: String {
    switch self {
    case .new: "new"
    case .seen: "seen"
    case .confirmed: "confirmed"
    }
  }

  public var words: LocalizedText {
    switch self {
    case .new(let month): LocalizedText("new since \(month.iso)", nl: "nieuw sinds \(month.iso)")
    case .seen(let month): LocalizedText("found in \(month.iso) too", nl: "ook gevonden in \(month.iso)")
    case .confirmed(let day, let name, let reason):
      LocalizedText(
        "confirmed on \(day.iso) by \(name): \(reason.english)",
        nl: "bevestigd op \(day.iso) door \(name): \(reason[.dutch])"
      )
    }
  }
}
