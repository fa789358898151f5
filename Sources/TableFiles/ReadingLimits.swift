/// What the reader accepts at most: a file may come from anybody.
public struct ReadingLimits: Hashable, Codable, Sendable {
  /// Bytes of the file itself.
  public var fileBytes = 256 << 20
  /// Bytes of all parts of a workbook that are unpacked, together.
  public var unpackedBytes = 1 << 30
  /// Times a part of a workbook may grow on unpacking, once it is larger than 8 MB.
  public var unpackingRatio = 200
  /// Files inside a workbook.
  public var archiveEntries = 4096
  public var sheets = 256
  /// Excel's own limit.
  public var columns = 16_384
  /// Cells of one file, empty ones between others counted.
  public var cells = 60_000_000

  public init() {}
}
