import Martlet

/// Where everything that is not data goes: errors, remarks, progress.
enum StandardError {
  enum Style: String {
    case red = "31"
    case dim = "2"
  }

  /// Whether a person looks at it.
  static let isTerminal = SystemStreams.isTerminal(SystemStreams.standardError)

  /// Colour only for people who did not ask for none (https://no-color.org).
  private static let hasColor =
    isTerminal && (SystemStreams.environment("NO_COLOR") ?? "").isEmpty
    && SystemStreams.environment("TERM") != "dumb"

  static func write(_ text: String) {
    // A closed standard error leaves nobody to tell.
    try? SystemStreams.write(Array(text.utf8), to: SystemStreams.standardError)
  }

  /// Writes a remark: a line that is no data.
  static func remark(_ text: String) { write(style(text, .dim) + "\n") }

  static func style(_ text: String, _ style: Style) -> String {
    hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
