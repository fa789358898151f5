import Foundation

/// A result as JSON, in one form: whoever sends it, the program or a server, sends these bytes.
///
/// Keys are in alphabetical order. Control characters that JSON need not escape are escaped, since a terminal may obey
/// them.
///
/// - Throws: what the result's own encoding throws.
public func resultJSON(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  var json = ""
  for scalar in String(decoding: try encoder.encode(value), as: UTF8.self).unicodeScalars {
    if (0x7F...0x9F).contains(scalar.value) {
      json += "\\u00" + String(scalar.value, radix: 16)
    } else {
      json.unicodeScalars.append(scalar)
    }
  }
  return json
}
