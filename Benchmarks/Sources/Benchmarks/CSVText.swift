import Foundation

/// Writes a large CSV file quickly: whole numbers, numbers of two decimals at most, and short names.
struct CSVText {
  private var bytes: [UInt8] = []

  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func add(_ whole: Int) { bytes.append(contentsOf: String(whole).utf8) }

  /// A number that is rounded to two decimals already.
  mutating func add(_ number: Double) {
    let hundredths = Int((abs(number) * 100).rounded())
    if number < 0, hundredths > 0 { bytes.append(0x2D) }
    add(hundredths / 100)
    let rest = hundredths % 100
    guard rest > 0 else { return }
    bytes.append(0x2E)
    bytes.append(UInt8(0x30 + rest / 10))
    if rest % 10 > 0 { bytes.append(UInt8(0x30 + rest % 10)) }
  }

  static func write(to path: String, header: [String], rows: Int, cells: [(Int, inout CSVText) -> Void]) {
    FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else {
      FileHandle.standardError.write(Data("\(path) cannot be written\n".utf8))
      exit(2)
    }
    var text = CSVText()
    text.add(header.joined(separator: ",") + "\n")
    for row in 0..<rows {
      for (place, cell) in cells.enumerated() {
        if place > 0 { text.bytes.append(0x2C) }
        cell(row, &text)
      }
      text.bytes.append(0x0A)
      if text.bytes.count > 1 << 22 {
        file.write(Data(text.bytes))
        text.bytes.removeAll(keepingCapacity: true)
      }
    }
    file.write(Data(text.bytes))
    try? file.close()
  }
}
