import Charts
import Primitives

/// A report as a value: what it says, in every language at once, and nothing about how it looks.
///
/// The order is the order of reading: what it is, what to know, the sections with their evidence, and how it was made.
/// Every number in it is already protected. Texts may mark words with `**two stars**` and codes with `` `backticks` ``;
/// nothing else is markup.
public struct Report: Hashable, Codable, Sendable {
  /// The line above the title: who, which report, for whom.
  public var kicker: LocalizedText
  public var title: LocalizedText
  public var lede: LocalizedText
  public var facts: [ReportFact]
  public var keyFindings: [KeyFinding]
  /// The heading above the key findings; nil counts them: `Five things to know`.
  public var keyFindingsHeading: LocalizedText?
  public var sections: [ReportSection]
  public var appendix: ReportAppendix
  /// The last line: with which version it was made, and how to make it again.
  public var colophon: LocalizedText?

  public init(
    kicker: LocalizedText, title: LocalizedText, lede: LocalizedText, facts: [ReportFact] = [],
    keyFindings: [KeyFinding] = [], keyFindingsHeading: LocalizedText? = nil, sections: [ReportSection] = [],
    appendix: ReportAppendix = ReportAppendix(), colophon: LocalizedText? = nil
  ) {
    self.kicker = kicker
    self.title = title
    self.lede = lede
    self.facts = facts
    self.keyFindings = keyFindings
    self.keyFindingsHeading = keyFindingsHeading
    self.sections = sections
    self.appendix = appendix
    self.colophon = colophon
  }
}

/// A fact under the title: `As known on`, `14 June 2019`.
public struct ReportFact: Hashable, Codable, Sendable {
  public var label: LocalizedText
  public var value: LocalizedText

  public init(_ label: LocalizedText, _ value: LocalizedText) {
    self.label = label
    self.value = value
  }
}

/// A thing to know: a number that can be said aloud, the sentence that goes on from it, and how sure it is.
public struct KeyFinding: Hashable, Codable, Sendable {
  /// `44`, `+12`, `7 months`, `1 : 63`.
  public var value: LocalizedText
  /// `in every 100 people with the **intensive approach** had paid work within three years`.
  public var sentence: LocalizedText
  /// The interval, the count, the level of evidence.
  public var note: LocalizedText?
  /// The code of the result, such as `F2`, that the list of provenance explains.
  public var provenance: ProvenanceCode?

  public init(
    value: LocalizedText, sentence: LocalizedText, note: LocalizedText? = nil, provenance: ProvenanceCode? = nil
  ) {
    self.value = value
    self.sentence = sentence
    self.note = note
    self.provenance = provenance
  }
}

/// A part of the report that says one thing: the heading is the finding.
public struct ReportSection: Hashable, Codable, Sendable {
  public var heading: LocalizedText
  public var blocks: [ReportBlock]

  public init(heading: LocalizedText, blocks: [ReportBlock]) {
    self.heading = heading
    self.blocks = blocks
  }
}

/// What stands in a section, in the order of reading.
public enum ReportBlock: Hashable, Codable, Sendable {
  case paragraph(LocalizedText)
  case list([LocalizedText])
  /// A heading within the section.
  case subheading(LocalizedText)
  case figure(ReportFigure)
  case table(ReportTable)
  /// How the records of a model hang together.
  case relations(RelationDiagram)
  case caveat(ReportCaveat)
  /// How it was computed, for those who want to know; folded away on a screen.
  case method(ReportMethodNote)
}

/// What an effect or figure cannot tell, in the same type size as what it does tell.
public struct ReportCaveat: Hashable, Codable, Sendable {
  /// Nil is `What this cannot tell`.
  public var title: LocalizedText?
  public var paragraphs: [LocalizedText]

  public init(title: LocalizedText? = nil, _ paragraphs: [LocalizedText]) {
    self.title = title
    self.paragraphs = paragraphs
  }
}

/// How something was computed.
public struct ReportMethodNote: Hashable, Codable, Sendable {
  /// Nil is `How this was made`.
  public var title: LocalizedText?
  public var paragraphs: [LocalizedText]

  public init(title: LocalizedText? = nil, _ paragraphs: [LocalizedText]) {
    self.title = title
    self.paragraphs = paragraphs
  }
}
