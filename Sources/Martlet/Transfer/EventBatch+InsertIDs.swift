import MartletModel

extension EventBatch {
  /// What an insert id is unique within, and the id.
  private struct InsertKey: Hashable {
    var type: UInt32
    var insertID: [UInt8]
  }

  /// Takes the insert id from each event that shares it, and the type, with an earlier event of the
  /// user.
  ///
  /// Sent under two ids that later became one user's, they are two events; under the one id that
  /// they are exported with, the second would be taken for a replay of the first.
  /// - Precondition: rows of one user have one slice, and stand together.
  /// - Complexity: O(rows)
  mutating func dropRepeatedInsertIDs() {
    var seen: Set<InsertKey> = []
    for row in 0..<count {
      if row > 0, users[row] != users[row - 1] { seen.removeAll(keepingCapacity: true) }
      if insertIDs[row].isNone { continue }
      let key = InsertKey(type: types[row], insertID: Array(bytes[insertIDs[row].range]))
      if !seen.insert(key).inserted { insertIDs[row] = .none }
    }
  }
}
