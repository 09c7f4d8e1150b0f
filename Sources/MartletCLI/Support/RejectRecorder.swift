import Martlet

/// Keeps what an import rejected: in a file, or the first few on standard error.
final class RejectRecorder {
  private static let shownCountMax = 5
  private let file: OutputFile?
  private var count = 0

  /// - Throws: `.io` where the file cannot be made.
  init(path: String?) throws(MartletError) {
    file = if let path { try OutputFile(path) } else { nil }
  }

  func record(_ rejects: [Reject]) throws(MartletError) {
    for reject in rejects {
      count += 1
      if let file {
        try file.write(reject.ndjson)
      } else if count <= RejectRecorder.shownCountMax {
        let place = reject.place.map { ", \($0)" } ?? ""
        StandardError.remark("rejected \(reject.file)\(place): \(reject.reason)")
      } else if count == RejectRecorder.shownCountMax + 1 {
        StandardError.remark("more rejects; --rejects FILE keeps them all")
      }
    }
  }

  func finish() throws(MartletError) { try file?.finish() }
}
