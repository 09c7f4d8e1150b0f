/// JSON as it was written: numbers stay text, so that no digit is lost.
public enum JSONTree: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONTree])
  /// Members in order.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONTree
  }

  /// The member's value; nil where there is none or this is no object.
  public subscript(name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  public var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }
}
