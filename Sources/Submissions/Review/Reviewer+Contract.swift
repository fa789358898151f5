import DataModels
import Primitives

extension Reviewer {
  /// What happened before the contract began, or after it ended.
  mutating func checkContract() {
    guard let contract = occasion.contract ?? model.checks.contract else { return }
    for b in batches.indices {
      let record = model.records[batches[b].record]
      guard let f = record.nature.timeField.flatMap({ record.index(of: $0) }), batches[b].positions[f] != nil else {
        continue
      }
      let (english, dutch) = (record.fields[f].label.english, record.fields[f].label[.dutch])
      for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
        let value = batches[b].value(row, f)
        if value.isMissing || contract.contains(value) != false { continue }
        add(
          .outsideContract, .confirm, b, row, f, rule: "\(record.id).\(record.fields[f].id).contract",
          LocalizedText(
            "“\(english)” lies outside the time of the contract (\(contract.words(.english))).",
            nl: "“\(dutch)” ligt buiten de looptijd van het contract (\(contract.words(.dutch)))."),
          FindingCode.outsideContract.explanation.text)
      }
    }
  }
}

extension ValueRange {
  /// `2020-10 to 2023-03`, `from 2020-10`, `until 2023-03`.
  fileprivate func words(_ language: Language) -> String {
    let (from, until) = language == .dutch ? ("vanaf", "tot en met") : ("from", "until")
    switch (lower?.canonicalText, upper?.canonicalText) {
    case (let lower?, let upper?): return "\(lower) \(until) \(upper)"
    case (let lower?, nil): return "\(from) \(lower)"
    case (nil, let upper?): return "\(until) \(upper)"
    case (nil, nil): return ""
    }
  }
}
