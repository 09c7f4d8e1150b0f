import MartletModel

/// An object's fields, taken one by one; what is left in the end is an error.
struct JSONFields {
  let node: JSONNode
  private var fields: [(key: Text, node: JSONNode)]
  private var known: [String] = []

  init(node: JSONNode, fields: [(Text, JSONNode)]) {
    (self.node, self.fields) = (node, fields)
  }

  func contains(_ key: Text) -> Bool { fields.contains { $0.key == key } }

  mutating func take(_ key: Text) -> JSONNode? {
    known.append(key.string)
    guard let index = fields.firstIndex(where: { $0.key == key }) else { return nil }
    return fields.remove(at: index).node
  }

  mutating func require(_ key: Text) throws(MartletError) -> JSONNode {
    guard let found = take(key) else { throw node.failure("the key \"\(key)\" is missing") }
    return found
  }

  /// The one field of an object that says by its key what it is.
  func single(of keys: [String], _ what: String) throws(MartletError) -> (key: String, JSONNode) {
    guard let field = fields.first, fields.count == 1 else {
      throw node.failure("expected \(what) as an object with one key")
    }
    guard keys.contains(where: { Text($0) == field.key }) else {
      throw unknown(field.key, field.node, known: keys)
    }
    return (field.key.string, field.node)
  }

  /// Fails where a field was not taken.
  func finish() throws(MartletError) {
    if let field = fields.first { throw unknown(field.key, field.node, known: known) }
  }

  /// The error that a key is none of those known.
  func unknown(_ key: Text, _ place: JSONNode, known: [String]) -> MartletError {
    let near = Suggestions.nearest(to: key.string, in: known)
    return place.failure(
      "unknown key \(QuotedText.quote(key))",
      remedy: near.map { "did you mean \"\($0)\"?" }
        ?? "the keys here are \(known.joined(separator: ", "))")
  }

  /// The error that the object is none of the forms known.
  func unknownForm(_ what: String, known: [String]) -> MartletError {
    guard let field = fields.first else { return node.failure("expected \(what)") }
    return unknown(field.key, field.node, known: known)
  }
}
