import Foundation

/// The bytes of a file, read by the system as they are needed.
public final class MappedFile: @unchecked Sendable {
  // Unchecked because the bytes are never written to.

  public let name: String
  public let bytes: UnsafeRawBufferPointer

  /// - Returns: nil for what is no file that can be mapped; reading it plainly says why.
  public init?(_ url: URL) {
    name = url.lastPathComponent
    let descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return nil }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { return nil }
    _ = madvise(start, count, Int32(POSIX_MADV_SEQUENTIAL))
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }

  /// Lets go of the memory of bytes that were read; they are read anew where they are needed again.
  func release(_ range: Range<Int>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound / page * page
    guard start < end else { return }
    _ = madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress! + start), end - start, Int32(MADV_DONTNEED))
  }
}
