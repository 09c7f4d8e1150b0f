/// One row of a session before its properties are drawn.
struct SessionEvent {
  /// Stands in `type` for a trait update.
  static let traitUpdate = UInt8.max

  let milliseconds: Int64
  let user: UInt32
  /// Index into `EventKind.all`, or `traitUpdate`.
  let type: UInt8
  /// The row's place in its session.
  let index: UInt16
  /// Key of the session's random streams.
  let session: UInt64
}
