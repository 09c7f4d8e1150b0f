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
