/// Every limit of a store, with its unit. Each is enforced with an error that names it.
public enum Limits {
  /// Bytes of a user id.
  public static let userIDByteCount = 1024
  /// Bytes of an event type or a property name (its whole dotted path).
  public static let nameByteCount = 1024
  /// Bytes of an insert id.
  public static let insertIDByteCount = 1024
  /// Bytes of one text value.
  public static let textByteCount = 1 << 20
  /// Bytes of one input line.
  public static let lineByteCount = 16 << 20
  /// Nesting of JSON objects and arrays in one event.
  public static let nestingDepth = 64
  /// Properties of one event, items of its arrays included.
  public static let propertiesPerEvent = 4096
  /// Event types in a store.
  public static let eventTypes = 65_536
  /// Property names in a store.
  public static let propertyNames = 65_536
  /// Partitions of time in a store, less one.
  public static let partitions = 4096
  /// Segment files and user files in a store, each.
  public static let files = 1 << 20
  /// Forgotten ids that a store refuses to take up again by accident.
  public static let forgottenIDs = 1 << 24
  /// Saved segments in a store.
  public static let savedSegments = 1 << 20
  /// Users in a store.
  public static let users = Int(UInt32.max)
  /// Significant digits of a number.
  public static let numberDigits = 38
  /// Magnitude of a number's power of ten.
  public static let numberExponent = 400
}
