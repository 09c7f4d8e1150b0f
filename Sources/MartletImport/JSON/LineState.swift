import MartletModel

/// What is known of a line while it is read.
struct LineState {
  /// What became of one of the line's own fields.
  enum Field: UInt8 {
    case missing
    case present
    case null
    case empty
    // Of a kind that does not fit.
    case object
    case array
    case string
    case number
    case boolean
    case tooLong
    case malformedTime
    case timeOutOfRange

    /// The kind of the JSON value that starts with this byte.
    init(kindOfValueStartingWith byte: UInt8) {
      self =
        switch byte {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "\""): .string
        default: .number
        }
    }

    /// `present` where the value is an object, else what it is.
    init(ofContainerStartingWith byte: UInt8) {
      let kind = Field(kindOfValueStartingWith: byte)
      self = kind == .object ? .present : kind
    }

    /// Why a line with this field is refused.
    var reason: String {
      switch self {
      case .missing: "missing"
      case .present: "present"
      case .null: "null"
      case .empty: "empty"
      case .object: "an object"
      case .array: "an array"
      case .string: "a string"
      case .number: "a number"
      case .boolean: "a boolean"
      case .tooLong: "longer than \(Limits.userIDByteCount) bytes"
      case .malformedTime: "not a timestamp"
      case .timeOutOfRange: "outside the years 1 to 9999"
      }
    }
  }

  var user = Field.missing
  var otherUser = Field.missing
  var anonymous = Field.missing
  var previous = Field.missing
  var event = Field.missing
  var time = Field.missing
  /// `missing`, `null` and `empty` all mean that there is none.
  var insertID = Field.missing
  var traits = Field.missing
  var properties = Field.missing
  var call = CallType.event

  var reading = TimestampReading.isoWithZone
  var eventType: UInt32 = 0
  var userSlice = EventBatch.Slice.none
  var otherUserSlice = EventBatch.Slice.none
  var anonymousSlice = EventBatch.Slice.none
  var previousSlice = EventBatch.Slice.none
  var insertIDSlice = EventBatch.Slice.none
  var milliseconds: Int64 = 0
}
