import Primitives
import Testing
import TestSupport

@testable import Linkage

@Suite struct NameSoundsTests {
  private func likeness(_ a: String, _ b: String) -> Double {
    NameSounds(foldedParts(a).flatMap { $0 }).likeness(to: NameSounds(foldedParts(b).flatMap { $0 }))
  }

  /// Ways in which one name is written, by the letters that offices confuse: ظ ض ذ as dh, d, z; ق غ as q, gh, g, k; خ as kh,
  /// h, ch; و as w, v, ou; ج as j, g, dj.
  @Test(arguments: [
    ("Ramadhan", "Ramazan"), ("Ramadan", "Ramazan"), ("Qader", "Ghader"), ("Gader", "Qadir"), ("Kadhafi", "Gaddafi"),
    ("Dawood", "Davud"), ("Shukri", "Chukri"), ("Khalid", "Chaled"), ("Gamal", "Jamal"), ("Youssef", "Josef"),
    ("Tesfay", "Tesfai"), ("Weldu", "Veldu"), ("Dhahir", "Zahir"),
  ])
  func `spellings of one name sound alike`(a: String, b: String) {
    #expect(likeness(a, b) >= 0.8, "\(likeness(a, b))")
    #expect(likeness(a, b) == likeness(b, a))
  }

  @Test(arguments: [
    ("Sara", "Lara"), ("Ali", "Aziz"), ("Hassan", "Hamid"), ("Fatima", "Halima"), ("Omar", "Samir"), ("Bilal", "Jalal"),
  ])
  func `other names do not`(a: String, b: String) { #expect(likeness(a, b) < 0.8, "\(likeness(a, b))") }

  @Test func `likeness by hand`() {
    // Qader: q a d e r, of weight 1 + ¼ + 1 + ¼ + 1 = 3.5. Ghadir: gh for q 0.2, i for e 0.1.
    #expect(isClose(likeness("Qader", "Ghadir"), 1 - 0.3 / 3.5, relative: 1e-12))
    // Leaving the last letter out costs a consonant.
    #expect(isClose(likeness("Omar", "Oma"), 1 - 1 / 2.5, relative: 1e-12))
    #expect(likeness("Omar", "Omar") == 1 && likeness("Ommar", "Omar") == 1)
    #expect(likeness("", "") == 0 && likeness("", "Omar") == 0)
  }

  @Test func `what cannot be as like as is asked is not worked out`() {
    let (short, long) = (NameSounds(Array("ali".utf8)), NameSounds(Array("abdulrahman".utf8)))
    #expect(short.likeness(to: long, least: 0.65) == 0 && short.likeness(to: long) > 0)
  }
}
