import MartletModel

/// One event of one user, with its names as numbers.
struct NaiveEvent {
  var type: Int
  /// Milliseconds since the epoch.
  var time: Int64
  /// Place among all rows of the store; breaks ties of `time`.
  var arrival: Int
  /// Name and value; nulls are left out, since null is missing.
  var properties: [(name: Int, value: Value)]

  func value(of property: Int) -> Value? {
    properties.first { $0.name == property }?.value
  }
}
