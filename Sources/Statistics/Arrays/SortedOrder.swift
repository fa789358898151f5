import NumericalMethods

func sortedOrder(_ keys: [UInt64]) -> [Int32] { sortedOrder(of: keys) }

func sortedOrder(ofTimes times: [Double]) -> [Int32] { sortedOrder(of: times) }
