import Primitives
import Testing
import TestSupport

@testable import Linkage

@Suite struct NameComparisonTests {
  /// jellyfish 1.3.0, `jaro_winkler_similarity`; to the last bits, because the sums are in another order.
  @Test(arguments: [
    ("MARTHA", "MARHTA", 0.9611111111111111), ("DWAYNE", "DUANE", 0.84), ("DIXON", "DICKSONX", 0.8133333333333332),
    ("mohammed", "muhammad", 0.85), ("yousef", "youssouf", 0.8916666666666667), ("a", "b", 0), ("ab", "ba", 0),
    ("abdulrahman", "abdelrahmane", 0.9398989898989898),
  ])
  func `likeness equals that of jellyfish`(a: String, b: String, expected: Double) {
    #expect(isClose(jaroWinkler(a, b), expected, relative: 1e-12))
    #expect(isClose(jaroWinkler(b, a), expected, relative: 1e-12))
  }

  @Test func `likeness by hand`() {
    // MARTHA and MARHTA: 6 letters in common, 2 of them (T and H) in another order, so one transposition:
    // (6/6 + 6/6 + 5/6)/3 = 17/18. Three letters at the start: 17/18 + 0.3 · 1/18.
    #expect(isClose(jaroWinkler("MARTHA", "MARHTA"), 17.0 / 18 + 0.3 / 18, relative: 1e-14))
    #expect(jaroWinkler("", "") == 0 && jaroWinkler("", "x") == 0 && jaroWinkler("same", "same") == 1)
  }

  @Test(arguments: [
    ["Mohammed", "Muhammad", "Mohamed", "MOHAMMAD", "Muḥammad", "محمد", "Мухаммад"], ["Yousef", "Youssouf", "Yusuf"],
    ["Rachid", "Rashid", "Rasheed", "رشيد"], ["Khadija", "Khadidja", "Khadijah"], ["Al-Sayed", "Sayed", "el Sayyid"],
    ["Çiçek", "Cicek"], ["Fatima", "Fatimah", "Faatima"],
  ])
  func `spellings of one name have one key`(names: [String]) {
    var book = NameBook()
    var keys: [Int32] = []
    for name in names {
      let number = book.number(of: name)!
      keys.append(book.entries[Int(number)].key)
    }
    #expect(keys.allSatisfy { $0 == keys[0] }, "\(names) \(keys)")
  }

  @Test func `levels of names`() {
    var book = NameBook()
    func level(_ a: String, _ b: String) -> UInt8 {
      let (first, second) = (book.number(of: a)!, book.number(of: b)!)
      return book.level(first, second)
    }
    #expect(level("Amina", "AMINA") == 5 && level("Noor Amal", "Noor-Amal") == 5 && level("Zoë", "Zoe") == 5)
    #expect(level("Mohammed", "Muhammad") == 4)
    #expect(level("Maria Fernanda", "Maria") == 3 && level("Tesfa", "Mehari Tesfa") == 3)
    #expect(level("Jst", "Jet") == 2)
    #expect(level("Selam", "Bereket") == 0)
    #expect(book.number(of: " - ") == nil)
  }

  @Test func `levels of dates`() {
    let level = PreparedRecords.dateLevel
    #expect(level(1990_03_07, 1990_03_07) == 5)
    #expect(level(1990_03_07, 1990_07_03) == 4)
    #expect(level(1990_03_07, 1990_03_17) == 3 && level(1990_03_07, 1909_03_07) == 3)
    #expect(level(1990_05_27, 1990_01_01) == 2)
    #expect(level(1990_03_07, 1985_03_07) == 1)
    #expect(level(1990_03_07, 1985_04_17) == 0)
  }

  @Test func `levels of years`() {
    #expect(PreparedRecords.yearLevel(1990, 1990) == 3 && PreparedRecords.yearLevel(1990, 1991) == 2)
    #expect(PreparedRecords.yearLevel(1990, 1960) == 1 && PreparedRecords.yearLevel(1986, 1968) == 1)
    #expect(PreparedRecords.yearLevel(1990, 1975) == 0)
  }

  @Test func `one slip is one character or two neighbours`() {
    func slip(_ a: String, _ b: String) -> Bool { isOneSlipApart(Array(a.utf8), Array(b.utf8)) }
    #expect(slip("QQ123456C", "QQ123546C") && slip("abc", "abcd") && slip("abcd", "acd") && slip("abc", "abd"))
    #expect(!slip("abc", "abc") && !slip("abc", "cba") && !slip("ab", "abcd") && !slip("abcd", "badc"))
  }
}
