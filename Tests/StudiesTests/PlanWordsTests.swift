import Primitives
import Testing

@testable import Studies

@Suite struct PlanWordsTests {
  @Test func thePlanReadsAloudInEnglish() throws {
    #expect(try smallPlan().inWords(.english) == english)
  }

  @Test func thePlanReadsAloudInDutch() throws {
    #expect(try smallPlan().inWords(.dutch) == dutch)
  }
}

private let english = """
  Question
  - Who finds work?

  Who is followed
  - Adults who arrived in 2017. Time zero is arrival (`arrival.on`); who has none is not followed.
  - In: Arrived in 2017 (`time-zero in 2017-01..2017-12`).
  - Out: Born after 1998 (`person.born > 1998`).

  How long
  - Each person is followed for 11 months (334 days) from time zero, and not beyond 31 December 2017.
  - Lost is who was not seen for 3 months, until seen again. A person is seen on the day of, or the first day of: `contact`.

  States
  - On each day a person is in one state: the first below that holds, but a state for good goes before all others.
  - Work: `activity(kind = work, hours >= 12)`.
  - Education: `activity(kind = education)`.
  - None of these: none of the others.
  - Lost: who is lost.
  - Moved: for good, from the first day of `exit(reason = moved)`.

  Outcomes
  - Into work: which comes first from time zero on, and when, of Work; Gone (Moved and `exit(reason = died)`). The study is about Work.

  Groups
  - Team, the first that holds: Fast (`any guidance(team = fast) on time-zero + 1 month`); Other (all others).

  Routes
  - Inflow: everybody.
  - Team: by Team.
  - Way, the one that held on the most days: School (`activity(kind = education)`); Job (`activity(kind = work)`); Neither (all others).
  - End: the state on the last day of follow-up.

  Caseload
  - People with a running `guidance` at the end of each month, per professional; at most 2 were promised.

  Small numbers
  - Counts of people below 10 are withheld, and others with them where needed; what is printed is rounded to 5.
  """

private let dutch = """
  Vraag
  - Wie vindt werk?

  Wie worden gevolgd
  - Volwassenen die in 2017 aankwamen. Het begin is aankomst (`arrival.on`); wie dat niet heeft, wordt niet gevolgd.
  - Wel: Aangekomen in 2017 (`time-zero in 2017-01..2017-12`).
  - Niet: Geboren na 1998 (`person.born > 1998`).

  Hoe lang
  - Ieder wordt 11 maanden (334 dagen) gevolgd vanaf het begin, en niet langer dan tot en met 31 december 2017.
  - Uit beeld is wie 3 maanden niet is gezien, tot die weer wordt gezien. Iemand is gezien op de dag, of de eerste dag, van: `contact`.

  Toestanden
  - Op elke dag is iemand in één toestand: de eerste hieronder die geldt, maar een blijvende toestand gaat voor alle andere.
  - Werk: `activity(kind = work, hours >= 12)`.
  - Opleiding: `activity(kind = education)`.
  - Geen van deze: geen van de andere.
  - Uit beeld: wie uit beeld is.
  - Verhuisd: blijvend, vanaf de eerste dag van `exit(reason = moved)`.

  Uitkomsten
  - Aan het werk: wat vanaf het begin het eerst komt, en wanneer, van Werk; Weg (Verhuisd en `exit(reason = died)`). Het gaat om Werk.

  Groepen
  - Team, de eerste die geldt: Snel (`any guidance(team = fast) on time-zero + 1 month`); Anders (alle anderen).

  Routes
  - Instroom: iedereen.
  - Team: naar Team.
  - Weg, de waarde die op de meeste dagen gold: School (`activity(kind = education)`); Baan (`activity(kind = work)`); Geen (alle anderen).
  - Eind: de toestand op de laatste dag.

  Caseload
  - Mensen met een lopende `guidance` aan het eind van elke maand, per professional; beloofd zijn er hoogstens 2.

  Kleine aantallen
  - Aantallen mensen onder de 10 worden niet getoond, en waar nodig andere met hen; wat wordt getoond, is afgerond op 5.
  """
