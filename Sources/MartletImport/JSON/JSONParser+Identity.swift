import MartletModel

/// Lines that say which ids are one user's (`formats/import.md`, "Identity").
extension JSONParser {
  /// The names of these fields in rejects.
  static let anonymousField = "anonymous_id"
  private static let previousField = "previous_id"

  /// Reads an id that is a property too: a string, or a number whose text is the id.
  mutating func linkedID(
    at start: Int, of node: UInt32, depth: Int
  ) -> (end: Int, field: LineState.Field, slice: EventBatch.Slice) {
    var offset = arena.count
    let end = propertyValue(at: start, of: node, depth: depth)
    guard end >= 0 else { return (end, .missing, .none) }
    switch input[start] {
    case UInt8(ascii: "\""): break
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      offset = arena.count
      arena.append(input, start..<end)
    default: return (end, LineState.Field(kindOfValueStartingWith: input[start]), .none)
    }
    let count = arena.count - offset
    if count == 0 { return (end, .empty, .none) }
    if count > Limits.userIDByteCount { return (end, .tooLong, .none) }
    return (end, .present, EventBatch.Slice(offset: UInt32(offset), count: UInt32(count)))
  }

  /// Takes the user id from another usual field where the line has none.
  @inline(never)
  mutating func takeOtherUser() {
    takeUser(under: .otherUser, line.otherUser, line.otherUserSlice)
    takeUser(under: .anonymous, line.anonymous, line.anonymousSlice)
  }

  private mutating func takeUser(
    under role: FieldRole, _ field: LineState.Field, _ slice: EventBatch.Slice
  ) {
    switch (line.user, field) {
    case (.missing, .present), (.null, .present), (.empty, .present): break
    default: return
    }
    (line.user, line.userSlice) = (.present, slice)
    // An anonymous id is a property of every event that has one; a user id is of none.
    guard role == .otherUser else { return }
    var kept = 0
    for index in 0..<cells.count where paths.nodes[Int(cells[index].name)].role != role {
      cells[kept] = cells[index]
      kept += 1
    }
    cells.truncate(to: kept)
  }

  /// Links the line's anonymous id to its user, once a batch: the first link of an id holds.
  @inline(never)
  mutating func linkAnonymousID() {
    let (from, user) = (line.anonymousSlice, line.userSlice)
    guard !isSame(from, user) else { return }
    let known = linkedIDs.count
    _ = linkedIDs.intern(arena.window, at: Int(from.offset), count: Int(from.count))
    guard linkedIDs.count > known else { return }
    result.batch.links.append(IdentityLink(.alias, from: from, to: user))
  }

  /// Takes a line that links two ids, or fails.
  @inline(never)
  mutating func commitLink() -> Bool {
    takeUser(under: .otherUser, line.otherUser, line.otherUserSlice)
    guard line.user == .present else { return refuse(fields.user, line.user.reason) }
    // As trackers have it: without a previous id, an alias is of the anonymous one.
    if line.previous == .missing, line.call == .alias {
      (line.previous, line.previousSlice) = (line.anonymous, line.anonymousSlice)
    }
    guard line.previous == .present else {
      return refuse(Self.previousField, line.previous.reason)
    }
    guard !isSame(line.previousSlice, line.userSlice) else {
      return refuse(Self.previousField, "the same as the user id")
    }
    result.batch.links.append(
      IdentityLink(
        line.call == .merge ? .merge : .alias, from: line.previousSlice, to: line.userSlice))
    return true
  }

  private func isSame(_ left: EventBatch.Slice, _ right: EventBatch.Slice) -> Bool {
    let window = arena.window
    return left.count == right.count
      && window.matches(
        Int(left.count), at: Int(left.offset), window, at: Int(right.offset))
  }
}
