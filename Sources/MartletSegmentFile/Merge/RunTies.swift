/// The rows of one merged run that share user and time with rows of other runs, in the run's order.
struct RunTies {
  var users: [UInt32] = []
  var times: [Int64] = []
  /// Among the rows of the user and time, in order of arrival.
  var ranks: [Int64] = []
}
