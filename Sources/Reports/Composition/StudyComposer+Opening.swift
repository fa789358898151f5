import Fingerprints
import Charts
import Primitives
import Studies

extension StudyComposer {
  var kicker: LocalizedText {
    let demonstration = LocalizedText("invented demonstration data", nl: "verzonnen voorbeeldgegevens")
    let parts = [settings.organisation, settings.series, settings.isSynthetic ? demonstration : nil].compactMap(\.self)
    return LocalizedText { language in parts.map { $0[language] }.joined(separator: " · ") }
  }

  /// The question, who is followed, and whether they are real.
  var lede: LocalizedText {
    let (plan, followUp) = (study.plan, followUp)
    let start = plan.timeZero.inSentence
    let who =
      people.value.number == nil
      ? LocalizedText(
        en: "This report follows \(cohort), from \(start), for \(followUp) at most.",
        nl: "Dit rapport volgt \(cohort), vanaf \(start), hoogstens \(followUp) lang.")
      : LocalizedText(
        en: "This report follows \(cohort): \(people) people, from \(start), for \(followUp) at most.",
        nl: "Dit rapport volgt \(cohort): \(people) mensen, vanaf \(start), hoogstens \(followUp) lang."
      )
    return LocalizedText(sentences: [plan.question, who] + (settings.isSynthetic ? [invented] : []))
  }

  private var invented: LocalizedText {
    LocalizedText(
      "The people and figures are invented: this is a demonstration.",
      nl: "De mensen en cijfers zijn verzonnen: dit is een voorbeeld.")
  }

  var facts: [ReportFact] {
    let plan = study.plan
    return [
      ReportFact(LocalizedText("As known on", nl: "Stand van"), LocalizedText(study.data.asKnownOn)),
      ReportFact(LocalizedText("People", nl: "Mensen"), LocalizedText(people)),
      ReportFact(LocalizedText("Followed until", nl: "Gevolgd tot en met"), LocalizedText(study.data.observedUntil)),
      ReportFact(LocalizedText("Returns", nl: "Aanleveringen"), LocalizedText { $0.number(study.data.returnCount) }),
      ReportFact(
        LocalizedText("Plan"),
        LocalizedText(
          en: "version \(plan.version) `\(plan.fingerprint.short)`",
          nl: "versie \(plan.version) `\(plan.fingerprint.short)`")),
    ]
  }

  var colophon: LocalizedText {
    var sentences = [
      LocalizedText(
        en: "Made with Meedoen, version `\(study.codeVersion)`.",
        nl: "Gemaakt met Meedoen, versie `\(study.codeVersion)`."
      )
    ]
    if let command = settings.rebuildCommand {
      sentences.append(
        LocalizedText(en: "Run `\(command)` to make it again.", nl: "Met `\(command)` maakt u het opnieuw."))
    }
    if settings.isSynthetic {
      sentences.append(
        LocalizedText(
          "Demonstration data: nobody in this report exists.",
          nl: "Voorbeeldgegevens: niemand in dit rapport bestaat echt."))
    }
    return LocalizedText(sentences: sentences)
  }
}
