import DataModels
import Testing

@Suite struct ValueFormatTests {
  @Test(arguments: [
    ("AB123456C", true), ("TN054981B", false), ("AB123456E", false), ("AO123456A", false), ("DA123456A", false),
    ("ab123456c", false), ("AB12345C", false), ("", false),
  ])
  func nationalInsuranceNumbersFollowTheDepartmentsForm(_ text: String, _ fits: Bool) {
    #expect(ValueFormat.ukNationalInsuranceNumber.matches(text) == fits)
  }

  @Test(arguments: [
    ("111222333", true), ("123456782", true), ("123456789", false), ("000000000", false), ("12345678", false),
  ])
  func citizenServiceNumbersPassTheTestOfEleven(_ text: String, _ fits: Bool) {
    #expect(ValueFormat.dutchCitizenServiceNumber.matches(text) == fits)
  }

  @Test(arguments: [("wrok", "work"), ("Edcuation", "education"), ("xyz", nil as String?)])
  func nearMissesAreFound(_ word: String, _ expected: String?) {
    #expect(nearMiss(word, among: ["work", "education", "volunteering"]) == expected)
  }
}
