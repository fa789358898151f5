import Foundation
import Statistics
import TestSupport
import Testing

/// Cumulative incidence, Gray's test and state occupation against R's survival 3.5-3 and cmprsk 2.2-11.
@Suite(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
struct CompetingRisksReferenceTests {
  @Test func monoclonalGammopathyBySex() throws {
    let reference = try ReferenceCase("S06")
    let data = try reference.table("mgus2")
    let progressed = data.wholeNumbers("pstat")
    let death = data.wholeNumbers("death")
    let cause = progressed.indices.map { progressed[$0] == 1 ? 1 : 2 * death[$0] }
    let times = data.numbers("futime")
    let exit = progressed.indices.map { progressed[$0] == 1 ? data.numbers("ptime")[$0] : times[$0] }
    let followUp = try FollowUp(exit: exit, cause: cause, causes: 2)
    let (group, names) = data.groups("sex")
    #expect(followUp.count == Int(reference.results["n"].number!))
    for k in 0...2 {
      reference.expect(Double(cause.count { $0 == k }), reference.results["events"]["\(k)"], "events \(k)")
    }
    let states = ["(s0)", "pcm", "death"]
    try expectStates(followUp, reference.results["aj_overall"], states, reference)
    let parts = try followUp.split(by: group, groups: 2).map { $0! }
    for (part, name) in zip(parts, names) {
      try expectStates(part, reference.results["aj_\(name)"], states, reference)
    }
    try expectIncidence(parts, names, reference.results["cuminc_by_sex"], reference)
    try expectGray(followUp, group, nil, reference.results["cuminc_by_sex"]["gray"], reference)
    let overSeventy = data.numbers("age").map { $0 > 70 ? 1 : 0 }
    try expectIncidence(parts, names, reference.results["cuminc_strata_agegrp"], reference)
    try expectGray(followUp, group, overSeventy, reference.results["cuminc_strata_agegrp"]["gray"], reference)
    let naive = try KaplanMeier(followUp.censoring(causesOtherThan: 1))
    let months = reference.results["aj_overall"]["times"].list.map { $0.number! }
    reference.expect(
      months.map { 1 - naive.estimate(at: $0)!.value }, reference.results["one_minus_km_naive_pcm"],
      "one minus survival")
  }

  @Test func biliaryCirrhosisByTreatment() throws {
    let reference = try ReferenceCase("S09")
    let data = try reference.table("pbc").rows(with: "trt")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status"), causes: 2)
    let (group, names) = data.groups("trt")
    try expectStates(followUp, reference.results["aj"], ["(s0)", "tx", "death"], reference)
    let parts = try followUp.split(by: group, groups: 2).map { $0! }
    try expectIncidence(parts, names, reference.results["cuminc"], reference)
    try expectGray(followUp, group, nil, reference.results["cuminc"]["gray"], reference)
  }

  @Test func myeloidLeukaemiaThroughItsStates() throws {
    let reference = try ReferenceCase("S12")
    let data = try reference.table("myeloid_multistate")
    let names = ["(s0)", "CR", "SCT", "death"]
    let history = try StateHistory(
      states: 4, person: data.wholeNumbers("id"), entry: data.numbers("tstart"), exit: data.numbers("tstop"),
      to: data.texts("e").map { (names.firstIndex(of: $0) ?? -1) + 1 })
    let estimate = try StateOccupation(history)
    let expected = reference.results
    let times = expected["times"].list.map { $0.number! }
    for (state, name) in names.enumerated() {
      let found = times.map { estimate.estimate(of: state + 1, at: $0)! }
      reference.expect(found.map(\.value), expected["pstate"][name], name)
      reference.expect(found.map(\.standardError), expected["std_err"][name], "\(name) error")
      for (target, other) in names.enumerated().dropFirst() {
        reference.expect(
          Double(estimate.transitions[state][target]), expected["transitions"][name][other], "\(name) to \(other)")
      }
      reference.expect(
        Double(estimate.lastSeen[state]), expected["transitions"][name]["(censored)"], "\(name) last seen")
    }
  }

  /// Both roads to the same numbers: closed form, clusters of one, and the estimator for any states.
  private func expectStates(
    _ followUp: FollowUp, _ expected: Reference, _ states: [String], _ reference: ReferenceCase
  ) throws {
    let times = expected["times"].list.map { $0.number! }
    let clustered = try FollowUp(
      exit: followUp.exit, cause: followUp.cause, causes: 2, cluster: Array(0..<followUp.count))
    let history = try StateHistory(
      states: 3, person: Array(0..<followUp.count), entry: followUp.exit.map { _ in 0 }, exit: followUp.exit,
      to: followUp.cause.map { $0 == 0 ? 0 : $0 + 1 })
    let occupation = try StateOccupation(history)
    let curves = [try CumulativeIncidence(followUp), try CumulativeIncidence(clustered)]
    for (state, name) in states.enumerated() {
      for curve in curves {
        let found = times.map { state == 0 ? curve.survivalEstimate(at: $0) : curve.estimate(of: state, at: $0) }
        reference.expect(found.map { $0?.value }, expected["pstate"][name], name)
        reference.expect(found.map { $0?.standardError }, expected["std_err"][name], "\(name) error")
      }
      let found = times.map { occupation.estimate(of: state + 1, at: $0)! }
      reference.expect(found.map(\.value), expected["pstate"][name], name)
      reference.expect(found.map(\.standardError), expected["std_err"][name], "\(name) error")
    }
  }

  private func expectIncidence(
    _ parts: [FollowUp], _ names: [String], _ expected: Reference, _ reference: ReferenceCase
  ) throws {
    let times = expected["times"].list.map { $0.number! }
    for (part, name) in zip(parts, names) {
      let curve = try CumulativeIncidence(part, variance: .countingProcess)
      for cause in 1...2 {
        let found = times.map { curve.estimate(of: cause, at: $0) }
        reference.expect(found.map { $0?.value }, expected["est"]["\(name) \(cause)"], "incidence")
        reference.expect(
          found.map { $0?.standardError.map { $0 * $0 } }, expected["var"]["\(name) \(cause)"], "incidence variance")
      }
    }
  }

  private func expectGray(
    _ followUp: FollowUp, _ group: [Int], _ stratum: [Int]?, _ expected: Reference, _ reference: ReferenceCase
  ) throws {
    for cause in 1...2 {
      let test = try GrayTest(followUp, cause: cause, group: group, groups: 2, stratum: stratum)
      reference.expect(test.statistic, expected["\(cause)"]["stat"], "Gray's statistic")
      reference.expect(Double(test.degreesOfFreedom), expected["\(cause)"]["df"], "degrees of freedom")
      reference.expect(test.pValue, expected["\(cause)"]["p"], "p")
    }
  }
}
