import MartletFiles
import MartletModel

extension SegmentFileMerge {
  /// Whether what is known of an ordinal is carried over.
  private func keeps(_ user: UInt32) -> Bool {
    !selection.droppedUsers.contains(user) && selection.users?.contains(user) ?? true
  }

  /// The first-seen corrections of all files: the earliest of each user, in ordinal order.
  func mergedCorrections() throws(MartletError) -> [(user: UInt32, time: Int64)] {
    var earliest: [UInt32: Int64] = [:]
    for file in files {
      for (user, time) in try file.firstSeenCorrections() where keeps(user) {
        let canonical = selection.canonical.canonical(user)
        earliest[canonical] = min(earliest[canonical] ?? .max, time)
      }
    }
    return earliest.sorted { $0.key < $1.key }.map { (user: $0.key, time: $0.value) }
  }

  /// The identity edges of all files, in ordinal order.
  /// - Throws: `.corrupt` where two files lead one ordinal to different users.
  func mergedEdges() throws(MartletError) -> [IdentityEdge] {
    var targets: [UInt32: UInt32] = [:]
    for file in files {
      for edge in try file.identityEdges() where keeps(edge.user) {
        guard targets[edge.user] == nil || targets[edge.user] == edge.target else {
          throw MartletError(
            .corrupt, file: file.bytes.name,
            "ordinal \(edge.user) leads to another user than in an earlier file",
            remedy: BlockHandle.remedy)
        }
        targets[edge.user] = edge.target
      }
    }
    return targets.sorted { $0.key < $1.key }.map { IdentityEdge(user: $0.key, target: $0.value) }
  }
}

extension SegmentFileParts {
  /// Takes merged runs, and the properties that occur in them, which are numbered anew.
  mutating func take(_ runs: [EncodedRun], _ names: [Text], _ texts: MergedTexts) {
    var isUsed = [Bool](repeating: false, count: names.count)
    for run in runs {
      for column in run.directory.columns { isUsed[column.property] = true }
    }
    var numbers = [Int](repeating: -1, count: names.count)
    for (number, name) in names.enumerated() where isUsed[number] {
      numbers[number] = properties.count
      properties.append((name, texts.dictionaries[number]?.encoded))
    }
    self.runs = runs.map { run in
      var run = run
      for index in run.directory.columns.indices {
        run.directory.columns[index].property = numbers[run.directory.columns[index].property]
      }
      return run
    }
  }
}
