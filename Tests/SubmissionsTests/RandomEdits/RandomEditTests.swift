import Foundation
import Testing

/// Random edits of sound returns; `make fuzz` runs a hundred thousand of them.
@Suite struct RandomEditTests {
  @Test(arguments: 0..<8)
  func `whatever is done to a sound return is said where it was done, and no row is lost`(_ part: UInt64) {
    for seed in part * 250..<(part + 1) * 250 {
      let report = EditTrial(seed: seed).report
      #expect(report == nil, "MEEDOEN_EDIT_SEED=\(seed): \(report ?? "")")
    }
  }
}
