/// Makes a failing history smaller while it still fails.
public enum HistoryShrinker {
  /// The smallest history found; it fails, as the given one does.
  ///
  /// Leaves out ever smaller stretches of steps, as in Andreas Zeller's delta debugging.
  public static func shrink(
    _ steps: [HistoryStep], whileFailing fails: ([HistoryStep]) -> Bool
  ) -> [HistoryStep] {
    var smallest = steps
    var length = max(1, steps.count / 2)
    while true {
      var (start, hasShrunk) = (0, false)
      while start < smallest.count {
        var fewer = smallest
        fewer.removeSubrange(start..<min(start + length, smallest.count))
        if fails(fewer) {
          smallest = fewer
          hasShrunk = true
        } else {
          start += length
        }
      }
      if length > 1 {
        length /= 2
      } else if !hasShrunk {
        return smallest
      }
    }
  }
}
