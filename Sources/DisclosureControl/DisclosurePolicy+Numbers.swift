import Foundation

extension DisclosurePolicy {
  /// A count that stands alone. A count that is a part or a total of anything else in the report belongs in a
  /// ``CountTable`` with its relations, from where ``DisclosedTable/count(row:column:)`` takes it.
  public func count(_ people: Int) -> DisclosedCount {
    precondition(people >= 0, "a count of people is not negative")
    return DisclosedCount(value: disclosed(people))
  }

  /// A share of people, in percent.
  ///
  /// Absent when the denominator is below the threshold, or when those with or those without the property are a small
  /// count; when zeros are disclosive, also when they are nobody. The percentage is computed from the numerator and the
  /// denominator as they are printed, so it tells nothing that they do not tell.
  public func share(_ numerator: Int, of denominator: Int, decimals: Int = 0) -> DisclosedShare {
    precondition(0 <= numerator && numerator <= denominator, "a share is a part of its denominator")
    let isProtected =
      denominator < threshold || isSensitive(numerator) || isSensitive(denominator - numerator)
    let parts = (count(isProtected ? 0 : numerator), count(denominator))
    guard !isProtected else {
      return DisclosedShare(
        percentage: .absent(.protected), decimals: decimals, numerator: DisclosedCount(value: .absent(.protected)),
        denominator: parts.1)
    }
    return DisclosedShare(
      percentage: percentage(parts.0.value, of: parts.1.value, decimals: decimals), decimals: decimals,
      numerator: parts.0, denominator: parts.1)
  }

  /// A mean over people.
  ///
  /// Absent when fewer people than the threshold contribute. A mean of whole numbers with many digits betrays how many
  /// people it is taken over (3.14 is 22 / 7), so it gets as many decimals as its count allows: one for 10 to 99 people,
  /// two for 100 to 999, and so on. Then every number of people can have every printed mean.
  public func mean(_ value: Double, contributors: Int, decimals: Int = 1) -> DisclosedMean {
    let allowed = min(decimals, decimalsAllowed(for: contributors))
    return DisclosedMean(
      value: contributors < threshold ? .absent(.protected) : exact(value, decimals: allowed), decimals: allowed,
      contributors: count(contributors))
  }

  /// A median or another quantile over people.
  ///
  /// Absent unless at least the threshold lie on either side of it; so a maximum or a minimum is never printed.
  /// Decimals as for a mean.
  public func quantile(_ probability: Double, _ value: Double, contributors: Int, decimals: Int = 0) -> DisclosedMean {
    precondition(0 <= probability && probability <= 1, "a probability lies between 0 and 1")
    let side = (Double(contributors) * min(probability, 1 - probability)).rounded(.down)
    let allowed = min(decimals, decimalsAllowed(for: contributors))
    return DisclosedMean(
      value: side < Double(threshold) ? .absent(.protected) : exact(value, decimals: allowed), decimals: allowed,
      contributors: count(contributors))
  }

  /// People for each unit of something that is not people under protection, such as a caseload per case manager.
  ///
  /// It is computed from the printed number of people; absent when that is absent or when there are no units.
  public func rate(people: Int, per units: Double, decimals: Int = 0) -> DisclosedRate {
    let people = count(people)
    return DisclosedRate(
      value: quotient(people.value, per: units, decimals: decimals), decimals: decimals, people: people)
  }

  /// An estimate with its interval.
  ///
  /// - Parameter contributors: every group that carries the estimate: the people of each arm and, for an outcome that
  ///   happens or not, those of each arm with and without it. The estimate is absent when one of them is below the
  ///   threshold. It gets one decimal more than a mean over the smallest group: a probability then gets whole percents.
  public func estimate(
    _ value: Double, lower: Double, upper: Double, contributors: [Int], decimals: Int
  ) -> DisclosedEstimate {
    let smallest = contributors.min() ?? 0
    let allowed = min(decimals, decimalsAllowed(for: smallest) + 1)
    func disclosed(_ number: Double) -> DisclosedValue {
      smallest < threshold ? .absent(.protected) : exact(number, decimals: allowed)
    }
    return DisclosedEstimate(
      value: disclosed(value), lower: disclosed(lower), upper: disclosed(upper), decimals: allowed,
      contributors: contributors.map(count))
  }

  /// What a count becomes in print, on its own.
  func disclosed(_ people: Int) -> DisclosedValue {
    if isSensitive(people) { return .absent(.protected) }
    return people == 0 ? .zero : .value(Double(rounding.rounded(people)))
  }

  /// The largest number of decimals at which a step of the printed mean is at least one person's part of it.
  private func decimalsAllowed(for contributors: Int) -> Int {
    guard contributors >= threshold else { return 0 }
    var (people, decimals) = (range(ofPublished: contributors).lowerBound, 0)
    while people >= 10 { (people, decimals) = (people / 10, decimals + 1) }
    return decimals
  }

  private func exact(_ value: Double, decimals: Int) -> DisclosedValue {
    value.isFinite ? .value(rounded(value, decimals: decimals)) : .absent(.notApplicable)
  }
}

extension DisclosedTable {
  /// The share that one printed cell is of another, in percent; it tells nothing that the two cells do not tell.
  ///
  /// Absent, with its reason, when one of the cells is absent; not applicable when the denominator is zero.
  public func share(
    of numerator: (row: String, column: String), in denominator: (row: String, column: String), decimals: Int = 0
  ) -> DisclosedShare? {
    guard let part = count(row: numerator.row, column: numerator.column),
      let whole = count(row: denominator.row, column: denominator.column)
    else { return nil }
    return DisclosedShare(
      percentage: percentage(part.value, of: whole.value, decimals: decimals), decimals: decimals, numerator: part,
      denominator: whole)
  }

  /// A printed cell for each unit of something, such as a caseload per case manager.
  public func rate(row: String, column: String, per units: Double, decimals: Int = 0) -> DisclosedRate? {
    count(row: row, column: column).map { people in
      DisclosedRate(
        value: quotient(people.value, per: units, decimals: decimals), decimals: decimals, people: people)
    }
  }
}

private func percentage(_ part: DisclosedValue, of whole: DisclosedValue, decimals: Int) -> DisclosedValue {
  if case .absent = whole { return whole }
  if case .absent = part { return part }
  guard let part = part.number, let whole = whole.number, whole > 0 else { return .absent(.notApplicable) }
  return part == 0 ? .zero : .value(rounded(100 * part / whole, decimals: decimals))
}

private func quotient(_ people: DisclosedValue, per units: Double, decimals: Int) -> DisclosedValue {
  guard let number = people.number else { return people }
  guard units > 0, units.isFinite else { return .absent(.notApplicable) }
  return number == 0 ? .zero : .value(rounded(number / units, decimals: decimals))
}

func rounded(_ value: Double, decimals: Int) -> Double {
  let scale = pow(10, Double(decimals))
  return (value * scale).rounded() / scale
}
