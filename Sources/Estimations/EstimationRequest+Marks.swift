extension EstimationRequest {
  /// Warns when a mark of an event or of censoring occurs nowhere, because a wrong spelling looks just like that.
  func warnOfAbsentMarks(in result: inout EstimationResult) {
    func declares(_ name: String) -> Bool { method.options.contains { $0.name == name } }
    if declares("event"), let events = (try? truthsIfGiven("event")) ?? nil, !events.contains(true) {
      result.addWarning(
        "No row has the event. Check the spelling in --event: capitals count.",
        nl: "Geen rij heeft de gebeurtenis. Controleer de spelling in --event: hoofdletters tellen.")
    }
    guard declares("cause"), declares("censored"), let causes = (try? categoriesIfGiven("cause")) ?? nil else { return }
    let marks = texts("censored")
    if !causes.levels.contains(where: marks.contains) {
      let all = marks.joined(separator: ", ")
      result.addWarning(
        "No row is marked as censored (--censored \(all)), so each value of --cause counts as a cause.",
        nl: "Geen rij is gemerkt als gecensureerd (--censored \(all)), dus elke waarde van --cause telt als oorzaak.")
    }
  }
}
