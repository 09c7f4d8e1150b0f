package import MartletModel

/// A question names something that the store does not know.
package enum BindError: Error, Hashable, Sendable {
  package enum Role: String, Hashable, Sendable {
    case eventType = "event type"
    case savedSegment = "saved segment"
  }

  /// `known` lists the names there are.
  case unknown(Role, Text, known: [Text])
  /// Saved segments that refer to each other in a circle, the first one again at the end.
  case cycle([Text])
}
