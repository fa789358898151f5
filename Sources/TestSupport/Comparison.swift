/// Whether two numbers agree to a relative tolerance (absolute below 1).
public func isClose(_ a: Double, _ b: Double, relative tolerance: Double = 1e-9) -> Bool {
  if a == b { return true }
  return abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
