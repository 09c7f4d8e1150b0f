public import MartletModel

/// One row as it arrives: an event or an identify call.
public enum ArrivalRow: Hashable, Sendable {
  case event(Event)
  case traits(TraitUpdate)

  public var user: Text {
    switch self {
    case .event(let event): event.user
    case .traits(let update): update.user
    }
  }

  public var timestamp: Timestamp {
    get {
      switch self {
      case .event(let event): event.timestamp
      case .traits(let update): update.timestamp
      }
    }
    set {
      switch self {
      case .event(var event):
        event.timestamp = newValue
        self = .event(event)
      case .traits(var update):
        update.timestamp = newValue
        self = .traits(update)
      }
    }
  }
}
