import MartletEncoding

/// Tells nearly all rows that share user and time with no row of another run from the others.
package struct TieTags {
  /// 0: free; n: seen in run n - 1 only; `shared`: seen in several. Runs beyond 65,533 share a tag
  /// and are "shared" at once: more candidates, no wrong answer.
  private var tags: [UInt16]
  private static let shared = UInt16.max

  /// Notes all rows, of which there are `rowCount`.
  package init(rowCount: Int, _ noteAll: (inout TieTags) -> Void) {
    var size = 1024
    while size < rowCount * 4 { size *= 2 }
    tags = [UInt16](repeating: 0, count: size)
    noteAll(&self)
  }

  @inline(__always)
  package mutating func note(user: UInt32, time: Int64, run: Int) {
    let tag = run + 1 < Int(TieTags.shared) ? UInt16(run + 1) : TieTags.shared
    let slot = slot(user, time)
    tags[slot] = tags[slot] == 0 || tags[slot] == tag ? tag : TieTags.shared
  }

  /// Whether rows of several runs may have that user and time.
  @inline(__always)
  package func areShared(user: UInt32, time: Int64) -> Bool {
    tags[slot(user, time)] == TieTags.shared
  }

  @inline(__always)
  private func slot(_ user: UInt32, _ time: Int64) -> Int {
    let hash = ByteKernels.fold(UInt64(user), UInt64(bitPattern: time))
    return Int(truncatingIfNeeded: hash) & (tags.count - 1)
  }
}
