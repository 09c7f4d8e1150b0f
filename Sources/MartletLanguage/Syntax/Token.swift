import MartletModel

/// A piece of an expression's text.
struct Token {
  enum Kind: Hashable {
    /// An unquoted word, and the keyword that it spells.
    case word(Keyword?)
    /// A quoted string, decoded.
    case quoted(Text)
    case number(Number)
    /// An unquoted date or time.
    case time(TimeReading)
    case symbol(Symbol)
    /// Bytes that are no token; the parser reports them when it gets there.
    case invalid(Defect)
    case end
  }

  var kind: Kind
  /// Place in the source, UTF-8 bytes.
  var range: Range<Int>

  var keyword: Keyword? {
    if case .word(let keyword) = kind { keyword } else { nil }
  }

  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}
