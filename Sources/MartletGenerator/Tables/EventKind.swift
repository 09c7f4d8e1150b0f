public import MartletModel

/// One of the generator's event types.
public struct EventKind: Hashable, Sendable {
  /// The event type's name.
  public let name: Text
  /// Share of the uniform profile's events, in basis points (1/10,000).
  public let share: Int
  /// Whether its events carry `amount`, a decimal with cents.
  public let hasAmount: Bool

  init(_ name: Text, share: Int, hasAmount: Bool = false) {
    (self.name, self.share, self.hasAmount) = (name, share, hasAmount)
  }
}

extension EventKind {
  /// The 64 event types, the most frequent first. Shares follow Zipf's law: type `k` has
  /// `10,000 / (k · H(64))` basis points, rounded, and the first what is left.
  public static let all: [EventKind] = [
    EventKind("Page View", share: 2107),
    EventKind("Search", share: 1054),
    EventKind("Login", share: 703),
    EventKind("Product Viewed", share: 527),
    EventKind("Edit Photo", share: 422),
    EventKind("Add To Cart", share: 351),
    EventKind("Share", share: 301),
    EventKind("Purchase", share: 263, hasAmount: true),
    EventKind("Comment Added", share: 234),
    EventKind("Like", share: 211),
    EventKind("Notification Opened", share: 192),
    EventKind("Checkout Started", share: 176),
    EventKind("Invoice Created", share: 162, hasAmount: true),
    EventKind("Upload Photo", share: 151),
    EventKind("Video Played", share: 141),
    EventKind("Message Sent", share: 132),
    EventKind("Invite Sent", share: 124),
    EventKind("Profile Updated", share: 117),
    EventKind("Remove From Cart", share: 111),
    EventKind("Email Opened", share: 105),
    EventKind("Wishlist Added", share: 100),
    EventKind("Invoice Sent", share: 96, hasAmount: true),
    EventKind("Sign Up", share: 92),
    EventKind("Activate", share: 88),
    EventKind("Filter Applied", share: 84),
    EventKind("Coupon Applied", share: 81),
    EventKind("Payment Added", share: 78),
    EventKind("Review Added", share: 75),
    EventKind("Follow", share: 73),
    EventKind("Subscription Started", share: 70, hasAmount: true),
    EventKind("Invoice Paid", share: 68, hasAmount: true),
    EventKind("Cancel", share: 66),
    EventKind("Download", share: 64),
    EventKind("Export Report", share: 62),
    EventKind("Dashboard Viewed", share: 60),
    EventKind("Project Created", share: 59),
    EventKind("Task Completed", share: 57),
    EventKind("File Uploaded", share: 55),
    EventKind("Quote Created", share: 54, hasAmount: true),
    EventKind("Start Booking", share: 53),
    EventKind("Complete Booking", share: 51, hasAmount: true),
    EventKind("Refund Requested", share: 50, hasAmount: true),
    EventKind("Support Ticket Opened", share: 49),
    EventKind("Support Chat Started", share: 48),
    EventKind("Help Article Viewed", share: 47),
    EventKind("Feature Enabled", share: 46),
    EventKind("Upgrade", share: 45),
    EventKind("Downgrade", share: 44),
    EventKind("Trial Started", share: 43),
    EventKind("Password Reset", share: 42),
    EventKind("Logout", share: 41),
    EventKind("Settings Changed", share: 41),
    EventKind("Integration Connected", share: 40),
    EventKind("API Key Created", share: 39),
    EventKind("Report Scheduled", share: 38),
    EventKind("Team Member Added", share: 38),
    EventKind("Address Added", share: 37),
    EventKind("Order Shipped", share: 36),
    EventKind("Order Delivered", share: 36),
    EventKind("Survey Answered", share: 35),
    EventKind("Feedback Sent", share: 35),
    EventKind("Tour Completed", share: 34),
    EventKind("Search Refined", share: 33),
    EventKind("Session Expired", share: 33),
  ]

  /// The position of a type in `all`.
  /// - Precondition: there is a type of that name.
  static func index(_ name: Text) -> Int {
    guard let index = all.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no event type is called \(name)")
    }
    return index
  }
}
