import Fingerprints
import Primitives

/// The short code beside a figure or finding, such as `F2`, under which the appendix says how to make it again.
public struct ProvenanceCode: Hashable, Codable, Sendable {
  /// Unique in the report: `F2`.
  public var label: String
  /// The fingerprint of the result, of which the code shows the beginning.
  public var fingerprint: Fingerprint

  public init(_ label: String, _ fingerprint: Fingerprint) {
    self.label = label
    self.fingerprint = fingerprint
  }

  /// `F2 · 3f9a·12c7`.
  public var text: String { "\(label) · \(fingerprint.short)" }
}

/// Where one result comes from: enough to make it again and to see whether anything changed.
public struct ProvenanceRecord: Hashable, Codable, Sendable {
  public var code: ProvenanceCode
  public var result: LocalizedText
  public var plan: Fingerprint?
  public var data: Fingerprint?
  public var program: Fingerprint?
  public var asKnownOn: CalendarDate?
  /// How many people the result rests on.
  public var count: ReportNumber?
  public var method: LocalizedText?

  public init(
    code: ProvenanceCode, result: LocalizedText, plan: Fingerprint? = nil, data: Fingerprint? = nil,
    program: Fingerprint? = nil, asKnownOn: CalendarDate? = nil, count: ReportNumber? = nil,
    method: LocalizedText? = nil
  ) {
    self.code = code
    self.result = result
    self.plan = plan
    self.data = data
    self.program = program
    self.asKnownOn = asKnownOn
    self.count = count
    self.method = method
  }
}

/// How the report was made: methods, words, quality of the data, and the origin of each result.
public struct ReportAppendix: Hashable, Codable, Sendable {
  public var method: [ReportBlock]
  public var definitions: [Definition]
  public var dataQuality: [ReportBlock]
  public var provenance: [ProvenanceRecord]

  public init(
    method: [ReportBlock] = [], definitions: [Definition] = [], dataQuality: [ReportBlock] = [],
    provenance: [ProvenanceRecord] = []
  ) {
    self.method = method
    self.definitions = definitions
    self.dataQuality = dataQuality
    self.provenance = provenance
  }

  /// A word of the report and what it means here.
  public struct Definition: Hashable, Codable, Sendable {
    public var term: LocalizedText
    public var meaning: LocalizedText

    public init(_ term: LocalizedText, _ meaning: LocalizedText) {
      self.term = term
      self.meaning = meaning
    }
  }
}
