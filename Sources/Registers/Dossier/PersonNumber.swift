import DataModels

extension DataModel {
  /// A person's number in the form in which it is looked up: where numbers are whole numbers, without zeros in front.
  func canonicalNumber(_ text: String) -> String {
    guard person.field(personField)?.type == .integer, let number = Int(text) else { return text }
    return String(number)
  }
}
