public import MartletModel

extension SegmentExpression {
  /// Reads the JSON form; the schema is in `formats/language.md`.
  /// - Throws: `MartletError` (usage) whose place is the path, `$.and[1].did.window`.
  /// - Complexity: O(bytes).
  public init(json bytes: [UInt8]) throws(MartletError) {
    let document = try JSONReader.read(bytes)
    self = try JSONDecoding.expression(JSONNode(value: document, path: "$"), depth: 0)
    if let defect = structuralDefect() {
      throw MartletError(.usage, place: "$", defect.problem, remedy: defect.hint)
    }
  }

  /// The JSON form in UTF-8: no white space, keys in the schema's order, numbers exact.
  public var json: [UInt8] { JSONEncoding.expression(self).bytes }
}
