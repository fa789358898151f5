import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Testing

@testable import Registers
@testable import Submissions

/// What people decide about returns, findings and people. Everybody in these tests is invented.
@Suite struct DecisionTests {
  let model = fixtureModel()

  func making(_ iso: String, _ reason: DecisionReason? = nil, _ note: String? = nil) -> DecisionMaking {
    DecisionMaking(by: "J. Bakker", on: day(iso), reason: reason, note: note)
  }

  func refusal(_ body: () throws(RegisterError) -> Void) -> DecisionRefusal? {
    do throws(RegisterError) {
      try body()
      return nil
    } catch {
      guard case .decisionRefused(let refusal) = error else { return nil }
      return refusal
    }
  }

  func finding(_ key: String, _ value: String?, _ severity: Severity = .confirm, row: Int = 2) -> Finding {
    var finding = Finding(
      code: .outOfRange, severity: severity, place: FindingPlace(file: "\(row).csv", row: row, column: "B"),
      record: "person", field: "born", rule: "person.born.range", value: value, message: LocalizedText("odd"))
    finding.recordKey = [key]
    return finding
  }

  // MARK: Withdrawal

  @Test func aWithdrawnReturnNoLongerCountsFromItsDayAndIsSeenOnDaysBefore() throws {
    try withRegister(model) { register in
      try register.append(submission(model, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(1990)])))
      let second = submission(
        model, about: "2024-02", on: "2024-03-10", persons([.text("A"), .year(1991)], [.text("B"), .year(1980)]))
      try register.append(second)
      let fingerprint = second.source.fingerprint
      #expect(try register.snapshot().linesWithoutPerson("person").count == 2)
      try register.withdraw(fingerprint, making("2024-03-20", .wrongFile))
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1990|||"])
      #expect(try register.snapshot(asKnownOn: day("2024-03-19")).people.count == 2)
      #expect(try register.snapshot().asKnownOn == day("2024-03-20"), "the report of today can be made again")
      #expect(try register.status().people == 1)
      #expect(try register.returns().count == 1)
      #expect(try register.returns(includingWithdrawn: true).last?.withdrawnOn == day("2024-03-20"))
      #expect(
        refusal { () throws(RegisterError) in try register.withdraw(fingerprint, making("2024-03-21", .wrongFile)) }
          == .alreadyWithdrawn(fingerprint))
      try register.restore(fingerprint, making("2024-04-01", .withdrawnByMistake))
      #expect(try register.snapshot().people.count == 2)
      #expect(try register.snapshot(asKnownOn: day("2024-03-25")).people.count == 1)
      // A withdrawn return decides nothing for what comes after it either.
      try register.withdraw(fingerprint, making("2024-04-02", .wrongFile))
      let receipt = try register.append(
        submission(model, about: "2024-03", on: "2024-04-10", persons([.text("B"), .year(1980)])))
      #expect(receipt.counts("person").hasPrefix("1 rows: 1 new"))
    }
  }

  @Test func theStateIsAFunctionOfTheSetOfReturnsAndDecisions() throws {
    let keys = RegisterKeys()
    let first = submission(model, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(1990)]))
    let second = submission(model, about: "2024-02", on: "2024-03-10", persons([.text("A"), .year(1991)]))
    func fingerprints(_ steps: [(Register) throws -> Void]) throws -> [Fingerprint] {
      try withRegister(model, keys: keys) { register in
        for step in steps { try step(register) }
        return try ["2024-02-20", "2024-03-15", "2024-03-20", "2024-05-01"].map {
          try register.fingerprint(asKnownOn: day($0))
        }
      }
    }
    let withdraw: (Register) throws -> Void = {
      try $0.withdraw(first.source.fingerprint, self.making("2024-03-20", .wrongFile))
    }
    let add = [first, second].map { each -> (Register) throws -> Void in { try $0.append(each) } }
    #expect(try fingerprints([add[0], add[1], withdraw]) == fingerprints([add[0], withdraw, add[1]]))
    #expect(try fingerprints([add[0], add[1], withdraw]) == fingerprints([add[1], add[0], withdraw, add[0]]))
  }

  @Test func aDecisionNeedsAReasonFromItsListAndADayAndSomebody() throws {
    try withRegister(model) { register in
      let sent = submission(model, on: "2024-02-10", persons([.text("A-17"), .year(1990)]))
      try register.append(sent)
      let fingerprint = sent.source.fingerprint
      func refused(_ making: DecisionMaking) -> DecisionRefusal? {
        refusal { () throws(RegisterError) in try register.withdraw(fingerprint, making) }
      }
      #expect(refused(making("2024-03-01")) == .reasonNeeded(.withdrawal))
      #expect(refused(making("2024-03-01", .typingError)) == .reasonNeeded(.withdrawal))
      #expect(refused(making("2024-03-01", .other)) == .noteNeeded)
      #expect(refused(making("2024-02-09", .wrongFile)) == .tooEarly(day("2024-02-09"), earliest: day("2024-02-10")))
      #expect(refused(making("2024-03-01", .other, "It was about (A-17).")) == .noteNamesPerson)
      #expect(refused(making("2024-03-01", .other, "two\nlines")) == .noteRefused)
      #expect(refused(DecisionMaking(by: "", on: day("2024-03-01"), reason: .wrongFile)) == .actorNeeded)
      #expect(try register.decisions().isEmpty)
      #expect(refused(making("2024-03-01", .other, "It was about A-18.")) == nil)
      #expect(
        DecisionReason.allCases.allSatisfy { reason in
          Decision.Kind.allCases.contains { DecisionReason.reasons(for: $0).contains(reason) }
        })
    }
  }

  @Test func decisionsAreNeverChangedOrRemoved() throws {
    try withRegister(model) { register in
      let sent = submission(model, on: "2024-02-10", persons([.text("A"), .year(1990)]))
      try register.append(sent)
      try register.sign(sent.source.fingerprint, making("2024-02-11"))
      for sql in ["DELETE FROM decisions", "UPDATE decisions SET decided_on = '2020-01-01'"] {
        #expect(throws: StorageError.self) { try register.database.write { try $0.execute(sql) } }
      }
      #expect(try register.returns().first?.signedBy == ["J. Bakker"])
    }
  }

  // MARK: Findings

  @Test func aConfirmationIsRememberedNextMonthUntilTheValueChanges() throws {
    try withRegister(model) { register in
      let odd = finding("A", "1890")
      let sent = submission(
        model, about: "2024-01", on: "2024-02-10", findings: [odd, finding("B", "1891")],
        persons([.text("A"), .year(1890)])
      )
      try register.append(sent)
      try register.confirm([1], of: sent.source.fingerprint, making("2024-02-11", .checkedWithSource))
      let moved = finding("A", "1890", row: 9)
      let next = [moved, finding("A", "1892"), finding("B", "1891"), finding("A", "1890", .error)]
      let known = try register.confirmations(of: next, provider: "north")
      #expect(known.keys.sorted() == [0])
      #expect(known[0]?.reason == .checkedWithSource && known[0]?.decidedOn == day("2024-02-11"))
      #expect(try register.confirmations(of: next, provider: "south").isEmpty)
      #expect(try register.confirmations(of: next, provider: "north", asKnownOn: day("2024-02-10")).isEmpty)
      #expect(try register.returns().first?.confirmed == 1)
      #expect(
        refusal { () throws(RegisterError) in
          try register.confirm([3], of: sent.source.fingerprint, making("2024-02-11", .checkedWithSource))
        } == .unknownFinding(3, of: 2))
      // The same again is nothing new.
      #expect(
        try register.confirm([1], of: sent.source.fingerprint, making("2024-02-12", .checkedWithSource)).isEmpty)
    }
  }

  @Test(arguments: Discussion.State.allCases.map(Optional.some) + [nil], Discussion.Event.allCases)
  func `every state of a discussion and every event has one answer`(
    _ state: Discussion.State?, _ event: Discussion.Event
  ) {
    var discussion = Discussion(state)
    let expected: Discussion.State? =
      switch (state, event) {
      case (_, .ask): .open
      case (.open, .answer), (.answered, .answer): .answered
      case (.open, .close), (.answered, .close): .closed
      default: nil
      }
    if let expected {
      #expect(throws: Never.self) { try discussion.handle(event) }
      #expect(discussion.state == expected)
    } else {
      #expect(throws: Discussion.Refusal(state: state, event: event)) { try discussion.handle(event) }
      #expect(discussion.state == state)
    }
  }

  @Test func aDiscussionGoesOnInTheNextReturn() throws {
    try withRegister(model) { register in
      let first = submission(
        model, about: "2024-01", on: "2024-02-10", findings: [finding("A", "1890")], persons([.text("A"), .year(1890)]))
      let second = submission(
        model, about: "2024-02", on: "2024-03-10", findings: [finding("A", "1890")], persons([.text("A"), .year(1890)]))
      try register.append(first)
      try register.append(second)
      try register.discuss(1, of: first.source.fingerprint, .ask, making("2024-02-11", nil, "Is the year right?"))
      try register.discuss(1, of: second.source.fingerprint, .answer, making("2024-03-11", nil, "Yes."))
      let found = try register.markedFindings(of: first.source.fingerprint)
      #expect(found[0].remarks.map(\.note) == ["Is the year right?", "Yes."])
      #expect(found[0].discussion.state == .answered)
      // Several on one day stand in the order in which they were said.
      for word in ["one", "two", "three", "four"] {
        try register.discuss(1, of: first.source.fingerprint, .answer, making("2024-03-11", nil, word))
      }
      let remarks = try register.markedFindings(of: second.source.fingerprint)[0].remarks
      #expect(remarks.map(\.note) == ["Is the year right?", "Yes.", "one", "two", "three", "four"])
    }
  }

  // MARK: People

  @Test func whoIsNoLongerSentIsAskedAboutAndNeverDeleted() throws {
    try withRegister(model) { register in
      let all = ["A", "B", "C", "D"]
      func sent(_ period: String, _ received: String, _ numbers: [String]) -> AcceptedSubmission {
        submission(
          model, from: "north", about: period, on: received,
          [SentRows(record: "person", fields: ["number", "born"], rows: numbers.map { [.text($0), .year(1990)] })])
      }
      try register.append(sent("2024-01", "2024-02-10", all))
      let second = sent("2024-02", "2024-03-10", ["A"])
      try register.append(second)
      let missing = try register.absences(in: second.source.fingerprint)
      #expect(missing.count == 3 && missing.allSatisfy(\.isOpen))
      let names = try all.map { try register.pseudonym(ofPerson: $0, provider: "north") }
      try register.answer(.stillHere, about: names[1], provider: "north", making("2024-03-12", .leftOut))
      try register.answer(.left, about: names[2], provider: "north", making("2024-03-12", .movedAway))
      try register.answer(.enteredInError, about: names[3], provider: "north", making("2024-03-12", .enteredTwice))
      #expect(try register.absences(in: second.source.fingerprint).allSatisfy { !$0.isOpen })
      #expect(try Set(register.snapshot().people) == Set(names.prefix(3)))
      #expect(try register.snapshot(asKnownOn: day("2024-03-11")).people.count == 4)
      #expect(try register.status().people == 3)
      let known = try register.knownRecords(for: Set(all), provider: "north", records: [])
      #expect(known.people == ["A", "B", "C"])
      // Left out again: those still here are asked about again, those who left are not.
      let third = sent("2024-03", "2024-04-10", ["A", "B"])
      let fourth = sent("2024-04", "2024-05-10", ["A", "D"])
      try register.append(third)
      try register.append(fourth)
      #expect(try register.absences(in: fourth.source.fingerprint).map(\.person) == [names[1]])
      #expect(try register.absences(in: fourth.source.fingerprint).allSatisfy(\.isOpen))
      // Sent again, and still set aside until somebody says otherwise.
      #expect(try register.peopleSetAside(in: fourth.source.fingerprint) == [names[3]])
      #expect(try register.snapshot().people.count == 3)
      try register.answer(.stillHere, about: names[3], provider: "north", making("2024-05-12", .other, "came back"))
      #expect(try register.snapshot().people.count == 4)
    }
  }

  @Test func onlyTheRowsOfTheProviderThatErredAreSetAside() throws {
    try withRegister(model) { register in
      for (provider, year) in [("north", 1990), ("south", 1991)] {
        try register.append(
          submission(model, from: provider, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(year)])))
      }
      let person = try register.pseudonym(ofPerson: "A", provider: "north")
      try register.answer(.enteredInError, about: person, provider: "south", making("2024-02-12", .enteredTwice))
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1990|||"])
      #expect(
        refusal { () throws(RegisterError) in
          try register.answer(.left, about: "nobody", provider: "south", making("2024-02-12", .finished))
        } == .unknownPerson)
    }
  }

  // MARK: Conflicts

  @Test func ofTwoReturnsForOneMonthAtOneTimeOneIsToldOfTheOther() throws {
    try withRegister(model) { register in
      let mine = submission(model, on: "2024-02-10", persons([.text("A"), .year(1990)]))
      let theirs = submission(model, on: "2024-02-10", persons([.text("A"), .year(1991)]))
      try register.append(mine, basedOn: .nothing)
      let latest = mine.source.fingerprint
      #expect(
        throws: RegisterError.otherBasis(
          provider: "north", period: CalendarMonth(iso: "2024-01")!, expected: nil, found: latest)
      ) { try register.append(theirs, basedOn: .nothing) }
      #expect(try register.returns().count == 1)
      // Seen and sent again: on one day the return counts after the one that it is based on, whatever their fingerprints.
      try register.append(theirs, basedOn: .latest(latest))
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1991|||"])
      let back = submission(model, on: "2024-02-10", persons([.text("A"), .year(1992)]))
      try register.append(back, basedOn: .latest(theirs.source.fingerprint))
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1992|||"])
    }
  }

  @Test func aRegisterOfTheSchemaBeforeIsBroughtUpToDate() throws {
    try withRegister(model) { register in
      try register.append(submission(model, on: "2024-02-10", persons([.text("A"), .year(1990)])))
      let before = try register.fingerprint()
      let place = Schema.register.migrations.firstIndex { $0.sql == Schema.decisionsMigration.sql }!
      // Taken back to what it was before decisions, and before what came after them.
      try rawDatabase(of: register.folder).write { connection in
        try connection.execute(
          """
          DROP TABLE table_sums; ALTER TABLE receipts DROP COLUMN entered_on; ALTER TABLE audit DROP COLUMN day;
          ALTER TABLE audit DROP COLUMN tables;
          DROP TABLE decisions; DROP TABLE finding_marks; DROP TABLE return_bases; DROP TABLE cycle_decisions;
          DROP TABLE link_decisions; DROP TABLE model_versions; DROP TABLE return_copies; DROP TABLE content_marks;
          DROP TABLE partial_returns; DROP TABLE held_keys;
          PRAGMA main.user_version = \(place)
          """)
      }
      let opened = try Register.open(in: register.folder, model: model)
      #expect(try opened.fingerprint() == before)
      let fingerprint = try opened.returns()[0].fingerprint
      try opened.withdraw(fingerprint, making("2024-03-01", .wrongFile))
      #expect(try opened.snapshot().people.isEmpty)
    }
  }
}
