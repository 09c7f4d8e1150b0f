import MartletEngine
public import MartletLanguage
public import MartletModel

extension EventStore {
  /// Saves a segment under a name, for `in "name"`; replaces one of that name.
  /// - Throws: `ParseError` where the segment is no valid expression, `MartletError` where it would
  ///   refer to itself, there are `Limits.savedSegments` already or the store cannot be written.
  public func saveSegment(_ name: Text, _ segment: Segment) throws {
    let expression = try segment.expression()
    let text = Text(expression.description)
    try engine.updateSavedSegments { saved throws(MartletError) in
      var next = saved
      next[name] = text
      guard next.count <= Limits.savedSegments else {
        throw MartletError(
          .limit, "the store has \(Limits.savedSegments) saved segments, which is the limit",
          remedy: "delete some")
      }
      if let cycle = SavedSegmentGraph(next).cycle(from: name) {
        let path = cycle.map { "\"\($0)\"" }.joined(separator: " → ")
        throw MartletError(
          .usage, "the segment would refer to itself: \(path)",
          remedy: "take one of these references out")
      }
      saved = next
    }
  }

  /// Deletes a saved segment.
  /// - Throws: `.usage` where there is none of that name, or others refer to it.
  public func deleteSegment(_ name: Text) throws(MartletError) {
    try engine.updateSavedSegments { saved throws(MartletError) in
      guard saved[name] != nil else {
        throw MartletError(
          .usage, "there is no saved segment \"\(name)\"",
          remedy: "list them with 'martlet segments STORE list'")
      }
      let users = SavedSegmentGraph(saved).segments(referringTo: name)
      guard users.isEmpty else {
        let names = users.map { "\"\($0)\"" }.joined(separator: ", ")
        throw MartletError(
          .usage, "the segment \"\(name)\" is used by \(names)", remedy: "delete those first")
      }
      saved[name] = nil
    }
  }
}

/// Which saved segments refer to which.
struct SavedSegmentGraph {
  private let references: [Text: [Text]]

  init(_ definitions: [Text: Text]) {
    references = definitions.mapValues { definition in
      // What is stored was printed by us; a definition that no longer parses refers to nothing here
      // and fails by name when it is asked.
      guard let parsed = try? SegmentExpression.parse(definition.string) else { return [] }
      return parsed.occurrences.filter { $0.role == .savedSegment }.map(\.name)
    }
  }

  func segments(referringTo name: Text) -> [Text] {
    references.filter { $0.value.contains(name) }.map(\.key).sorted()
  }

  /// A path from a segment back to itself.
  func cycle(from start: Text) -> [Text]? {
    var visited: Set<Text> = []
    func search(_ name: Text, _ path: [Text]) -> [Text]? {
      for next in references[name] ?? [] {
        if next == start { return path + [next] }
        guard visited.insert(next).inserted else { continue }
        if let found = search(next, path + [next]) { return found }
      }
      return nil
    }
    return search(start, [start])
  }
}
