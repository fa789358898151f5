import CZlib

/// A part of a zip file, deflated.
struct PackedPart {
  fileprivate(set) var bytes: [UInt8] = []
  fileprivate(set) var size = 0
  fileprivate(set) var checksum: UInt32 = 0
}

/// Deflates a large part piece by piece (RFC 1951), so that it never lies in memory as a whole.
final class PartPacker {
  private var part = PackedPart()
  private var stream: z_stream
  private var room = [UInt8](repeating: 0, count: 1 << 16)
  private var hasFailed = false

  /// - Returns: nil when memory is short.
  init?() {
    stream = z_stream()
    let status = deflateInit2_(
      &stream, 3, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit { deflateEnd(&stream) }

  func add(_ piece: [UInt8]) { deflatePiece(piece, Z_NO_FLUSH) }

  /// The whole part; nil when it cannot be packed.
  func finish() -> PackedPart? {
    deflatePiece([], Z_FINISH)
    return hasFailed ? nil : part
  }

  private func deflatePiece(_ piece: [UInt8], _ flush: Int32) {
    piece.withUnsafeBufferPointer { input in
      part.size += input.count
      part.checksum = UInt32(truncatingIfNeeded: crc32_z(UInt(part.checksum), input.baseAddress, input.count))
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      repeat {
        let status = room.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return deflate(&stream, flush)
        }
        if status != Z_OK, status != Z_STREAM_END, status != Z_BUF_ERROR { hasFailed = true }
        part.bytes.append(contentsOf: room.prefix(room.count - Int(stream.avail_out)))
      } while stream.avail_out == 0
    }
  }
}
