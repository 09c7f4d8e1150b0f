/// What the value at a path is for.
enum FieldRole: UInt8 {
  /// A property of the event, or a trait.
  case property
  case user
  case event
  case time
  case insertID
  /// The kind of call: `track`, `identify`, ...
  case callType
  /// The object whose keys are properties.
  case properties
  /// The object whose keys are traits in an identify call.
  case traits
}
