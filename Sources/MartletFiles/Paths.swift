/// The arithmetic of slash-separated paths.
public enum Paths {
  /// `/a/b` for `/a/b/c`, `.` for `c`, `/` for `/a`.
  public static func directory(of path: String) -> String {
    let trimmed = withoutTrailingSlashes(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == trimmed.startIndex ? "/" : withoutTrailingSlashes(String(trimmed[..<slash]))
  }

  /// `c` for `/a/b/c`.
  public static func name(of path: String) -> String {
    let trimmed = withoutTrailingSlashes(path)
    guard trimmed != "/", let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/"))
    else { return trimmed }
    return String(trimmed[trimmed.utf8.index(after: slash)...])
  }

  /// `directory/name`.
  public static func join(_ directory: String, _ name: String) -> String {
    directory.utf8.last == UInt8(ascii: "/") ? directory + name : directory + "/" + name
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var result = path[...]
    while result.utf8.count > 1, result.utf8.last == UInt8(ascii: "/") { result.removeLast() }
    return String(result)
  }
}
