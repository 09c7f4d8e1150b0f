/// Instants `from <= t < to`, in milliseconds since the epoch.
struct Interval {
  var from: Int64
  var to: Int64

  func contains(_ time: Int64) -> Bool { from <= time && time < to }
}
