import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

extension LogReader {
  /// Whether the log starts as it should; false where a crash left nothing of it.
  /// - Throws: `.corrupt` where the header is damaged, `.tooNew`.
  func hasHeader() throws(MartletError) -> Bool {
    guard bytes.count >= LogFormat.headerByteCount else {
      try checkTail(from: 0)
      return false
    }
    do throws(MartletError) {
      _ = try FileHeader.check(
        bytes.bytes, is: .log, newestVersion: LogFormat.version, file: bytes.name)
    } catch {
      // A crash may leave zeros or garbage where the header was not on the disk yet.
      guard durableByteCount == 0, error.code != .tooNew else { throw error }
      try checkTail(from: 0)
      return false
    }
    let found = bytes.bytes.integer(at: FileHeader.byteCount, as: UInt64.self)
    guard found == number else {
      // Blocks that were never synced may still hold what an earlier log left in them.
      if durableByteCount == 0, found < number {
        try checkTail(from: 0)
        return false
      }
      throw MartletError(
        .corrupt, file: bytes.name, place: "byte \(FileHeader.byteCount)",
        "this is log \(found), not log \(number)", remedy: BlockHandle.remedy)
    }
    return true
  }

  /// Makes sure that the bytes from an offset on, which are no whole frame, may be dropped.
  /// - Throws: `.corrupt` where the caller, or a frame further on, knows that the byte at the
  ///   offset was on the disk.
  /// - Complexity: O(bytes from the offset on).
  func checkTail(from offset: Int) throws(MartletError) {
    if durableByteCount > offset {
      throw damage(at: offset, "\(durableByteCount) bytes of it were on the disk")
    }
    let (span, first) = (bytes.bytes, LogFormat.frameMagic[0])
    var place = offset + 1
    while place <= span.byteCount - LogFormat.frameHeaderByteCount {
      if span.byte(at: place) == first,
        let frame = LogFrame(span, at: place, logNumber: number), frame.syncedByteCount > offset
      {
        throw damage(
          at: offset,
          "the frame at byte \(place) tells that \(frame.syncedByteCount) bytes were on the disk")
      }
      place += 1
    }
  }

  private func damage(at offset: Int, _ proof: String) -> MartletError {
    MartletError(
      .corrupt, file: bytes.name, place: "byte \(offset)",
      "the log is damaged here: no whole frame, although \(proof)", remedy: BlockHandle.remedy)
  }
}
