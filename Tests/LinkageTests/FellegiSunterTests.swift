import Foundation
import Primitives
import Testing
import TestSupport

@testable import Linkage

@Suite struct FellegiSunterTests {
  private func patterns(_ counts: [Double], fields: Int) -> [AgreementPattern] {
    counts.enumerated().map { index, count in
      AgreementPattern(levels: (0..<fields).map { UInt8(index >> (fields - 1 - $0) & 1) }, count: count)
    }
  }

  /// recordlinkage 0.16, `ECMClassifier(max_iter: 5000, atol: 1e-13)` on the same pairs; to six digits, because it adds
  /// a millionth to every count against division by zero.
  @Test func `the maximum equals that of recordlinkage`() throws {
    let counts: [Double] = [5000, 310, 420, 35, 260, 30, 41, 12, 900, 70, 88, 25, 55, 28, 33, 310]
    let fit = try FellegiSunter(
      patterns(counts, fields: 4), start: Array(repeating: [0.1, 0.9], count: 4), startPrevalence: 0.1,
      tolerance: 1e-13, iterationLimit: 10_000)
    #expect(fit.isConverged)
    #expect(isClose(fit.prevalence, 0.05299028005271241, relative: 1e-6))
    let m = [0.9634631406715525, 0.9387868481191254, 0.9241074495273585, 0.9134776521957022]
    let u = [0.15528384469959713, 0.05407738008911807, 0.08193189420456921, 0.06256376691231509]
    for field in 0..<4 {
      #expect(isClose(fit.matching[field][1], m[field], relative: 1e-6))
      #expect(isClose(fit.other[field][1], u[field], relative: 1e-6))
    }
  }

  @Test func `one step by hand`() throws {
    // One field, ten pairs: 4 agree, 6 differ. λ = 1/2, m = (0.1, 0.9), u is counted: (0.6, 0.4).
    // Of one person: 0.9/(0.9 + 0.4) = 9/13 of those that agree, 0.1/(0.1 + 0.6) = 1/7 of the others.
    // Matches: 4 · 9/13 + 6 · 1/7 = 36/13 + 6/7 = 330/91, so λ = 33/91 and m(agree) = (36/13)/(330/91) = 42/55.
    let fit = try FellegiSunter(
      patterns([6, 4], fields: 1), start: [[0.1, 0.9]], startPrevalence: 0.5, iterationLimit: 1)
    #expect(isClose(fit.prevalence, 33.0 / 91, relative: 1e-12))
    #expect(isClose(fit.matching[0][1], 42.0 / 55, relative: 1e-12))
    // u(agree) = (4 − 36/13)/(10 − 330/91) = (112/91)/(580/91).
    #expect(isClose(fit.other[0][1], 112.0 / 580, relative: 1e-12))
    #expect(!fit.isConverged)
  }

  @Test func `a weight is the sum of its levels, and what is not known weighs nothing`() throws {
    let counts: [Double] = [5000, 310, 420, 35, 260, 30, 41, 12, 900, 70, 88, 25, 55, 28, 33, 310]
    let fit = try FellegiSunter(
      patterns(counts, fields: 4), start: Array(repeating: [0.1, 0.9], count: 4), startPrevalence: 0.1)
    let sum = fit.startingWeight + fit.weight(field: 0, level: 1) + fit.weight(field: 2, level: 0)
    #expect(isClose(fit.weight([1, 255, 0, 255]), sum, relative: 1e-12))
    #expect(FellegiSunter.probability(ofWeight: 0) == 0.5)
    #expect(isClose(FellegiSunter.probability(ofWeight: 3), 8.0 / 9, relative: 1e-12))
  }

  @Test func `pairs that were not compared count as of two people`() throws {
    // All pairs, against only those that agree on something with the levels of all pairs as background.
    let counts: [Double] = [90_000, 900, 800, 30, 700, 25, 20, 200]
    let all = patterns(counts, fields: 3)
    let background = (0..<3).map { field in
      (0..<2).map { level in all.filter { $0.levels[field] == level }.reduce(0) { $0 + $1.count } }
    }
    let start = Array(repeating: [0.1, 0.9], count: 3)
    let whole = try FellegiSunter(all, start: start, startPrevalence: 0.01, tolerance: 1e-10)
    let part = try FellegiSunter(
      Array(all.dropFirst()), background: [background], pairTotal: counts.reduce(0, +), start: start,
      startPrevalence: 0.01, tolerance: 1e-10)
    #expect(isClose(whole.prevalence, part.prevalence, relative: 1e-2))
    for field in 0..<3 {
      #expect(abs(whole.matching[field][1] - part.matching[field][1]) < 1e-2)
      #expect(abs(whole.other[field][1] - part.other[field][1]) < 1e-3)
    }
  }

  @Test func `u goes by company where fields are grouped`() throws {
    let levels: [[UInt8]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
    let patterns = zip(levels, [5000.0, 50, 900, 600]).map { AgreementPattern(levels: $0, count: $1) }
    let fit = try FellegiSunter(
      patterns, grouping: [0], start: [[0.1, 0.9], [0.1, 0.9]], startPrevalence: 0.02, iterationLimit: 1)
    #expect(FellegiSunter.company(of: [0, 1], grouping: [0]) == 1)
    #expect(FellegiSunter.company(of: [255, 1], grouping: [0]) == 0)
    #expect(fit.other(field: 1, level: 1, in: 2) > 10 * fit.other(field: 1, level: 1, in: 1))
    #expect(fit.other(field: 0, level: 1, in: 1) == fit.other(field: 0, level: 1, in: 2))
  }

  @Test func `nothing to compare is an error`() {
    #expect(throws: LinkageError.nothingToCompare) {
      try FellegiSunter([], start: [[0.1, 0.9]], startPrevalence: 0.1)
    }
  }
}
