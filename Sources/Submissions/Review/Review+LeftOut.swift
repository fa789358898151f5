import DataModels
import Primitives

extension Review {
  /// The checks that could not be made, and why: what is mended now may let others come up, and nobody is surprised.
  ///
  /// - Parameter isKnown: whether there was a register to compare with.
  public func checksLeftOut(isKnown: Bool) -> [LocalizedText] {
    var left: [LocalizedText] = []
    let unread = orderedUnique(
      findings.filter { $0.severity == .setup && [.sheet, .file].contains($0.place.scope) }.map {
        ($0.place.sheet ?? $0.place.file).shown(atMost: 255)
      })
    if !unread.isEmpty {
      let names = unread.map { "“\($0)”" }.joined(separator: ", ")
      left.append(
        LocalizedText(
          "Nothing of \(names) is checked, and no rule that needs it: it cannot be read yet.",
          nl: "Niets van \(names) is gecontroleerd, en geen regel die het nodig heeft: het is nog niet te lezen."))
    }
    let absent = orderedUnique(
      findings.filter { [.missingColumn, .duplicateColumn, .ambiguousColumn].contains($0.code) }
        .compactMap { $0.record ?? $0.place.sheet ?? $0.place.file })
    if !absent.isEmpty {
      let names = absent.map { "“\($0.shown())”" }.joined(separator: ", ")
      left.append(
        LocalizedText(
          "Checks of columns that are missing or cannot be told apart in \(names) wait until they are mended.",
          nl: "Controles van kolommen die in \(names) ontbreken of niet te onderscheiden zijn, wachten op verbetering.")
      )
    }
    let unreadable = batches.reduce(0) { $0 + $1.unreadable.count }
    if unreadable > 0 {
      left.append(
        unreadable == 1
          ? LocalizedText(
            "Rules that look at the one cell that cannot be read are made when it can.",
            nl: "Regels die kijken naar de ene cel die niet te lezen is, volgen als dat wel kan.")
          : LocalizedText(
            "Rules that look at one of the \(unreadable) cells that cannot be read are made when they can.",
            nl: "Regels die kijken naar een van de \(unreadable) cellen die niet te lezen zijn, volgen als dat wel kan."
          ))
    }
    if !isKnown {
      left.append(
        LocalizedText(
          "What was sent before is not compared with: `submit`, or `check` with `--provider` and `--period`, does that.",
          nl:
            "Er is niet vergeleken met wat eerder is gestuurd: dat doen `submit`, en `check` met `--provider` en `--period`."
        ))
    }
    return left
  }
}
