/// What a user pays for.
enum Plan: String, CaseIterable {
  case free
  case trial
  case pro
  case business

  /// Share of users in basis points.
  var share: UInt64 {
    switch self {
    case .free: 6000
    case .trial: 1500
    case .pro: 2000
    case .business: 500
    }
  }

  /// Monthly price of a seat.
  var centsPerSeat: UInt64 {
    switch self {
    case .free, .trial: 0
    case .pro: 1250
    case .business: 3999
    }
  }
}
