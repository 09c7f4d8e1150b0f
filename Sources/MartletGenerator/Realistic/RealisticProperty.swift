import MartletModel

/// The realistic profile's properties and traits; a raw value is the index of its name.
enum RealisticProperty: UInt32, CaseIterable {
  /// Text, 4 values: the session's device.
  case platform
  /// Text, 40 values: fixed per user.
  case country
  /// Text, one per session.
  case session
  /// Text, 320 values by Zipf's law.
  case page
  /// Text, some hundred thousand values.
  case query
  /// Integer, log-normal.
  case duration
  /// Integer, 1...8.
  case items
  /// Decimal with cents, log-normal.
  case amount
  /// Boolean, true in 97 of 100.
  case success
  /// Boolean, true in 1 of 8.
  case gift
  /// List of 1...3 texts of 24.
  case tags
  /// Text, one per booking.
  case booking
  /// Integer, 1...5.
  case rating
  /// Trait, text: changes up to twice.
  case plan
  /// Trait, integer 0...10 or null: changes each quarter.
  case promoterScore
  /// Trait, decimal: follows plan and seats.
  case revenue
  /// Trait, boolean: fixed.
  case beta
  /// Trait, list of texts: fixed.
  case interests

  /// The name in the data.
  var name: Text {
    switch self {
    case .platform: "platform"
    case .country: "country"
    case .session: "session_id"
    case .page: "page"
    case .query: "query"
    case .duration: "duration_ms"
    case .items: "items"
    case .amount: "amount"
    case .success: "success"
    case .gift: "gift"
    case .tags: "tags"
    case .booking: "booking_id"
    case .rating: "rating"
    case .plan: "plan"
    case .promoterScore: "nps"
    case .revenue: "mrr"
    case .beta: "beta"
    case .interests: "interests"
    }
  }

  var isTraitOnly: Bool { rawValue >= RealisticProperty.plan.rawValue }

  /// The event types that carry the property; nil for all of them.
  var types: [Text]? {
    switch self {
    case .page:
      ["Page View", "Product Viewed", "Help Article Viewed", "Login", "Dashboard Viewed"]
    case .query: ["Search", "Search Refined"]
    case .duration:
      [
        "Page View", "Search", "Edit Photo", "Upload Photo", "Video Played", "Export Report",
        "Download", "File Uploaded",
      ]
    case .items: ["Add To Cart", "Remove From Cart", "Checkout Started", "Purchase"]
    case .success: ["Search", "Login", "Upload Photo", "Payment Added", "File Uploaded"]
    case .gift: ["Checkout Started", "Purchase"]
    case .tags: ["Product Viewed", "Edit Photo", "Upload Photo", "Share"]
    case .booking: ["Start Booking", "Complete Booking"]
    case .rating: ["Review Added", "Survey Answered"]
    case .amount: EventKind.all.filter(\.hasAmount).map(\.name)
    case .platform, .country, .session: nil
    case .plan, .promoterScore, .revenue, .beta, .interests: []
    }
  }
}
