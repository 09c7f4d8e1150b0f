extension IntegerPage {
  /// A packed form of the values (`first` is nil) or of their differences.
  struct Candidate {
    var form: PackedForm
    var first: Int64?

    static func smallest(_ candidates: [Candidate]) -> Candidate {
      guard
        let best = candidates.min(by: {
          $0.form.payloadByteCount < $1.form.payloadByteCount
        })
      else { preconditionFailure("a page always has the plain candidate") }
      return best
    }

    /// The page without a compressor.
    func encoded() -> [UInt8] {
      var writer = header(first == nil ? .packed : .deltas, width: form.width)
      writer.writeBytes(form.payload(width: form.width))
      return writer.bytes
    }

    /// The page with its payload as a zstd frame.
    func compressed(width: Int, level: Int) -> [UInt8] {
      var writer = header(
        first == nil ? .compressedPacked : .compressedDeltas, width: width)
      writer.writeBytes(
        ZstdCodec.compress(form.payload(width: width).rawSpan, level: level))
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
    guard let (candidate, width) = mostPromising(candidates, below: size) else { return nil }
    let page = candidate.compressed(width: width, level: level)
    return page.count <= most ? page : nil
  }

  /// The candidate and width whose sample compresses best, if it beats a share of `size`.
  private static func mostPromising(
    _ candidates: [Self], below size: Int
  ) -> (candidate: Self, width: Int)? {
    var best: (candidate: Self, width: Int)?
    var bestShare = Double(size)
    for candidate in candidates {
      let sample = candidate.sample
      let scale = Double(candidate.form.values.count) / Double(sample.form.values.count)
      for width in candidate.form.compressibleWidths {
        let payload = sample.form.payload(width: width)
        let share =
          Double(ZstdCodec.compress(payload.rawSpan, level: 1).count) * scale
        if share < bestShare { (best, bestShare) = ((candidate, width), share) }
      }
    }
    return best
  }

  /// The middle of the values.
  private var sample: Self {
    let count = form.values.count
    guard count > Self.sampleCount * 2 else { return self }
    var sample = self
    let start = form.values.startIndex + (count - Self.sampleCount) / 2
    sample.form.values = form.values[start..<start + Self.sampleCount]
    return sample
  }
}
