import DataModels
import Foundation
import Primitives
import Submissions

/// A return that is about to be checked: its files, whose it is, about which month, and when it was received.
///
/// A mistake in these cannot be taken back once the return is in the register, so they are looked at before.
struct PendingReturn {
  let paths: [String]
  let provider: String
  let period: CalendarMonth
  let receivedOn: CalendarDate
  /// Where the day of receipt is said: an option, or a file and its line.
  let place: String
  /// Whether it is said to hold some rows only.
  let isPart: Bool
  /// The order of day and month that its dates are said to have.
  let dates: DateOrder?
}

extension Workspace {
  /// The returns that a request is about, all of them sound in what they say of themselves.
  ///
  /// - Parameters:
  ///   - known: the providers that sent something before.
  ///   - aside: told of files that are not read.
  func pendingReturns(
    _ request: SubmitRequest, today: CalendarDate, known: Set<String>, aside: (LocalizedText) -> Void
  ) throws(WorkspaceError) -> [PendingReturn] {
    guard !request.paths.isEmpty else { throw .nothingToRead }
    let search = try ReturnManifest.search(request.paths)
    var known = known
    var pending: [PendingReturn] = []
    if search.folders.isEmpty {
      guard let provider = request.provider, let period = request.period else {
        throw .returnNotNamed(paths: request.paths)
      }
      let receivedOn = request.receivedOn ?? today
      try checkDates(period, receivedOn, today, place: request.receivedOn == nil ? "--period" : "--received")
      return [
        PendingReturn(
          paths: request.paths, provider: try checkProvider(provider, "--provider", request, &known), period: period,
          receivedOn: receivedOn, place: request.paths.joined(separator: ", ") + ", --received",
          isPart: request.isPart, dates: request.dates)
      ]
    }
    guard search.pathsWithout.isEmpty else { throw .mixedReturns(paths: search.pathsWithout) }
    if search.folders.count > 1 {
      if let option = request.returned.options.first {
        throw .oneReturnOnly(option: option, returns: search.folders.count)
      }
      for (option, isGiven) in [
        ("--provider", request.provider != nil), ("--period", request.period != nil), ("--part", request.isPart),
      ] {
        if isGiven { throw .oneReturnOnly(option: option, returns: search.folders.count) }
      }
    }
    for found in search.folders {
      let manifest = found.manifest
      if let name = manifest.model, name != model.id {
        throw .otherModel(expected: name, found: model.id, place: found.url.relativePath)
      }
      if manifest.isSynthetic, !settings.isSynthetic { throw .syntheticReturn(folder: found.url.relativePath) }
      let period = request.period ?? manifest.period
      let receivedOn = request.receivedOn ?? manifest.sentOn
      try checkDates(
        period, receivedOn, manifest.isSynthetic && request.receivedOn == nil ? nil : today,
        place: request.receivedOn == nil ? manifest.place(of: "sent-on") : "--received")
      let provider = try checkProvider(
        request.provider ?? manifest.provider,
        request.provider == nil ? manifest.place(of: "provider") : "--provider", request, &known)
      pending.append(
        PendingReturn(
          paths: [found.url.relativePath], provider: provider, period: period, receivedOn: receivedOn,
          place: request.receivedOn == nil
            ? "\(found.url.relativePath), \(manifest.place(of: "sent-on"))" : found.url.relativePath + ", --received",
          isPart: request.isPart || manifest.isPart, dates: request.dates ?? manifest.dates))
    }
    if !search.strayTables.isEmpty {
      let names = search.strayTables.joined(separator: ", ")
      aside(
        LocalizedText(
          "Not read, for there is no return.yml beside it: \(names)",
          nl: "Niet gelezen, want er staat geen return.yml naast: \(names)"))
    }
    return pending
  }

  /// - Parameter today: nil when days to come are allowed: those of invented returns.
  private func checkDates(
    _ period: CalendarMonth, _ receivedOn: CalendarDate, _ today: CalendarDate?, place: String
  ) throws(WorkspaceError) {
    if receivedOn < period.firstDay {
      throw .receivedBeforePeriod(place: place, receivedOn: receivedOn, period: period)
    }
    if let today, receivedOn > today { throw .receivedInFuture(place: place, receivedOn: receivedOn, today: today) }
  }

  private func checkProvider(
    _ text: String, _ place: String, _ request: SubmitRequest, _ known: inout Set<String>
  ) throws(WorkspaceError) -> String {
    let name = try ProviderName.checked(text, place: place)
    if !request.acceptsNewProvider, let other = ProviderName.mistaken(name, for: known) {
      throw .providerLikeKnown(given: name, known: other, place: place)
    }
    known.insert(name)
    return name
  }
}
