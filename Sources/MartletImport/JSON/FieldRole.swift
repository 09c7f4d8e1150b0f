/// What the value at a path is for.
enum FieldRole: UInt8 {
  /// A property of the event, or a trait.
  case property
  case user
  /// The user id under another usual name; a property where the line has a user id.
  case otherUser
  /// The id that a user had before it was known who that is; a property beside that.
  case anonymous
  /// In a line that links two ids: the one that becomes the user's. Elsewhere a property.
  case previous
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
