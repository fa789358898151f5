import DataModels
import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@testable import SyntheticProgrammes

@Suite struct SyntheticFundTests {
  private static let fund = SyntheticFund(participants: 400, seed: 7, errorRate: 0.03)
  private static let people = fund.population()
  private static let courses = people.indices.map { FundCourse(fund, people[$0], index: $0).rows }

  private func model() throws -> DataModel {
    try DataModel(contentsOf: repository.appendingPathComponent("Models/rtof.yml"))
  }

  // MARK: The rows and the model

  @Test func `records and fields are those of the data model`() throws {
    let model = try model()
    #expect(model.records.map(\.id) == FundRecord.allCases.map(\.rawValue))
    for record in FundRecord.allCases {
      #expect(model.record(record.rawValue)?.fields.map(\.id) == record.fields)
      #expect(model.record(record.rawValue)?.nature.timeField == record.dayField)
    }
    for field in model.records.flatMap(\.fields) where field.type == .integer || field.type == .year {
      #expect(FundRecord.numberFields.contains(field.id))
    }
  }

  @Test func `rows without a slip fill what is required, with codes of the lists`() throws {
    let model = try model()
    for row in Self.courses.joined() {
      let record = try #require(model.record(row.record.rawValue))
      for (field, cell) in zip(record.fields, row.cells) {
        if field.isRequired { #expect(!cell.isEmpty, "\(record.id).\(field.id)") }
        if cell.isEmpty { continue }
        switch field.type {
        case .code(let list): #expect(model.codeList(list)?.contains(cell) == true, "\(field.id) \(cell)")
        case .list(let list?):
          let items = cell.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespaces) }
          #expect(items.allSatisfy { model.codeList(list)?.contains($0) == true }, "\(field.id) \(cell)")
          #expect(Set(items).count >= field.minimumItems ?? 1)
        case .date: #expect(CalendarDate(iso: cell) != nil)
        case .month: #expect(CalendarMonth(iso: cell) != nil)
        case .integer, .year: #expect(Int(cell) != nil)
        default: break
        }
        if let format = field.format { #expect(format.matches(cell)) }
      }
    }
  }

  @Test func `each person has a number of the provider and no National Insurance number occurs twice`() {
    #expect(Set(Self.people.map(\.code)).count == Self.people.count)
    let numbers = Self.courses.joined().filter { $0.record == .baseline }.map { $0["ni_number"] }.filter { !$0.isEmpty }
    #expect(Set(numbers).count == numbers.count)
  }

  // MARK: The order of things

  private func day(_ record: FundRecord, _ rows: [FundRow], where step: String? = nil) -> CalendarDate? {
    let row = rows.first { $0.record == record && (step == nil || $0["integration_outcome_type"] == step) }
    return row.flatMap { CalendarDate(iso: $0[record.dayField!]) }
  }

  @Test func `what follows from something comes after it, by as long as the fund asks`() {
    func check(_ earlier: CalendarDate?, _ later: CalendarDate?, months: Int) {
      guard let later else { return }
      #expect(earlier.map { $0.adding(months: months) <= later } == true)
    }
    for rows in Self.courses {
      check(day(.housingEntry, rows), day(.housingSustain, rows), months: 6)
      check(day(.employmentEntry, rows), day(.employmentSustain, rows), months: 3)
      check(day(.integrationPlan, rows, where: "Creation"), day(.integrationPlan, rows, where: "6 month"), months: 6)
      check(day(.integrationPlan, rows, where: "Creation"), day(.integrationPlan, rows, where: "12 month"), months: 12)
      if let steps = day(.employmentIntermediate, rows), let work = day(.employmentEntry, rows) {
        #expect(steps < work)
      }
    }
  }

  @Test func `nothing is before enrolment or after the last contact`() {
    for (person, rows) in zip(Self.people, Self.courses) {
      for row in rows {
        #expect(row.period >= person.enrolledOn.month && row.period <= Self.fund.until)
        guard let field = row.record.dayField, let day = CalendarDate(iso: row[field]) else { continue }
        #expect(day >= person.enrolledOn)
        #expect(day <= person.lastSeenOn ?? day)
      }
      #expect(rows.map(\.period).min() == person.enrolledOn.month)
      #expect(rows.first?.record == .person)
    }
  }

  @Test func `a record is not sent before the record that it builds on`() {
    func period(_ record: FundRecord, _ rows: [FundRow]) -> CalendarMonth? {
      rows.first { $0.record == record }?.period
    }
    for rows in Self.courses {
      if let kept = period(.housingSustain, rows) { #expect(period(.housingEntry, rows).map { $0 <= kept } == true) }
      if let kept = period(.employmentSustain, rows) {
        #expect(period(.employmentEntry, rows).map { $0 <= kept } == true)
      }
      let plans = rows.filter { $0.record == .integrationPlan }.map(\.period)
      #expect(plans == plans.sorted())
    }
  }

  // MARK: The truth

  @Test func `without an effect both paths of a person are the same`() {
    let fund = SyntheticFund(participants: 300, seed: 3, effect: 0)
    for person in fund.population() { #expect(person.underIntensive == person.underRegular) }
    #expect(fund.truth().effects.allSatisfy { $0.effect == 0 })
  }

  @Test func `an effect brings nobody into work later, and some sooner`() {
    let pairs = Self.people.map { ($0.underIntensive?.month ?? .max, $0.underRegular?.month ?? .max) }
    #expect(pairs.allSatisfy { $0.0 <= $0.1 })
    #expect(pairs.contains { $0.0 < $0.1 })
  }

  @Test func `the comparison of the groups as they are exaggerates the effect`() throws {
    let truth = SyntheticFund(participants: 4000, seed: 11).truth()
    for month in SyntheticFundTruth.months {
      let average = try #require(truth.effect(.averageEffect, month: month))
      let naive = try #require(truth.naiveDifferences.first { $0.month == month })
      #expect(average.effect > 0.03)
      #expect(naive.intensive - naive.regular > average.effect + 0.01)
    }
    #expect(isClose(Double(truth.treatedPeople) / Double(truth.studyPeople), 0.45, relative: 0.05))
  }

  @Test func `nobody with work at enrolment enters work`() {
    for person in Self.people where person.traits.isAtWork { #expect(person.work == nil) }
    #expect(Self.fund.truth().studyPeople == Self.people.count { !$0.traits.isAtWork })
  }
}
