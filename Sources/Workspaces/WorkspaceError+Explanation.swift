import Primitives
import Submissions

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}

/// Pages of what stops a command (``WorkspaceError``), by code; those of files are with the findings.
let errorPages = returnPages.merging(folderPages) { page, _ in page }.merging(definitionPages) { page, _ in page }
  .merging(storePages) { page, _ in page }.merging(studyPages) { page, _ in page }
  .merging(estimationPages) { page, _ in page }.merging(cyclePages) { page, _ in page }
  .merging(decisionPages) { page, _ in page }
  .merging(linkPages) { page, _ in page }

private let returnPages: [String: FindingExplanation] = [
  "WSP-01": page(
    "There is nothing to read", "Er is niets te lezen",
    "None of the folders that were named holds a CSV, Excel or SPSS file. Name the files, or the folder they are in.",
    "In de genoemde mappen staat geen CSV-, Excel- of SPSS-bestand. Noem de bestanden, of de map waar ze in staan."),
  "WSP-02": page(
    "The file or folder is not there", "Het bestand of de map is er niet",
    "Check the name, and the folder in which the command runs.",
    "Controleer de naam, en de map waarin het commando loopt."),
  "WSP-03": page(
    "The file or folder cannot be read", "Het bestand of de map is niet te lezen",
    "It is there, and the system does not let it be opened. Mostly the rights on it are missing. Nothing is passed over: a return that cannot be read in whole is not taken in.",
    "Het is er, maar het systeem opent het niet. Meestal ontbreken de rechten. Er wordt niets overgeslagen: een aanlevering die niet geheel te lezen is, wordt niet opgenomen."
  ),
  "WSP-04": page(
    "Two files of one name", "Twee bestanden met één naam",
    "A finding names its file and cell. Two files of the same name in one return cannot be told apart, so one has to be renamed.",
    "Een bevinding noemt bestand en cel. Twee bestanden met dezelfde naam in één aanlevering zijn niet te onderscheiden; geef er een een andere naam."
  ),
  "WSP-30": page(
    "Held rows of several sheets do not fit in a CSV file",
    "Vastgehouden rijen van meer bladen passen niet in een CSV-bestand",
    "A CSV file holds one table. Give the file a name that ends in .xlsx: the workbook then has a sheet for each.",
    "Een CSV-bestand bevat één tabel. Geef het bestand een naam die op .xlsx eindigt: de werkmap heeft dan een blad voor elk."
  ),
  "WSP-31": page(
    "A file of the return would be overwritten", "Een bestand van de aanlevering zou worden overschreven",
    "What was sent is never written over. Choose another name, or another folder.",
    "Wat is gestuurd, wordt nooit overschreven. Kies een andere naam of een andere map."),
  "WSP-05": page(
    "It is not said whose return it is", "Er is niet gezegd van wie de aanlevering is",
    "A return is of one provider about one month. Say both with --provider and --period, or put a file return.yml beside the tables.",
    "Een aanlevering is van één aanbieder over één maand. Zeg beide met --provider en --period, of zet een bestand return.yml naast de tabellen."
  ),
  "WSP-06": page(
    "The provider has no usable name", "De aanbieder heeft geen bruikbare naam",
    "A name has 1 to 80 characters on one line. It ties the returns of a provider together, so use the same each month.",
    "Een naam heeft 1 tot 80 tekens op één regel. Hij verbindt de aanleveringen van een aanbieder; gebruik elke maand dezelfde."
  ),
  "WSP-07": page(
    "A new provider that is like a known one", "Een nieuwe aanbieder die op een bekende lijkt",
    "A return cannot be taken back, and under a mistyped name it would be another provider's. Write the known name, or say with --new-provider that this is another. Names that differ in a number or a single letter only are taken as they are.",
    "Een aanlevering is niet terug te nemen, en onder een verschreven naam zou ze van een andere aanbieder zijn. Schrijf de bekende naam, of zeg met --new-provider dat het een andere is. Namen die alleen in een nummer of een enkele letter verschillen, worden genomen zoals ze zijn."
  ),
  "WSP-08": page(
    "Received before the month began", "Ontvangen voordat de maand begon",
    "A return about a month is received in that month or later. The month or the day of receipt is wrong; neither can be changed once the return is in the register.",
    "Een aanlevering over een maand wordt in die maand of later ontvangen. De maand of de dag van ontvangst klopt niet; geen van beide is te wijzigen als de aanlevering in het register staat."
  ),
  "WSP-09": page(
    "Received on a day to come", "Ontvangen op een dag die nog komt",
    "A report as known on a day counts what was received by then, so the day of receipt has to have been. Only returns of invented people may have such days.",
    "Een rapport zoals bekend op een dag telt wat toen was ontvangen; de dag van ontvangst moet dus geweest zijn. Alleen aanleveringen van verzonnen mensen mogen zulke dagen hebben."
  ),
  "WSP-10": page(
    "Invented people in a workspace of real ones", "Verzonnen mensen in een werkmap van echte",
    "The manifest says synthetic. Make a workspace with `meedoen new --synthetic` for it; reports then say that nobody in them exists.",
    "De manifest zegt synthetic. Maak er een werkmap voor met `meedoen new --synthetic`; rapporten zeggen dan dat niemand erin bestaat."
  ),
  "WSP-11": page(
    "Returns with and without a manifest at once", "Aanleveringen met en zonder manifest tegelijk",
    "Folders with a return.yml say themselves whose they are; files without one need --provider and --period. Submit them one after the other.",
    "Mappen met een return.yml zeggen zelf van wie ze zijn; bestanden zonder vragen --provider en --period. Lever ze na elkaar aan."
  ),
  "WSP-12": page(
    "One provider or month for several returns", "Eén aanbieder of maand voor meer aanleveringen",
    "--provider and --period would put every return under one name or month, and that cannot be undone. Leave them out, or submit one folder.",
    "--provider en --period zouden alle aanleveringen onder één naam of maand zetten, en dat is niet terug te draaien. Laat ze weg, of lever één map aan."
  ),
]

private let folderPages: [String: FindingExplanation] = [
  "WSP-13": page(
    "This is no workspace", "Dit is geen werkmap",
    "A workspace has a file meedoen.yml. Name it with --workspace, or make one with `meedoen new`.",
    "Een werkmap heeft een bestand meedoen.yml. Noem haar met --workspace, of maak er een met `meedoen new`."),
  "WSP-14": page(
    "The workspace is there already", "De werkmap is er al", "Work in it with --workspace, or choose another folder.",
    "Werk erin met --workspace, of kies een andere map."),
  "WSP-15": page(
    "The folder is not empty", "De map is niet leeg",
    "A new workspace and a synthetic programme each get a folder of their own. The parts that an interrupted `meedoen new` left are no hindrance: run it again.",
    "Een nieuwe werkmap en een verzonnen programma krijgen elk een eigen map. Wat een onderbroken `meedoen new` achterliet, is geen bezwaar: voer het opnieuw uit."
  ),
  "WSP-16": page(
    "The workspace's model is gone", "Het model van de werkmap is weg",
    "The copy in models/ says what the data in the register mean. No other model takes its place by itself. Put it back from a copy of the workspace.",
    "De kopie in models/ zegt wat de gegevens in het register betekenen. Geen ander model komt er vanzelf voor in de plaats. Zet haar terug uit een kopie van de werkmap."
  ),
  "WSP-17": page(
    "It cannot be written", "Er kan niet worden geschreven",
    "Check the folder, the rights on it, and the space on the disk.",
    "Controleer de map, de rechten erop en de ruimte op de schijf."),
  "WSP-40": page(
    "There is something where the export would be", "Er staat al iets op de plaats van de export",
    "An export writes over nothing, so that an earlier one is not lost or mixed with this one. Name another file or folder.",
    "Een export overschrijft niets, zodat een eerdere niet verloren gaat of met deze vermengd raakt. Noem een ander bestand of een andere map."
  ),
  "WSP-41": page(
    "The recipient has no usable name", "De ontvanger heeft geen bruikbare naam",
    "The key of the pseudonyms for a recipient is kept in a file with this name: 1 to 40 letters, digits, hyphens and underscores.",
    "De sleutel van de pseudoniemen voor een ontvanger staat in een bestand met deze naam: 1 tot 40 letters, cijfers, koppeltekens en lage strepen."
  ),
  "WSP-42": page(
    "Nothing came from this provider", "Van deze aanbieder is niets gekomen",
    "A list for a provider is made of what it sent, so the name has to be one of those in `meedoen submissions`.",
    "Een lijst voor een aanbieder wordt gemaakt van wat die stuurde; de naam is dus een van die in `meedoen submissions`."
  ),
  "WSP-50": page(
    "The file of the model is not the version in force", "Het bestand van het model is niet de versie die geldt",
    "Once a version was adopted, the register holds each version as it was written, and the file in models/ is a copy of the newest. A change of that file alone would change what stored data mean without anybody's name to it. Adopt the changed file as a version of its own with `meedoen model adopt`, or put the copy back.",
    "Zodra een versie is ingevoerd, bewaart het register elke versie zoals zij is geschreven, en is het bestand in models/ een kopie van de nieuwste. Wie alleen dat bestand wijzigt, zou zonder naam veranderen wat opgeslagen gegevens betekenen. Voer het gewijzigde bestand in als eigen versie met `meedoen model adopt`, of zet de kopie terug."
  ),
  "WSP-52": page(
    "People could be recognised in the export", "Mensen zouden in de export te herkennen zijn",
    "Records leave only when everybody is like enough others: the groups of people with the same quasi-identifying values are at least k large (10, or what meedoen.yml says under recognition), and each has l different values of what is sensitive. `meedoen privacy risk` says which fields single people out. Leave records out with --record, make fields coarser in the model, or say with --accept-risk why they may leave all the same, for instance to a recipient with an agreement: that is written into the audit trail.",
    "Records gaan alleen naar buiten als iedereen op genoeg anderen lijkt: de groepen mensen met dezelfde quasi-identificerende waarden zijn minstens k groot (10, of wat meedoen.yml zegt bij recognition), en elke groep heeft l verschillende waarden van wat gevoelig is. `meedoen privacy risk` zegt welke velden mensen eruit lichten. Laat records weg met --record, maak velden grover in het model, of zeg met --accept-risk waarom ze toch naar buiten mogen, bijvoorbeeld naar een ontvanger met een overeenkomst: dat komt in het auditspoor."
  ),
  "WSP-53": page(
    "The name is not on the list of people", "De naam staat niet op de lijst van mensen",
    "meedoen.yml says under people who works here and in what role. Say who you are with --as, or MEEDOEN_USER, and leave --role out or name a role that you have.",
    "meedoen.yml zegt bij people wie hier werkt en in welke rol. Zeg wie u bent met --as, of MEEDOEN_USER, en laat --role weg of noem een rol die u hebt."
  ),
  "WSP-54": page(
    "The role may not do this", "De rol mag dit niet",
    "The table of roles in the guide on trust says who may do what. Somebody who works for one provider handles its returns only. The refusal is in the audit trail.",
    "De tabel van rollen in de gids over vertrouwen zegt wie wat mag. Wie voor één aanbieder werkt, behandelt alleen diens aanleveringen. De weigering staat in het auditspoor."
  ),
  "WSP-55": page(
    "It takes a second person", "Er is een tweede persoon nodig",
    "To see who somebody is, to erase somebody and to adopt a version of the model takes two people of the list in meedoen.yml. Name the other one with --second; the audit trail names both.",
    "Om te zien wie iemand is, iemand te wissen en een versie van het model in te voeren zijn twee mensen van de lijst in meedoen.yml nodig. Noem de ander met --second; het auditspoor noemt beiden."
  ),
  "WSP-18": page(
    "No programme can be made of these settings", "Met deze instellingen is geen programma te maken",
    "The message names the setting and what it may be.", "De melding noemt de instelling en wat die mag zijn."),
]

private let definitionPages: [String: FindingExplanation] = [
  "DEF-01": page(
    "A definition is refused", "Een definitie is geweigerd",
    "A model, plan or manifest holds something that is not understood or does not fit. Each line gives file, line and column. Nothing is guessed, and nothing unknown is passed over.",
    "In een model, plan of manifest staat iets wat niet wordt begrepen of niet past. Elke regel geeft bestand, regel en kolom. Er wordt niets geraden en niets onbekends overgeslagen."
  ),
  "DEF-02": page(
    "A published model cannot be translated", "Een gepubliceerd model is niet te vertalen",
    "Name the folder that holds records/ and categories/, with its version in its name or given.",
    "Noem de map waar records/ en categories/ in staan, met de versie in de naam of erbij."),
  "DEF-03": page(
    "A definition is no text", "Een definitie is geen tekst",
    "Models and plans are text files in UTF-8 (YAML). Check that the right file was named.",
    "Modellen en plannen zijn tekstbestanden in UTF-8 (YAML). Kijk of het juiste bestand is genoemd."),
  "DEF-04": page(
    "The model is not known", "Het model is niet bekend",
    "`meedoen model list` names those that are; a file or folder can be named too.",
    "`meedoen model list` noemt de bekende; een bestand of map mag ook."),
  "DEF-05": page(
    "The model has no such part", "Het model heeft dit deel niet",
    "`meedoen model show MODEL` names its records and code lists.",
    "`meedoen model show MODEL` noemt de records en codelijsten."),
  "DEF-06": page(
    "Made for another model", "Gemaakt voor een ander model",
    "The manifest names a model that is not the workspace's. It may belong to another workspace.",
    "De manifest noemt een ander model dan dat van de werkmap. Misschien hoort ze bij een andere werkmap."),
  "DEF-07": page(
    "This version of the model cannot be adopted", "Deze versie van het model kan niet worden ingevoerd",
    "Stored rows would mean something else: another key or type, a name that meant something else before, or a version that is there already. The message names each. Give new fields and codes new names, say with replaces what they are read from, and give the version a number of its own. `meedoen model diff` shows the rest.",
    "Opgeslagen rijen zouden iets anders betekenen: een andere sleutel of soort, een naam die eerder iets anders betekende, of een versie die er al is. De melding noemt ze alle. Geef nieuwe velden en codes nieuwe namen, zeg met replaces waaruit ze worden gelezen, en geef de versie een eigen nummer. `meedoen model diff` toont de rest."
  ),
]

private let storePages: [String: FindingExplanation] = [
  "STO-01": page(
    "The store cannot be opened, read or written", "De opslag is niet te openen, te lezen of te schrijven",
    "The message says why: it is not there, another command is writing, the disk is full, rights are missing, or it is damaged. Nothing was changed.",
    "De melding zegt waarom: ze is er niet, een ander commando schrijft, de schijf is vol, rechten ontbreken, of ze is beschadigd. Er is niets veranderd."
  ),
  "STO-02": page(
    "There is a register already", "Er is al een register", "Open it, or choose another folder.",
    "Open het, of kies een andere map."),
  "STO-03": page(
    "The making of the register was interrupted", "Het maken van het register is onderbroken",
    "Run `meedoen new` again on the same folder; nothing is in it yet.",
    "Voer `meedoen new` opnieuw uit op dezelfde map; er staat nog niets in."),
  "STO-04": page(
    "A key is missing", "Een sleutel ontbreekt",
    "Put store/keys back from where it is kept safe. Reports can be made without it, returns cannot be taken in.",
    "Zet store/keys terug van waar ze veilig worden bewaard. Zonder sleutel zijn rapporten te maken, maar aanleveringen niet op te nemen."
  ),
  "STO-05": page(
    "A key is not the right one", "Een sleutel is niet de juiste",
    "Each register has keys of its own; those of another give other pseudonyms. Put the right ones back.",
    "Elk register heeft eigen sleutels; die van een ander geven andere pseudoniemen. Zet de juiste terug."),
  "STO-06": page(
    "The vault is another register's", "De kluis is van een ander register",
    "register.sqlite and vault.sqlite belong together. Put both back from one copy.",
    "register.sqlite en vault.sqlite horen bij elkaar. Zet beide terug uit één kopie."),
  "STO-07": page(
    "Something stored is damaged", "Iets in de opslag is beschadigd",
    "It was changed from outside, or the disk failed. Put register and vault back from one copy.",
    "Het is van buitenaf gewijzigd, of de schijf faalde. Zet register en kluis samen terug uit één kopie."),
  "STO-08": page(
    "The model does not fit the register", "Het model past niet op het register",
    "A field may be added, and texts may change; keys and types may not. The message names what differs.",
    "Een veld mag erbij en teksten mogen veranderen; sleutels en typen niet. De melding noemt het verschil."),
  "STO-09": page(
    "The register has no such return", "Het register heeft deze aanlevering niet",
    "`meedoen submissions` names those it has.", "`meedoen submissions` noemt welke er zijn."),
  "STO-10": page(
    "Nobody has that number", "Niemand heeft dat nummer",
    "Neither the register nor a received file has a person with this number. Write it exactly as the provider does; where numbers are given by providers, the provider must be the right one too.",
    "Noch het register, noch een ontvangen bestand heeft een persoon met dit nummer. Schrijf het precies zoals de aanbieder; waar aanbieders de nummers geven, moet ook de aanbieder kloppen."
  ),
  "STO-11": page(
    "The person was erased", "De persoon is gewist",
    "Nothing of this person is kept but a mark without a name. Later rows of them are left out.",
    "Van deze persoon is niets bewaard dan een merk zonder naam. Latere rijen van hen worden weggelaten."),
]

private let studyPages: [String: FindingExplanation] = [
  "STU-01": page(
    "The plan does not fit the register", "Het plan past niet op het register",
    "Check it with `meedoen study check`.", "Controleer het met `meedoen study check`."),
  "STU-02": page(
    "Nobody is left to follow", "Er blijft niemand over om te volgen",
    "A step of the cohort excludes everybody. Look at its condition, or wait for more returns.",
    "Een stap van het cohort sluit iedereen uit. Kijk naar de voorwaarde, of wacht op meer aanleveringen."),
  "STU-03": page(
    "Flows do not add up", "Stromen kloppen niet", "A fault of the program. Please report it, with the message.",
    "Een fout van het programma. Meld haar, met de melding erbij."),
  "STU-04": page(
    "There is no estimate", "Er is geen schatting", "The data do not carry the outcome; the message says why.",
    "De gegevens dragen de uitkomst niet; de melding zegt waarom."),
  "STU-05": page(
    "The results cannot be protected", "De resultaten zijn niet te beschermen",
    "What is asked would tell small numbers of people whatever is withheld. Ask less: fewer groups or categories.",
    "Wat wordt gevraagd verraadt kleine aantallen mensen, wat er ook wordt weggelaten. Vraag minder: minder groepen of categorieën."
  ),
  "STU-06": page(
    "The study was stopped", "De studie is gestopt", "Nothing was kept. Run it again.",
    "Er is niets bewaard. Voer haar opnieuw uit."),
  "STU-07": page(
    "Beside an earlier report this one would tell too much", "Naast een eerder rapport zou dit te veel verraden",
    "Each report hides small numbers of people by itself. Two of them may differ by a few people, or one may print what the other withholds; then who has both can work such a number out. What was made before is in the ledger of releases. Round the numbers (`small-cells`), keep to the same cohort and groups, or make what you pass on to nobody with --draft.",
    "Elk rapport verbergt op zichzelf kleine aantallen mensen. Twee ervan kunnen in een paar mensen verschillen, of het ene toont wat het andere weglaat; wie beide heeft, kan zo'n aantal dan uitrekenen. Wat eerder is gemaakt, staat in de lijst van uitgaven. Rond de getallen af (`small-cells`), houd hetzelfde cohort en dezelfde groepen aan, of maak wat u aan niemand doorgeeft met --draft."
  ),
]
