/// Reads the rows of one version of a model in the terms of another.
///
/// Made for a target version and the chain of versions between: from each step it takes what the newer of the two says
/// it replaces, and puts the steps together.
struct Crosswalk {
  private(set) var target: DataModel

  // MARK: Forwards

  /// A version that reads the rows of the ones before it, the oldest first.
  init(_ newest: DataModel, readingEarlier chain: [DataModel]) {
    target = newest
    guard var before = chain.first else { return }
    // Each step reads all before it, so that only the last of them has to be looked at.
    for (index, version) in chain.enumerated() where index > 0 {
      before = Crosswalk.step(version, over: before)
    }
    target = Crosswalk.step(newest, over: before)
  }

  private static func step(_ new: DataModel, over old: DataModel) -> DataModel {
    var model = new.with(
      codeLists: new.codeLists.map { list in old.codeList(list.id).map { list.reading($0) } ?? list },
      records: new.records.map { record in
        guard let before = old.record(record.id) else { return record }
        return record.with(
          fields: record.fields.map { field in
            var field = field
            field.replaces = sources(of: field, in: before, old, record)
            return field
          })
      })
    model.earlier = EarlierParts(of: old, notReadBy: model)
    return model
  }

  /// What a field says it replaces, and what that was read from in its turn.
  private static func sources(
    of field: Field, in before: RecordDefinition, _ old: DataModel, _ record: RecordDefinition
  ) -> [FieldSource] {
    var found = field.replaces
    func add(_ source: FieldSource) {
      guard record.field(source.field) == nil, !found.contains(where: { $0.field == source.field }) else { return }
      found.append(source)
    }
    if let same = before.field(field.id) { for source in same.replaces { add(source) } }
    for source in field.replaces {
      guard let replaced = before.field(source.field) else { continue }
      let list = replaced.type.codeList.flatMap(old.codeList)
      for earlier in replaced.replaces {
        add(FieldSource(field: earlier.field, codes: composed(earlier.codes, source.codes, list)))
      }
    }
    return found
  }

  /// Two code maps, one after the other, with the crosswalk of the list between them.
  private static func composed(
    _ first: [String: String]?, _ second: [String: String]?, _ list: CodeList?
  ) -> [String: String]? {
    guard first != nil || second != nil else { return nil }
    let replaces = list?.replaces ?? [:]
    let domain = Set(first.map { Array($0.keys) } ?? []).union(second?.keys.map { $0 } ?? []).union(replaces.keys)
      .union(first == nil ? [] : list?.codes.map(\.code) ?? [])
    var codes: [String: String] = [:]
    for code in domain {
      let between = first?[code] ?? replaces[code] ?? code
      if let second { codes[code] = second[between] } else { codes[code] = between }
    }
    return codes
  }

  // MARK: Backwards

  /// The same version, which also reads rows of the ones after it, the next first, where that can be said for certain.
  mutating func readLater(_ chain: [DataModel]) {
    for next in chain {
      target = target.with(
        codeLists: target.codeLists.map { list in next.codeList(list.id).map { list.readingBack($0) } ?? list },
        records: target.records.map { record in
          guard let after = next.record(record.id) else { return record }
          return record.with(
            fields: record.fields.map { field in
              var field = field
              for source in Crosswalk.back(field, in: after) where !field.replaces.contains(source) {
                if record.field(source.field) == nil { field.replaces.append(source) }
              }
              return field
            })
        })
    }
  }

  /// The fields of a later version that replaced this field alone, with the codes turned round.
  private static func back(_ field: Field, in after: RecordDefinition) -> [FieldSource] {
    let names = Set([field.id] + field.replaces.map(\.field))
    return after.fields.compactMap { later in
      guard later.replaces.count == 1, let source = later.replaces.first, names.contains(source.field) else {
        return nil
      }
      guard let codes = source.codes else { return FieldSource(field: later.id) }
      guard Set(codes.values).count == codes.count else { return nil }
      return FieldSource(
        field: later.id, codes: Dictionary(codes.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

/// Parts of earlier versions that a model neither has nor reads anything from.
struct EarlierParts: Sendable {
  /// By record.
  var fields: [String: [Field]] = [:]
  var records: [RecordDefinition] = []
  var codeLists: [CodeList] = []
  var terms: [String: [String: KeepingTerm]] = [:]
  var recordTerms: [String: KeepingTerm] = [:]

  init() {}

  init(of old: DataModel, notReadBy new: DataModel) {
    self = old.earlier
    for (id, known) in fields {
      let read = Set(new.record(id)?.fields.flatMap { [$0.id] + $0.replaces.map(\.field) } ?? [])
      fields[id] = known.filter { !read.contains($0.id) }
    }
    records.removeAll { new.record($0.id) != nil }
    for record in old.records {
      guard let now = new.record(record.id) else {
        records.append(record)
        recordTerms[record.id] = old.processing.term(record: record.id)
        terms[record.id] = old.processing.terms[record.id]
        continue
      }
      let read = Set(now.fields.flatMap { [$0.id] + $0.replaces.map(\.field) })
      for field in record.fields where !read.contains(field.id) {
        fields[record.id, default: []].append(field)
        terms[record.id, default: [:]][field.id] = old.processing.term(record: record.id, field: field.id)
      }
    }
    codeLists += old.codeLists.filter { new.codeList($0.id) == nil }
  }
}

extension DataModel {
  /// The model with what only earlier versions have, as a register still keeps it: for whoever asks what is kept of them,
  /// and for terms of keeping.
  public var withEarlierParts: DataModel {
    let records = self.records.map { record in record.with(fields: record.fields + (earlier.fields[record.id] ?? [])) }
    let processing = ProcessingDefinition(
      purposes: self.processing.purposes, filesTerm: self.processing.filesTerm,
      organisation: self.processing.organisation,
      terms: self.processing.terms.merging(earlier.terms) { $0.merging($1) { now, _ in now } },
      recordTerms: self.processing.recordTerms.merging(earlier.recordTerms) { now, _ in now })
    return with(
      codeLists: codeLists + earlier.codeLists, records: records + earlier.records, processing: processing)
  }

  func with(
    codeLists: [CodeList], records: [RecordDefinition], processing: ProcessingDefinition? = nil
  ) -> DataModel {
    var model = DataModel(
      id: id, version: version, title: title, help: help, source: source, identifierScope: identifierScope,
      cycle: cycle, returnsHold: returnsHold, codeLists: codeLists, records: records, rules: rules, checks: checks,
      outcomes: outcomes, expectations: expectations, workflow: workflow, processing: processing ?? self.processing,
      fingerprint: fingerprint,
      recordIndex: Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1.id, $0) }))
    model.earlier = earlier
    return model
  }
}

extension RecordDefinition {
  func with(fields: [Field]) -> RecordDefinition {
    var record = RecordDefinition(id: id, title: title, help: help, nature: nature, key: key, fields: fields)
    record.retired = retired
    return record
  }
}

extension CodeList {
  /// The list with the crosswalk of an older one that it does not say itself, and the labels of codes that are gone.
  fileprivate func reading(_ old: CodeList) -> CodeList {
    var replaces = self.replaces
    for (code, between) in old.replaces where !contains(code) && replaces[code] == nil {
      replaces[code] = replaces[between] ?? between
    }
    var retired = self.retired
    for code in old.codes + old.retired where !contains(code.code) && replaces[code.code] == nil {
      if !retired.contains(where: { $0.code == code.code }) { retired.append(code) }
    }
    return with(replaces: replaces, retired: retired, split: split.merging(old.split) { now, _ in now })
  }

  /// The list with a newer one's crosswalk turned round, where one code replaced one.
  fileprivate func readingBack(_ new: CodeList) -> CodeList {
    var replaces = self.replaces
    for (old, code) in new.replaces where !contains(code) && replaces[code] == nil {
      let origins = new.replaces.filter { $0.value == code }.keys
      let own = contains(old) ? old : replaces[old]
      if origins.count == 1, let own { replaces[code] = own }
    }
    return with(replaces: replaces, retired: retired, split: split)
  }

  private func with(replaces: [String: String], retired: [Code], split: [String: [String]]) -> CodeList {
    CodeList(
      id: id, title: title, isOrdered: isOrdered, codes: codes, replaces: replaces, retired: retired, split: split)
  }
}
