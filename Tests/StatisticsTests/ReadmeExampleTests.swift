import Foundation
import Statistics
import TestSupport
import Testing

@Suite("The example of the README")
struct ReadmeExampleTests {
  @Test("It runs, with this one import, and gives what R's sandwich gives")
  func runs() throws {
    // README: start
    let schooling = [4.0, 6, 8, 9, 10, 12, 5, 7, 8, 10, 11, 13]
    let guided = [0.0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    let earned = [310.0, 350, 520, 480, 640, 700, 450, 520, 690, 720, 850, 880]

    let design = try ModelMatrix([("guided", guided), ("schooling", schooling)])
    let fit = try LinearRegression(design, response: earned)
    let estimates = try fit.estimates(.hc3)
    let effect = try estimates.estimate(1)
    // README: end
    #expect(estimates.names[1] == "guided")
    #expect(estimates.convention.english.hasPrefix("HC3"))
    #expect(isClose(effect.value, 139.426_559_356_136_8, relative: 1e-10))
    #expect(isClose(effect.standardError ?? 0, 30.423_350_564_531_91, relative: 1e-10))
  }

  @Test("It is word for word that of the README")
  func sameWords() throws {
    let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let readme = try String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(source.range(of: "// README: start\n"))
    let end = try #require(source.range(of: "    // README: end"))
    let lines = source[start.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : String($0) }
    let example = lines.joined(separator: "\n")
    #expect(readme.contains(example))
  }
}
