import MartletModel

/// A value of a JSON document and the path to it, for errors.
struct JSONNode {
  let value: JSONValue
  /// `$.and[1].did`
  let path: String

  func failure(_ reason: String, remedy: String? = nil) -> MartletError {
    MartletError(.usage, place: path, reason, remedy: remedy)
  }

  /// Runs a check that knows nothing of places.
  func check<Result>(_ body: () throws(Defect) -> Result) throws(MartletError) -> Result {
    do throws(Defect) {
      return try body()
    } catch {
      throw failure(error.problem, remedy: error.hint)
    }
  }

  func text() throws(MartletError) -> Text {
    guard case .text(let text) = value else { throw failure("expected text, found \(value.kind)") }
    return text
  }

  func name() throws(MartletError) -> Text {
    let text = try text()
    guard text.utf8.count <= Limits.nameByteCount else {
      throw failure("a name has at most \(Limits.nameByteCount) bytes")
    }
    return text
  }

  func number() throws(MartletError) -> Number {
    guard case .number(let number) = value else {
      throw failure("expected a number, found \(value.kind)")
    }
    return number
  }

  func array(atLeast count: Int) throws(MartletError) -> [JSONNode] {
    guard case .array(let items) = value else {
      throw failure("expected an array, found \(value.kind)")
    }
    guard items.count >= count else {
      throw failure("expected at least \(count) item\(count == 1 ? "" : "s")")
    }
    return items.enumerated().map { JSONNode(value: $1, path: "\(path)[\($0)]") }
  }

  func object() throws(MartletError) -> JSONFields {
    guard case .object(let fields) = value else {
      throw failure("expected an object, found \(value.kind)")
    }
    return JSONFields(
      node: self,
      fields: fields.map { field in
        let step =
          Identifier.matches(field.key.string)
          ? ".\(field.key)" : "[\(QuotedText.quote(field.key))]"
        return (field.key, JSONNode(value: field.value, path: path + step))
      })
  }
}

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
