/// Kleene's three values in their order: `and` is the least, `or` the greatest.
enum Truth: Int, Comparable {
  case no
  case pending
  case yes

  init(_ holds: Bool) { self = holds ? .yes : .no }

  static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .no: .yes
    case .pending: .pending
    case .yes: .no
    }
  }
}
