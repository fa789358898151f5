#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension Double {
  var exponential: Double { exp(self) }
  var logarithm: Double { log(self) }
}
