import DisclosureControl
import Fingerprints
import Primitives

extension StudyDisclosure {
  /// How the results were computed, as far as it is not the plan's choice.
  var methodNotes: [LocalizedText] {
    var notes = [
      LocalizedText(
        "Days are counted from time zero. A month is 365/12 days, so that twelve months are 365 days for everybody; states after so many months are those on that day.",
        nl:
          "Dagen tellen vanaf het begin. Een maand is 365/12 dagen, zodat twaalf maanden voor iedereen 365 dagen zijn; de toestand na zoveel maanden is die op die dag."
      ),
      LocalizedText(
        "Flows are counted by calendar month, each change of state on its day. For every state and month it was checked that opening plus inflow less outflow is the closing, before rounding.",
        nl:
          "Stromen worden geteld per kalendermaand, elke overgang op haar dag. Voor elke toestand en maand is nagegaan dat begin plus instroom min uitstroom het eind is, vóór afronding."
      ),
      LocalizedText(
        "The share that had an outcome by a time is estimated with the Aalen–Johansen estimator, in which the other causes compete; intervals are 95 % on the log–log scale.",
        nl:
          "Het deel dat een uitkomst heeft bereikt, is geschat met de methode van Aalen en Johansen, waarin de andere oorzaken meetellen; intervallen zijn 95 % op de log-log-schaal."
      ),
      LocalizedText(
        "Somebody for whom an event already held at time zero has it on day 0. Who is not seen on the last day of follow-up is followed for outcomes to the day on which that began.",
        nl:
          "Wie een uitkomst al had bij het begin, heeft die op dag 0. Wie op de laatste dag uit beeld is, wordt voor de uitkomsten gevolgd tot de dag waarop dat begon."
      ),
      LocalizedText(
        "The mean number of months in a state is the share in it among those still followed, summed over the days. Only the end of observation takes people out.",
        nl:
          "Het gemiddelde aantal maanden in een toestand is het deel in die toestand van wie nog wordt gevolgd, opgeteld over de dagen. Alleen het einde van de waarneming haalt mensen eruit."
      ),
    ]
    if !plan.groupings.isEmpty {
      notes.append(
        LocalizedText(
          "Groups are compared with Gray’s test; the difference between two groups is that of two independent samples.",
          nl:
            "Groepen zijn vergeleken met de toets van Gray; het verschil tussen twee groepen is dat van twee onafhankelijke steekproeven."
        ))
    }
    if results.isTimeZeroMonthly {
      notes.append(
        LocalizedText(
          "Time zero is known by month and stands for the first day of its month. In conditions it compares as the whole month.",
          nl:
            "Het begin is per maand bekend en staat voor de eerste dag van die maand. In voorwaarden geldt het als de hele maand."
        ))
    }
    if results.caseload != nil {
      notes.append(
        LocalizedText(
          "The caseload counts everybody in the register with a running assignment at the end of the month, in the cohort or not. A group of fewer than three professionals is not shown.",
          nl:
            "De caseload telt iedereen in het register met een lopende toewijzing aan het eind van de maand, in het cohort of niet. Een groep van minder dan drie professionals wordt niet getoond."
        ))
    }
    return notes
  }

  /// What the results cannot tell.
  var caveats: [LocalizedText] {
    var caveats: [LocalizedText] = []
    if !plan.groupings.isEmpty {
      caveats.append(
        LocalizedText(
          "Groups were not made by lot and nothing was adjusted for: a difference between them is not the effect of the group one is in.",
          nl:
            "De groepen zijn niet door het lot gevormd en er is nergens voor gecorrigeerd: een verschil tussen groepen is niet het effect van de groep waarin iemand zit."
        ))
    }
    caveats += results.lateGroupings.map { index in
      let name = plan.groupings[index].name
      return LocalizedText(
        "\(name.english): the group is known some time after time zero only, so what happened before that can have decided the group.",
        nl:
          "\(name[.dutch]): de groep is pas enige tijd na het begin bekend; wat daarvóór gebeurde, kan de groep hebben bepaald."
      )
    }
    caveats.append(
      LocalizedText(
        "What nobody reported is not seen; a spell without an end counts as still going on.",
        nl: "Wat niemand heeft gemeld, is niet te zien; een periode zonder einde telt als lopend."))
    if plan.cohort.followUp.loss != nil {
      caveats.append(
        LocalizedText(
          "People who are lost are taken to have had the same chances as those who are still seen. If they found less, or more, the figures are off.",
          nl:
            "Van mensen die uit beeld zijn, nemen we aan dat ze dezelfde kansen hadden als mensen die we nog zien. Vonden ze minder of meer, dan kloppen de cijfers niet."
        ))
    }
    return caveats + plan.report.caveats
  }

  // MARK: Origins

  var origins: [ResultOrigin] {
    var origins = [
      origin(
        "attrition", LocalizedText("Who is followed", nl: "Wie worden gevolgd"),
        LocalizedText("Conditions of the plan, step by step", nl: "Voorwaarden van het plan, stap voor stap")),
      origin(
        "flows", LocalizedText("Flows between states", nl: "Stromen tussen toestanden"),
        LocalizedText("Monthly accounts that balance", nl: "Sluitende maandelijkse rekening")),
    ]
    if results.routes != nil {
      origins.append(
        origin(
          "routes", LocalizedText("Routes", nl: "Routes"),
          LocalizedText("Counts of people by route", nl: "Aantallen mensen per route")))
    }
    origins += plan.outcomes.map {
      origin(
        "outcome.\($0.id)", $0.name,
        LocalizedText(
          "Cumulative incidence with competing causes (Aalen–Johansen)",
          nl: "Cumulatieve incidentie met concurrerende oorzaken (Aalen-Johansen)"))
    }
    origins.append(
      origin(
        "occupancy", LocalizedText("States after time zero", nl: "Toestanden na het begin"),
        LocalizedText(
          "Share in each state among those still followed", nl: "Deel per toestand van wie nog wordt gevolgd")))
    if results.caseload != nil {
      origins.append(
        origin(
          "caseload", LocalizedText("Caseload", nl: "Caseload"),
          LocalizedText("People per professional at month end", nl: "Mensen per professional aan het eind van de maand")
        ))
    }
    return origins
  }

  private func origin(_ result: String, _ name: LocalizedText, _ method: LocalizedText) -> ResultOrigin {
    let parts = [
      result, plan.fingerprint.hex, results.dataFingerprint.hex, results.asKnownOn.iso, results.codeVersion,
      "\(policy.threshold)", "\(policy.rounding)",
    ]
    return ResultOrigin(
      result: result, name: name, method: method, plan: plan.fingerprint, data: results.dataFingerprint,
      asKnownOn: results.asKnownOn, codeVersion: results.codeVersion, people: people,
      fingerprint: Fingerprint(of: parts.joined(separator: "\n")))
  }
}
