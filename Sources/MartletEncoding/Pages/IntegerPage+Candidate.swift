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

  /// The smallest compressed page that saves at least 5 % of `size`, if there is one.
  static func compressed(_ candidates: [Self], below size: Int, level: Int) -> [UInt8]? {
    let most = size * Format.compressionGainPercent / 100
    guard level > 0, let choice = mostPromising(candidates, below: most, level: level)
    else { return nil }
    let form = choice.candidate.form
    let frame =
      choice.frame
      ?? ZstdCodec.compress(form.payload(width: choice.width).rawSpan, choice.effort)
    let page = choice.candidate.compressed(frame, width: choice.width)
    return page.count <= most ? page : nil
  }

  private struct Choice {
    var candidate: IntegerPage.Candidate
    var width: Int
    var effort: ZstdCodec.Effort
    /// Of the whole page, where the sample was.
    var frame: [UInt8]?
  }

  /// What compresses a sample best, if to its share of `size`.
  private static func mostPromising(
    _ candidates: [Self], below size: Int, level: Int
  ) -> Choice? {
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
              candidate: candidate, width: width, effort: effort, frame: isWhole ? frame : nil)
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
