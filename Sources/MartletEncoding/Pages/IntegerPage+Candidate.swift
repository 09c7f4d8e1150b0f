extension IntegerPage {
  /// A packed form of the values (`first` is nil) or of their differences.
  struct Candidate {
    var form: PackedForm
    var first: Int64?

    /// The page without a compressor.
    func encoded() -> [UInt8] {
      var writer = header(first == nil ? .packed : .deltas, width: form.width)
      writer.writeBytes(form.payload(width: form.width))
      return writer.bytes
    }

    /// The page with this zstd frame as its payload, of values of `width` bits.
    func compressed(_ frame: [UInt8], width: Int) -> [UInt8] {
      var writer = header(
        first == nil ? .compressedPacked : .compressedDeltas, width: width)
      writer.writeBytes(frame)
      return writer.bytes
    }

    private func header(_ scheme: Format.IntegerScheme, width: Int) -> ByteWriter {
      var writer = ByteWriter()
      writer.writeUInt8(scheme.rawValue)
      if let first { writer.writeZigZag(first) }
      form.writeHeader(width: width, to: &writer)
      return writer
    }
  }
}

extension IntegerPage.Candidate {
  /// Values of a sample, which stands for the whole page in the choice of what to compress.
  private static let sampleCount = 2048

  /// What to compress, and how.
  struct Choice {
    var candidate: IntegerPage.Candidate
    var width: Int
    var effort: ZstdCodec.Effort
    /// Bytes of the frame, by the sample.
    var expectedByteCount: Int
    /// Of the whole page, where the sample was.
    var frame: [UInt8]?

    /// The page, where it takes at most `most` bytes.
    func page(most: Int) -> [UInt8]? {
      let whole =
        frame ?? ZstdCodec.compress(candidate.form.payload(width: width).rawSpan, effort)
      let page = candidate.compressed(whole, width: width)
      return page.count <= most ? page : nil
    }
  }

  /// What compresses a sample best, if to its share of `size`.
  static func mostPromising(
    _ candidates: [Self], below size: Int, level: Int
  ) -> Choice? {
    guard level > 0 else { return nil }
    var best: Choice?
    var bestSize = Double(size)
    for candidate in candidates {
      let sample = candidate.sample
      let isWhole = sample.values.count == candidate.form.values.count
      let scale = Double(candidate.form.values.count) / Double(sample.values.count)
      for width in sample.compressibleWidths {
        let payload = sample.payload(width: width)
        var efforts = [ZstdCodec.Effort.entropyOnly]
        // Equal values are equal bytes, so that repetition shows, in whole bytes only.
        if width % 8 == 0 { efforts.append(.level(level)) }
        for effort in efforts {
          let frame = ZstdCodec.compress(
            payload.rawSpan, isWhole ? effort : effort.forSample)
          let expected = Double(frame.count) * scale
          if expected < bestSize {
            bestSize = expected
            best = Choice(
              candidate: candidate, width: width, effort: effort,
              expectedByteCount: Int(expected), frame: isWhole ? frame : nil)
          }
        }
      }
    }
    return best
  }

  /// The middle of the values.
  private var sample: PackedForm {
    let count = form.values.count
    guard count > Self.sampleCount * 2 else { return form }
    var sample = form
    let start = form.values.startIndex + (count - Self.sampleCount) / 2
    sample.values = form.values[start..<start + Self.sampleCount]
    return sample
  }
}
