#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What an expression gives: one value for each row, or one for all.
enum ExpressionValue: Sendable {
  /// Missing is NaN.
  case numbers([Double])
  /// 1, 0, or NaN where not known.
  case truths([Double])
  /// A missing category is −1.
  case categories(codes: [Int32], levels: [String])
  case number(Double)
  case text(String)
  case numberList([Double])
  case textList([String])
}

/// The functions that expressions may call.
enum ExpressionFunction {
  static let names: [String] =
    elementwise.keys.sorted() + ["I", "c", "factor", "ifelse", "max", "min", "offset", "pmax", "pmin", "rcs"]

  static let elementwise: [String: @Sendable (Double) -> Double] = [
    "log": { log($0) }, "log2": { log2($0) }, "log10": { log10($0) }, "log1p": { log1p($0) }, "exp": { exp($0) },
    "expm1": { expm1($0) }, "sqrt": { $0.squareRoot() }, "abs": { abs($0) }, "floor": { $0.rounded(.down) },
    "ceiling": { $0.rounded(.up) }, "round": { $0.rounded(.toNearestOrEven) }, "sin": { sin($0) }, "cos": { cos($0) },
    "tan": { tan($0) }, "sign": { $0.isNaN ? $0 : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    "as.numeric": { $0 }, "as.integer": { $0.rounded(.towardZero) },
  ]
}
