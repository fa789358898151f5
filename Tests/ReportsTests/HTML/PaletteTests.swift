import Charts
import Foundation
import Testing

@testable import Reports

@Suite("Palettes")
struct PaletteTests {
  @Test("Text holds 4.5 to 1 against every ground it stands on", arguments: [Palette.light, .dark])
  func text(palette: Palette) {
    for text in ["--ink", "--soft", "--accent", "--norm"] {
      for ground in ["--paper", "--card", "--note"] {
        let contrast = contrast(palette, text, ground)
        #expect(contrast >= 4.5, "\(text) on \(ground) is \(contrast)")
      }
    }
  }

  @Test("Marks hold 3 to 1 against the card they are drawn on", arguments: [Palette.light, .dark])
  func marks(palette: Palette) {
    for tone in SeriesTone.allCases {
      let contrast = contrast(palette, tone.property, "--card")
      #expect(contrast >= 3, "\(tone) is \(contrast)")
    }
    #expect(contrast(palette, "--norm", "--card") >= 3)
  }

  @Test("Series that follow one another differ in lightness by 1.5 to 1 or more", arguments: [Palette.light, .dark])
  func neighbours(palette: Palette) {
    let tones = (0..<6).map { SeriesTone.ordinal($0).property } + [SeriesTone.ordinal(0).property]
    for (tone, next) in zip(tones, tones.dropFirst()) {
      let contrast = contrast(palette, tone, next)
      #expect(contrast >= 1.5, "\(tone) and \(next) differ by \(contrast)")
    }
    #expect(contrast(palette, "--series-1", "--series-quiet") >= 1.5)
  }

  @Test("Contrast is computed as WCAG does: black on white is 21 to 1")
  func knownContrast() {
    #expect(abs(ratio("#000000", "#ffffff") - 21) < 1e-9)
    #expect(abs(ratio("#777777", "#ffffff") - 4.478) < 0.001)
  }

  private func contrast(_ palette: Palette, _ first: String, _ second: String) -> Double {
    ratio(palette[first] ?? "#000000", palette[second] ?? "#000000")
  }

  /// The contrast ratio of WCAG 2.2, from relative luminance.
  private func ratio(_ first: String, _ second: String) -> Double {
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func luminance(_ hex: String) -> Double {
    let value = Int(hex.dropFirst(), radix: 16) ?? 0
    let channels = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
