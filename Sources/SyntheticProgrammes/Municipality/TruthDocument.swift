import Foundation
import Primitives

/// The truth and the README as files for people and programs.
struct TruthDocument {
  let truth: SyntheticTruth

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // The truth holds numbers, texts and dates only, so encoding cannot fail.
    return String(decoding: try! encoder.encode(truth), as: UTF8.self) + "\n"
  }

  var markdown: String { Language.allCases.map(truthText).joined(separator: "\n---\n\n") }

  func readme(_ summary: SyntheticMunicipality.Summary) -> String {
    Language.allCases.map { readmeText($0, summary) }.joined(separator: "\n---\n\n")
  }

  // MARK: truth.md

  private func truthText(_ language: Language) -> String {
    func say(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
    let settings = truth.settings
    let hidden = settings.hiddenConfounding
    var text = """
      # \(say("The truth behind this synthetic municipality", "De waarheid achter deze synthetische gemeente"))

      **\(truth.statement[language])**

      \(say("Seed", "Startgetal")) \(settings.seed) · \(language.number(truth.people)) \(say("people", "mensen")), \
      \(settings.from.iso) – \(settings.until.iso). \
      \(say("The effects are about", "De effecten gaan over")) \(language.number(truth.studyPeople)) \
      \(say(
        "people aged 18 to 64 in the year of settlement and without paid work then, of whom \(language.number(truth.treatedPeople)) got intensive guidance.",
        "mensen van 18 tot en met 64 jaar in het jaar van vestiging en zonder betaald werk bij vestiging; \(language.number(truth.treatedPeople)) van hen kregen intensieve begeleiding."))

      ## \(say("What causes what", "Wat werkt waarop"))

      - \(say("Age, schooling, learnability, sex and health act on who gets intensive guidance.", "Leeftijd, scholing, leerbaarheid, geslacht en gezondheid bepalen mede wie intensieve begeleiding krijgt."))
      - \(say("The same traits, origin, children and a motivation that nobody records act on starting paid work.", "Dezelfde kenmerken, herkomst, kinderen en een motivatie die niemand vastlegt bepalen mede of iemand begint met betaald werk."))
      - \(say("Intensive guidance multiplies the monthly hazard of starting paid work", "Intensieve begeleiding vermenigvuldigt de maandelijkse hazard van beginnen met betaald werk")) \
      \(say("for men by", "voor mannen met")) \(language.number(exp(truth.logHazardRatio["man"]!), decimals: 3)), \
      \(say("for women by", "voor vrouwen met")) \(language.number(exp(truth.logHazardRatio["woman"]!), decimals: 3)).
      - \(hidden == 0
        ? say("Motivation does not act on guidance: what the data hold is enough to adjust for.", "Motivatie bepaalt de begeleiding niet mede: met wat de gegevens bevatten valt volledig te corrigeren.")
        : say("Motivation acts on guidance too, with \(hidden) log odds per standard deviation: adjusting for the data is not enough.", "Motivatie bepaalt ook de begeleiding mede, met \(hidden) log odds per standaardafwijking: corrigeren met de gegevens is niet genoeg."))
      - \(say("Language, instruments, contacts, benefits, education and voluntary work follow and act on nothing else.", "Taal, instrumenten, contacten, uitkeringen, opleiding en vrijwilligerswerk volgen daaruit en werken verder nergens op."))
      - \(say("Leaving and losing contact depend on age, household and chance, not on guidance or work.", "Vertrek en verlies van contact hangen af van leeftijd, huishouden en toeval, niet van begeleiding of werk."))

      ## \(say("True effects", "Ware effecten"))

      \(say("Each share is a count over both paths of each person, in percent; leaving the municipality does not stop the count and death does.", "Elk aandeel is een telling over beide levenspaden van iedere persoon, in procenten; vertrek uit de gemeente stopt de telling niet, overlijden wel."))

      | \(say("outcome", "uitkomst")) | \(say("hours", "uren")) | \(say("estimand", "grootheid")) | \(say("group", "groep")) | \(say("month", "maand")) | n | \(say("intensive", "intensief")) | \(say("regular", "regulier")) | \(say("effect, points", "effect, punten")) |
      |---|---|---|---|--:|--:|--:|--:|--:|

      """
    for effect in truth.effects {
      let outcome =
        effect.outcome == .enteredPaidWork
        ? say("entered paid work by", "begonnen met betaald werk uiterlijk in")
        : say("in paid work at", "aan het werk in")
      let hours = effect.work == .anyHours ? say("any", "alle") : "≥ 12"
      text +=
        "| \(outcome) | \(hours) | \(effect.estimand.rawValue) | \(group(effect.group, language)) | \(effect.month) "
      text += "| \(effect.people) | \(percent(effect.underIntensive, language)) "
      text += "| \(percent(effect.underRegular, language)) | \(percent(effect.effect, language)) |\n"
    }
    text += """

      ## \(say("What a comparison as they are would say", "Wat een vergelijking zonder correctie zou zeggen"))

      | \(say("outcome", "uitkomst")) | \(say("hours", "uren")) | \(say("month", "maand")) | \(say("intensive", "intensief")) | \(say("regular", "regulier")) | \(say("difference", "verschil")) |
      |---|---|--:|--:|--:|--:|

      """
    for naive in truth.naiveDifferences {
      let outcome =
        naive.outcome == .enteredPaidWork
        ? say("entered paid work by", "begonnen met betaald werk uiterlijk in")
        : say("in paid work at", "aan het werk in")
      let hours = naive.work == .anyHours ? say("any", "alle") : "≥ 12"
      text += "| \(outcome) | \(hours) | \(naive.month) | \(percent(naive.intensive, language)) "
      text += "| \(percent(naive.regular, language)) | \(percent(naive.intensive - naive.regular, language)) |\n"
    }
    text += """

      ## \(say("Coefficients", "Coëfficiënten"))

      | \(say("name", "naam")) | \(say("value", "waarde")) | \(say("meaning", "betekenis")) |
      |---|--:|---|

      """
    for coefficient in truth.coefficients {
      text += "| \(coefficient.name) | \(coefficient.value) | \(coefficient.meaning[language]) |\n"
    }
    return text
  }

  private func percent(_ share: Double, _ language: Language) -> String { language.number(share * 100, decimals: 1) }

  private func group(_ group: String, _ language: Language) -> String {
    let dutch = [
      "all": "allen", "man": "mannen", "woman": "vrouwen", "syria": "Syrië", "eritrea": "Eritrea",
      "afghanistan": "Afghanistan", "iraq": "Irak", "iran": "Iran", "other": "overig",
    ]
    let english = ["all": "all", "man": "men", "woman": "women", "other": "other"]
    return language == .dutch ? dutch[group] ?? group : english[group] ?? group.capitalized
  }

  // MARK: README.md

  private func readmeText(_ language: Language, _ summary: SyntheticMunicipality.Summary) -> String {
    func count(_ number: Int) -> String { language.number(number) }
    let settings = truth.settings
    switch language {
    case .english:
      return """
        # A synthetic municipality

        **\(truth.statement.english)**

        Made with seed \(settings.seed): \(count(summary.people)) people, \(count(summary.returns)) returns from \
        \(settings.from.iso) to \(settings.until.iso) with \(count(summary.rows)) rows, \(count(summary.errors)) \
        errors put in on purpose, and \(count(summary.confirmations)) right rows that a rule asks to confirm. The same \
        settings give the same files.

        - `returns/2016-03/entree/` and so on: one folder per month and sender, each with `return.yml`. `entree` (the team \
        for intensive guidance) sends a workbook, `regular` (social services) a file per record, `language-school` one \
        file with repeated rows. A return holds what is new or changed.
        - `errors.csv`: where each error is, of what kind, which finding a review should give, and in which month it is \
        put right. The kind `work-before-settlement` marks rows that are right.
        - `truth.json`, `truth.md`: the causal model, its coefficients and the true effects. Do not open them before \
        the analysis is done.

        """
    case .dutch:
      return """
        # Een synthetische gemeente

        **\(truth.statement.dutch ?? truth.statement.english)**

        Gemaakt met startgetal \(settings.seed): \(count(summary.people)) mensen, \(count(summary.returns)) \
        aanleveringen van \(settings.from.iso) tot en met \(settings.until.iso) met \(count(summary.rows)) regels, \
        \(count(summary.errors)) opzettelijke fouten en \(count(summary.confirmations)) juiste regels waarvan een regel \
        bevestiging vraagt. Dezelfde instellingen geven dezelfde bestanden.

        - `returns/2016-03/entree/` enzovoort: één map per maand en afzender, elk met `return.yml`. `entree` (het team \
        voor intensieve begeleiding) stuurt een werkmap, `regular` (sociale dienst) een bestand per record, \
        `language-school` één bestand met herhaalde regels. Een aanlevering bevat wat nieuw of gewijzigd is.
        - `errors.csv`: waar elke fout staat, van welke soort, welke bevinding een controle moet geven en in welke maand \
        de fout is hersteld. De soort `work-before-settlement` staat bij regels die juist zijn.
        - `truth.json`, `truth.md`: het causale model, de coëfficiënten en de ware effecten. Open ze pas als de analyse \
        klaar is.

        """
    }
  }
}
