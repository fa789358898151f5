import DataModels
import Foundation
import Primitives
import Testing
import TestSupport

@Suite struct ShippedModelTests {
  @Test(arguments: ["municipality", "rtof"])
  func everyShippedModelLoads(_ name: String) throws {
    let file = repository.appendingPathComponent("Models/\(name).yml")
    let model = try DataModel(contentsOf: file)
    #expect(model.id == name)
    for record in model.records {
      #expect(record.title.dutch != nil, "\(record.id) has no Dutch title")
      for field in record.fields {
        #expect(field.label.dutch != nil, "\(record.id).\(field.id) has no Dutch label")
        #expect(field.privacy == .plain || field.purpose != nil)
      }
    }
    for rule in model.rules {
      #expect(rule.says.dutch != nil && rule.fix?.dutch != nil, "\(rule.id) does not speak Dutch, or offers no fix")
    }
  }
}
