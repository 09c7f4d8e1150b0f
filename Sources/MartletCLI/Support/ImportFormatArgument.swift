import ArgumentParser
import Martlet

/// A value of `import --format`: what the files are, or how the result is printed.
enum ImportFormatArgument: ExpressibleByArgument {
  case input(ImportFormat)
  case output(OutputFormat)
  /// A format that imports are going to read.
  case planned(String)

  private static let plannedFormats = ["segment", "amplitude", "mixpanel", "posthog", "snowplow"]

  init?(argument: String) {
    if let format = ImportFormat(rawValue: argument) {
      self = .input(format)
    } else if let format = OutputFormat(rawValue: argument), format != .csv {
      self = .output(format)
    } else if ImportFormatArgument.plannedFormats.contains(argument) {
      self = .planned(argument)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] {
    ImportFormat.allCases.map(\.rawValue)
      + [OutputFormat.json, .table].map(\.rawValue)
  }
}

/// A value of `import --types`: `COLUMN=KIND`.
struct ColumnTypeArgument: ExpressibleByArgument {
  let column: Text
  let kind: ColumnType

  init?(argument: String) {
    // The last sign: a column's name may hold one, a kind does not.
    guard let sign = argument.lastIndex(of: "="), sign > argument.startIndex,
      let kind = ColumnType(rawValue: String(argument[argument.index(after: sign)...]))
    else { return nil }
    self.kind = kind
    column = Text(String(argument[..<sign]))
  }
}
