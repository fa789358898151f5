import Foundation
import Primitives

extension SyntheticFund {
  func json(_ truth: SyntheticFundTruth) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(truth), as: UTF8.self) + "\n"
  }

  func readMe(_ truth: SyntheticFundTruth, _ summary: Summary) -> String {
    func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
    let rows = SyntheticFundTruth.months.compactMap { month -> String? in
      guard let all = truth.effect(.averageEffect, month: month),
        let treated = truth.effect(.averageEffectOnTheTreated, month: month),
        let naive = truth.naiveDifferences.first(where: { $0.month == month })
      else { return nil }
      return
        "| \(month) | \(percent(all.effect)) | \(percent(treated.effect)) | \(percent(naive.intensive - naive.regular)) |"
    }
    return """
      # A synthetic outcomes fund

      \(truth.statement[.english])

      \(truth.statement[.dutch])

      \(summary.people) participants of four providers, \(summary.returns) returns with \(summary.rows) rows, in the form of \
      the data model `rtof`.

      - `returns/<month>/<provider>/` holds what a provider sends about a month: a `return.yml` and the files. `provider-a` \
      sends one CSV with a row for each person, `provider-b` a CSV for each record, `provider-c` a workbook with a sheet for \
      each record, `provider-d` a workbook with a row for each person. Only what is new or put right is sent.
      - `errors.csv` lists the \(summary.errors) mistakes that were put in, with the code of the finding that a review should \
      give and the month of the return that puts it right. Lines with `confirm` are \
      unlikely or late. Notices are not listed.
      - `truth.json` has the settings and the true effects.

      ## The truth

      Each provider has a regular and an intensive variant of its support; `provider_id_person` says which (for instance \
      `provider-a-intensive`). The intensive variant multiplies the monthly hazard of entering work by \
      exp(\(truth.logHazardRatio)). Among the \(truth.studyPeople) participants without paid work at enrolment, the effect on \
      having entered work no later than so many calendar months after the month of enrolment, in percentage points:

      | months | all (ATE) | those treated (ATT) | groups as they are |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      The last column is biased: people with more English, who are available or have worked in the country get the \
      intensive variant more often, and enter work more often under either. The baseline records all of that\
      \(hiddenConfounding == 0 ? "" : ", except motivation, which nobody records").

      """
  }
}
