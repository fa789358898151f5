import Charts
import Primitives

/// A chart with everything that belongs to it: what it finds, what it shows, its words, its numbers and its origin.
public struct ReportFigure: Hashable, Codable, Sendable {
  /// The finding, in ten words or fewer.
  public var title: LocalizedText
  /// What, where, when, and in which unit.
  public var subtitle: LocalizedText
  public var chart: Chart
  /// What a reader who cannot see the chart should know; read out with it.
  public var description: LocalizedText
  /// The numbers of the chart.
  public var data: ReportTable
  public var method: LocalizedText?
  public var source: LocalizedText
  public var provenance: ProvenanceCode

  public init(
    title: LocalizedText, subtitle: LocalizedText, chart: Chart, description: LocalizedText, data: ReportTable,
    method: LocalizedText? = nil, source: LocalizedText, provenance: ProvenanceCode
  ) {
    self.title = title
    self.subtitle = subtitle
    self.chart = chart
    self.description = description
    self.data = data
    self.method = method
    self.source = source
    self.provenance = provenance
  }
}
