import Foundation

/// A name in plain Latin letters: without accents, in lower case, transliterated where it is in another script.
///
/// Anything that is no letter parts the name. Letters of Latin script that do not fall apart into a letter and an accent
/// (ß, ø, ł), Greek, Cyrillic, Arabic and Hebrew letters have a table; letters of other scripts are kept as `?` and their
/// number, so that equal names stay equal.
func foldedParts(_ name: String) -> [[UInt8]] {
  var parts: [[UInt8]] = []
  var part: [UInt8] = []
  func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { "'’‘`ʼʿʾ".unicodeScalars.contains(scalar) }
  for scalar in name.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
    switch scalar.value {
    case 0x61...0x7A: part.append(UInt8(scalar.value))
    case 0x0300...0x036F, 0x064B...0x0655, 0x0670, 0x0640, 0x0591...0x05C7: continue
    default:
      if isApostrophe(scalar) { continue }
      if let letters = latinLetters[scalar] {
        part.append(contentsOf: letters.utf8)
      } else if scalar.properties.isAlphabetic {
        part.append(contentsOf: "?\(String(scalar.value, radix: 16))".utf8)
      } else if !part.isEmpty {
        parts.append(part)
        part = []
      }
    }
  }
  if !part.isEmpty { parts.append(part) }
  return parts
}

/// Letters and what they become, in lines of `letter letters`.
private let latinLetters: [Unicode.Scalar: String] = {
  let latin = "ß ss æ ae œ oe ø o ł l đ d ð d þ th ı i ħ h ŋ ng ə a ƙ k ɗ d ɓ b "
  let greek =
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o "
  let cyrillic =
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch "
    + "ы y э e ю yu я ya є ye і i ґ g қ q ғ gh ү u ұ u ө o һ h ҳ h ҷ j ӣ i ӯ u ң ng ә a "
  let arabic =
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z غ gh ف f ق q ك k ک k ل l م m ن n ه h و w "
    + "ي y ی y ى a ة a پ p چ ch ژ zh گ g ڤ v ٱ a ە e ۆ o ێ e ڕ r ڵ l ھ h ہ h ے e ټ t ډ d ړ r ږ z ښ sh ڼ n ۍ i ئ y ؤ w "
  let hebrew =
    "א a ב b ג g ד d ה h ו w ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s פ p ף p צ ts ץ ts ק k ר r ש sh ת t "
  var table: [Unicode.Scalar: String] = [:]
  for line in [latin, greek, cyrillic, arabic, hebrew] {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    var index = 0
    while index + 1 < words.count {
      table[words[index].unicodeScalars.first!] = String(words[index + 1])
      index += 2
    }
  }
  // Signs without a sound of their own.
  for sign in "ъьءع".unicodeScalars { table[sign] = "" }
  return table
}()
