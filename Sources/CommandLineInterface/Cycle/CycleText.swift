import Primitives
import SubmissionCycles
import Workspaces

/// How the cycle stands, as people read it.
struct CycleText {
  let overview: CycleOverview
  let language: Language
  let showsAll: Bool

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  var text: String {
    var lines = [
      "\(overview.title) · " + pick("as known on ", "stand van ") + language.date(overview.asKnownOn)
    ]
    guard !overview.periods.isEmpty else {
      return lines[0] + "\n"
        + pick(
          "No period has begun: nothing was received, and none was opened with `meedoen cycle open`.",
          "Er is nog geen periode begonnen: er is niets ontvangen, en er is geen geopend met `meedoen cycle open`.")
    }
    lines += [""] + periods + [""] + providers
    if !overview.expected.isEmpty { lines += [""] + expected }
    return lines.joined(separator: "\n")
  }

  private var periods: [String] {
    var table = TextTable([.left, .left, .left, .right, .right, .right, .right])
    table.add(
      pick("period", "periode"), pick("state", "stand"), pick("due on", "uiterlijk"), pick("in time", "op tijd"),
      pick("late", "te laat"), pick("missing", "ontbreekt"), pick("expected", "verwacht"))
    for period in overview.periods.suffix(showsAll ? overview.periods.count : 6) {
      func count(_ standing: PeriodStatus.Standing) -> String {
        language.number(period.providers.count { $0.standing == standing })
      }
      table.add(
        period.period, period.state.words[language], period.dueOn.iso, count(.inTime), count(.late), count(.missing),
        count(.expected))
    }
    let hidden = showsAll ? 0 : max(0, overview.periods.count - 6)
    return table.lines(indent: 0)
      + (hidden == 0
        ? []
        : [
          pick(
            "(the last 6 of \(overview.periods.count); --all shows every period)",
            "(de laatste 6 van \(overview.periods.count); --all toont elke periode)")
        ])
  }

  private var providers: [String] {
    var table = TextTable([.left, .right, .right, .right, .right, .right, .right, .right])
    table.add(
      pick("provider", "aanbieder"), pick("due", "te leveren"), pick("in time", "op tijd"), pick("late", "te laat"),
      pick("missing", "ontbreekt"), pick("came", "gekomen"), pick("came in time", "op tijd gekomen"),
      pick("rows held", "rijen vastgehouden"))
    func share(_ value: Double?) -> String { value.map { language.number(100 * $0) + "%" } ?? "–" }
    for provider in overview.providers {
      table.add(
        provider.provider, "\(provider.due)", "\(provider.inTime)", "\(provider.late)", "\(provider.missing)",
        share(provider.completeness), share(provider.timeliness),
        provider.heldShare.map { language.number(100 * $0, decimals: 1) + "%" } ?? "–")
    }
    return table.lines(indent: 0)
  }

  private var expected: [String] {
    let shown: [ExpectedOutcome.Standing] = [.notYet, .due, .overdue, .met, .metEarly, .metLate, .excused]
    var table = TextTable([.left] + shown.map { _ in .right })
    table.rows.append([pick("expected of people", "van mensen verwacht")] + shown.map { $0.words[language] })
    var order: [String] = []
    for item in overview.expected where !order.contains(item.expectation) { order.append(item.expectation) }
    for id in order {
      let own = overview.expected.filter { $0.expectation == id }
      table.rows.append(
        [own[0].title[language]]
          + shown.map { standing in language.number(own.reduce(0) { $0 + ($1.counts[standing] ?? 0) }) })
    }
    return table.lines(indent: 0)
  }
}
