/// Finds what a misspelt name was meant to be.
public enum Suggestions {
  /// The candidate nearest to a word, or nil where none is near.
  ///
  /// A candidate equal but for case, spaces, `_` and `-` is nearest of all; else the one with the
  /// fewest edits, at most a third of the word's characters and never more than 3; among equals
  /// the first.
  ///
  /// - Complexity: O(candidates × characters²); a candidate of another length is skipped at once.
  public static func nearest(
    to word: String, in candidates: some Sequence<String>
  ) -> String? {
    let wanted = Array(fold(word).prefix(longestWord))
    var limit = min(3, wanted.count / 3)
    if wanted.count == 2 { limit = 1 }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(fold(candidate).prefix(longestWord))
      if wanted == other { return candidate }
      let allowed = min(limit, (best?.distance ?? Int.max) - 1)
      guard abs(wanted.count - other.count) <= allowed else { continue }
      let distance = editDistance(wanted, other)
      if distance <= allowed { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Names are compared up to here.
  private static let longestWord = 64

  private static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }.map { $0 }
  }

  /// Insertions, deletions, substitutions and swaps of neighbours between one word and the other.
  ///
  /// Source: F. Damerau, "A technique for computer detection and correction of spelling errors",
  /// 1964, in the restricted form (optimal string alignment) that edits no place twice.
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1] + Array(repeating: 0, count: right.count)
      for j in right.indices {
        let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
        row[j + 1] = min(substitution, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
