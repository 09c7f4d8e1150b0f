public import MartletModel

/// One thing that is done to a store.
public enum HistoryStep: Hashable, Sendable {
  case row(ArrivalRow)
  case link(IdentityLink.Kind, from: Text, to: Text)
  case forget([Text])
  case admit([Text])
  case expire(before: Timestamp)

  // What follows changes where rows lie, and no answer.
  case commit
  case flush
  case compact
  /// One job of background compaction, where there is one.
  case compactOnce
  /// The writer goes without a word; what was not committed goes with it.
  case reopen
  /// From now on another process answers.
  case readElsewhere
}

extension HistoryStep: CustomStringConvertible {
  public var description: String {
    switch self {
    case .row(let row): CanonicalNDJSON.line(row)
    case .link(let kind, let from, let to):
      "\(kind) \(PlainText.quoted(from)) to \(PlainText.quoted(to))"
    case .forget(let ids): "forget " + ids.map(PlainText.quoted).joined(separator: ", ")
    case .admit(let ids): "admit " + ids.map(PlainText.quoted).joined(separator: ", ")
    case .expire(let instant): "expire before \(instant)"
    case .commit: "commit"
    case .flush: "flush"
    case .compact: "compact"
    case .compactOnce: "compact once"
    case .reopen: "reopen"
    case .readElsewhere: "read elsewhere"
    }
  }
}
