import MartletModel

extension JSONParser {
  /// Reads the value of one of the line's own fields.
  mutating func roleValue(at start: Int, of node: UInt32, depth: Int) -> Int {
    switch paths.nodes[Int(node)].role {
    case .user:
      let (end, field, slice) = identifier(
        at: start, of: node, depth: depth, byteCountLimit: Limits.userIDByteCount)
      (line.user, line.userSlice) = (field, slice)
      return end
    case .otherUser:
      let (end, field, slice) = linkedID(at: start, of: node, depth: depth)
      (line.otherUser, line.otherUserSlice) = (field, slice)
      return end
    case .anonymous:
      let (end, field, slice) = linkedID(at: start, of: node, depth: depth)
      (line.anonymous, line.anonymousSlice) = (field, slice)
      return end
    case .previous:
      let (end, field, slice) = linkedID(at: start, of: node, depth: depth)
      (line.previous, line.previousSlice) = (field, slice)
      return end
    case .insertID:
      let (end, field, slice) = identifier(
        at: start, of: node, depth: depth, byteCountLimit: Limits.insertIDByteCount)
      (line.insertID, line.insertIDSlice) = (field, slice)
      return end
    case .event:
      return eventName(at: start, of: node, depth: depth)
    case .time:
      return time(at: start, of: node, depth: depth)
    case .callType:
      return callType(at: start, of: node, depth: depth)
    case .properties:
      line.properties = .init(ofContainerStartingWith: input[start])
      return propertyValue(at: start, of: node, depth: depth)
    case .traits:
      // An event may have a property named `traits` of any kind, so this reads it as one.
      line.traits = .init(ofContainerStartingWith: input[start])
      return propertyValue(at: start, of: node, depth: depth)
    case .property:
      return propertyValue(at: start, of: node, depth: depth)
    }
  }

  /// Reads a user id or an insert id: a string, or a number whose text is the id.
  @inline(__always)
  private mutating func identifier(
    at start: Int, of node: UInt32, depth: Int, byteCountLimit: Int
  ) -> (end: Int, field: LineState.Field, slice: EventBatch.Slice) {
    let offset = arena.count
    let end: Int
    switch input[start] {
    case UInt8(ascii: "\""):
      end = string(at: start + 1)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      end = number(at: start, of: node).end
      if end >= 0 { arena.append(input, start..<end) }
    default:
      let (end, field) = skipValue(at: start, of: node, depth: depth)
      return (end, field, .none)
    }
    guard end >= 0 else { return (end, .missing, .none) }
    let count = arena.count - offset
    if count == 0 { return (end, .empty, .none) }
    if count > byteCountLimit { return (end, .tooLong, .none) }
    return (end, .present, EventBatch.Slice(offset: UInt32(offset), count: UInt32(count)))
  }

  /// Reads a value that cannot be what is needed, and says what it is.
  @inline(never)
  private mutating func skipValue(
    at start: Int, of node: UInt32, depth: Int
  ) -> (end: Int, field: LineState.Field) {
    let field = LineState.Field(kindOfValueStartingWith: input[start])
    let kept = (cells: cells.count, items: items.count, bytes: arena.count)
    let end = propertyValue(at: start, of: node, depth: depth)
    guard end >= 0 else { return (end, field) }
    cells.truncate(to: kept.cells)
    items.truncate(to: kept.items)
    arena.setCount(kept.bytes)
    return (end, field)
  }

  /// Reads an event type.
  private mutating func eventName(at start: Int, of node: UInt32, depth: Int) -> Int {
    guard input[start] == UInt8(ascii: "\"") else {
      let (end, field) = skipValue(at: start, of: node, depth: depth)
      line.event = field
      return end
    }
    let first = start + 1
    let (end, hasEscape) = scanString(at: first)
    guard end >= 0 else { return end }
    var (source, offset, count) = (input, first, end - 1 - first)
    if hasEscape {
      offset = arena.count
      let copied = string(at: first)
      guard copied >= 0 else { return copied }
      count = arena.count - offset
      source = arena.window
      arena.setCount(offset)
    }
    if count == 0 {
      line.event = .empty
    } else if count > Limits.nameByteCount {
      line.event = .tooLong
    } else {
      line.event = .present
      line.eventType = types.intern(source, at: offset, count: count)
    }
    return end
  }

  /// Reads a timestamp: text, or a number since the epoch.
  private mutating func time(at start: Int, of node: UInt32, depth: Int) -> Int {
    switch input[start] {
    case UInt8(ascii: "\""):
      let first = start + 1
      let (end, hasEscape) = scanString(at: first)
      guard end >= 0 else { return end }
      guard hasEscape else {
        record(timestamps.parse(input, from: first, to: end - 1))
        return end
      }
      let offset = arena.count
      let copied = string(at: first)
      guard copied >= 0 else { return copied }
      record(timestamps.parse(arena.window, from: offset, to: arena.count))
      arena.setCount(offset)
      return end
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      let (end, number) = number(at: start, of: node)
      guard end >= 0 else { return end }
      if case .small(let significand, let scale) = number {
        record(TimestampParser.epoch(significand: significand, scale: scale))
      } else {
        line.time = .malformedTime
      }
      return end
    default:
      let (end, field) = skipValue(at: start, of: node, depth: depth)
      line.time = field
      return end
    }
  }

  @inline(__always)
  private mutating func record(_ outcome: TimestampParser.Outcome) {
    switch outcome {
    case .instant(let milliseconds, let reading):
      line.time = .present
      (line.milliseconds, line.reading) = (milliseconds, reading)
    case .malformed: line.time = .malformedTime
    case .outOfRange: line.time = .timeOutOfRange
    }
  }

  /// Reads `type`: the kind of call where the word is known, else a property of that name.
  private mutating func callType(at start: Int, of node: UInt32, depth: Int) -> Int {
    let kept = (cells: cells.count, bytes: arena.count)
    let end = propertyValue(at: start, of: node, depth: depth)
    guard end >= 0, input[start] == UInt8(ascii: "\"") else { return end }
    let word = arena.window.packed(kept.bytes..<arena.count)
    guard let call = CallType(packed: word) else { return end }
    line.call = call
    cells.truncate(to: kept.cells)
    arena.setCount(kept.bytes)
    return end
  }
}
