import DataModels
import Primitives
import TableFiles

/// Rows about people who have no person record that counts: not in the return, not in the register, or held.
extension Reviewer {
  mutating func checkPeople(_ people: ReturnPeople) {
    let person = model.index(ofRecord: model.person.id)!
    var isKnown = [Bool](repeating: false, count: people.numbers.count)
    for (place, number) in people.numbers.enumerated() {
      isKnown[place] =
        people.starts[person][place] < people.starts[person][place + 1] || known?.people.contains(number) == true
        || known?.erased.contains(number) == true
    }
    let alike = numbersWrittenAlike(people, isKnown: isKnown)
    for (r, record) in model.records.enumerated() where r != person {
      var unknown = 0
      var firstPlace: FindingPlace?
      for place in people.numbers.indices where !isKnown[place] {
        for handle in Int(people.starts[r][place])..<Int(people.starts[r][place + 1]) {
          let source = people.sources[r][handle]
          if source.batch < 0 { continue }
          let near = alike[place].map { people.sources[person][Int(people.starts[person][$0])] }
          if known == nil, near == nil {
            unknown += 1
            firstPlace = firstPlace ?? self.place(of: source, field: record.index(of: model.personField))
            continue
          }
          var found = finding(
            .unknownPerson, .confirm, Int(source.batch), Int(source.row), record.index(of: model.personField),
            rule: "\(record.id).\(model.personField).reference",
            LocalizedText(
              "This person is not known: there is no “\(model.person.id)” with this number. The row waits.",
              nl: "Deze persoon is niet bekend: er is geen “\(model.person.id)” met dit nummer. De rij wacht."),
            near.map { nearFix(self.place(of: $0, field: nil)) } ?? FindingCode.unknownPerson.explanation.text)
          found.isPending = true
          findings.append(found)
        }
      }
      guard var firstPlace else { continue }
      firstPlace.row = nil
      findings.append(
        Finding(
          code: .unknownPerson, severity: .notice, isPending: true, place: firstPlace, record: record.id,
          field: model.personField, rule: "\(record.id).\(model.personField).reference",
          message: unknown == 1
            ? LocalizedText(
              "1 row of “\(record.id)” is about a person who is not in this return; `submit` looks that person up in the register.",
              nl:
                "1 rij van “\(record.id)” gaat over een persoon die niet in deze aanlevering staat; `submit` zoekt die op in het register."
            )
            : LocalizedText(
              "\(unknown) rows of “\(record.id)” are about people who are not in this return; `submit` looks them up in the register.",
              nl:
                "\(unknown) rijen van “\(record.id)” gaan over mensen die niet in deze aanlevering staan; `submit` zoekt ze op in het register."
            ),
          fix: LocalizedText("Nothing needs to be done now.", nl: "U hoeft nu niets te doen."), count: unknown))
    }
  }

  /// Tells how many sound rows wait because the person record that they need is held. Comes after all that holds rows.
  mutating func tellOfRowsBehindHeldPeople(_ people: ReturnPeople) {
    let person = model.index(ofRecord: model.person.id)!
    var waits = [Bool](repeating: false, count: people.numbers.count)
    for (place, number) in people.numbers.enumerated() where known?.people.contains(number) != true {
      let own = people.sources[person][Int(people.starts[person][place])..<Int(people.starts[person][place + 1])]
      waits[place] = !own.isEmpty && own.allSatisfy { $0.batch >= 0 && batches[Int($0.batch)].isHeld[Int($0.row)] }
    }
    if !waits.contains(true) { return }
    for (r, record) in model.records.enumerated() where r != person {
      var count = 0
      var first: ReturnPeople.Source?
      for place in people.numbers.indices where waits[place] {
        for source in people.sources[r][Int(people.starts[r][place])..<Int(people.starts[r][place + 1])]
        where source.batch >= 0 && !batches[Int(source.batch)].isHeld[Int(source.row)] {
          count += 1
          first = first ?? source
        }
      }
      guard let first else { continue }
      var found = finding(
        .unknownPerson, .notice, Int(first.batch), Int(first.row), record.index(of: model.personField),
        rule: "\(record.id).\(model.personField).reference",
        count == 1
          ? LocalizedText(
            "1 row of “\(record.id)” waits, because the “\(model.person.id)” row of its person is held.",
            nl: "1 rij van “\(record.id)” wacht, omdat de rij van die persoon in “\(model.person.id)” is vastgehouden.")
          : LocalizedText(
            "\(count) rows of “\(record.id)” wait, because the “\(model.person.id)” rows of their people are held.",
            nl:
              "\(count) rijen van “\(record.id)” wachten, omdat de rijen van die mensen in “\(model.person.id)” zijn vastgehouden."
          ),
        LocalizedText(
          "Mend the held rows of “\(model.person.id)”; these rows then count by themselves.",
          nl: "Verbeter de vastgehouden rijen van “\(model.person.id)”; dan tellen deze rijen vanzelf mee."))
      found.isPending = true
      found.count = count
      findings.append(found)
    }
  }

  private func place(of source: ReturnPeople.Source, field: Int?) -> FindingPlace {
    let batch = batches[Int(source.batch)]
    let sheet = sheets[batch.sheet]
    return BatchReader(model: model, sheets: sheets)
      .place(sheet, sheet.rows[Int(batch.sheetRows[Int(source.row)])], field.flatMap { batch.positions[$0] })
  }

  // MARK: Numbers that were meant to be another

  /// For each number that is not known: the one person of the return whose number looks the same but for capitals,
  /// blanks, signs, zeros in front and look-alike letters; nil when there is none, or more than one.
  private func numbersWrittenAlike(_ people: ReturnPeople, isKnown: [Bool]) -> [Int?] {
    var alike = [Int?](repeating: nil, count: people.numbers.count)
    if !isKnown.contains(false) { return alike }
    let person = model.index(ofRecord: model.person.id)!
    var places: [String: Int?] = [:]
    for (place, number) in people.numbers.enumerated() {
      let range = Int(people.starts[person][place])..<Int(people.starts[person][place + 1])
      guard people.sources[person][range].contains(where: { $0.batch >= 0 }) else { continue }
      let form = number.lookAlikeForm
      // Two people whose numbers look alike are told apart by nobody.
      places[form] = .some(places.keys.contains(form) ? nil : place)
    }
    for (place, number) in people.numbers.enumerated() where !isKnown[place] {
      alike[place] = places[number.lookAlikeForm] ?? nil
    }
    return alike
  }

  /// Where the number that was probably meant stands; the number itself is not named.
  private func nearFix(_ place: FindingPlace) -> LocalizedText {
    let row = place.row ?? 0
    let sheet = (place.sheet ?? place.file).shown()
    return LocalizedText(
      "Row \(row) of “\(sheet)” has almost the same number: capitals, zeros or signs differ. Write it in the same way if this is the same person.",
      nl:
        "Rij \(row) van “\(sheet)” heeft bijna hetzelfde nummer: hoofdletters, nullen of tekens verschillen. Schrijf het gelijk als dit dezelfde persoon is."
    )
  }
}

extension String {
  /// A number without what people write now so and now so: small letters, signs, zeros in front of digits, O for 0.
  fileprivate var lookAlikeForm: String {
    var form = ""
    var isInDigits = false
    for character in uppercased() where character.isLetter || character.isNumber {
      let read: Character = character == "O" ? "0" : character == "I" || character == "L" ? "1" : character
      if read == "0", !isInDigits { continue }
      isInDigits = read.isNumber
      form.append(read)
    }
    return form
  }
}
