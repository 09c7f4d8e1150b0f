import MartletModel

/// What a session is for: a script of event types, taken step by step between other events.
struct Mission {
  let weight: UInt64
  /// Indices into `EventKind.all`.
  let steps: [UInt8]
  /// Chance, of 256, that an event is the script's next step.
  let pace: UInt64

  init(weight: UInt64, pace: UInt64, _ steps: [Text]) {
    (self.weight, self.pace) = (weight, pace)
    self.steps = steps.map { UInt8(EventKind.index($0)) }
  }

  /// The first session of a user.
  static let signUp = Mission(
    weight: 0, pace: 170,
    [
      "Sign Up", "Page View", "Activate", "Tour Completed", "Profile Updated", "Trial Started",
      "Invite Sent", "Add To Cart", "Checkout Started", "Purchase",
    ])

  static let all = [
    Mission(
      weight: 300, pace: 110,
      ["Login", "Page View", "Search", "Filter Applied", "Product Viewed", "Wishlist Added"]),
    Mission(
      weight: 180, pace: 180,
      [
        "Search", "Product Viewed", "Add To Cart", "Checkout Started", "Coupon Applied",
        "Purchase", "Order Shipped", "Order Delivered", "Review Added",
      ]),
    Mission(
      weight: 170, pace: 150,
      ["Login", "Upload Photo", "Edit Photo", "Edit Photo", "Share", "Comment Added"]),
    Mission(
      weight: 130, pace: 130,
      ["Notification Opened", "Like", "Comment Added", "Follow", "Message Sent"]),
    Mission(
      weight: 80, pace: 150,
      [
        "Login", "Dashboard Viewed", "Task Completed", "Project Created", "Export Report",
        "Team Member Added",
      ]),
    Mission(
      weight: 60, pace: 170,
      ["Login", "Invoice Created", "Invoice Sent", "Quote Created", "Invoice Paid"]),
    Mission(weight: 40, pace: 180, ["Search", "Start Booking", "Complete Booking"]),
    Mission(
      weight: 25, pace: 140,
      [
        "Help Article Viewed", "Support Ticket Opened", "Support Chat Started",
        "Refund Requested", "Cancel",
      ]),
    Mission(
      weight: 15, pace: 160,
      ["Settings Changed", "Payment Added", "Upgrade", "Subscription Started"]),
    Mission(weight: 8, pace: 160, ["Settings Changed", "Downgrade", "Feedback Sent", "Cancel"]),
  ]

  /// Types that only a script leads to.
  private static let scripted: Set<Text> = [
    "Sign Up", "Activate", "Trial Started", "Purchase", "Cancel", "Upgrade", "Downgrade",
    "Subscription Started", "Invoice Created", "Invoice Sent", "Invoice Paid", "Quote Created",
    "Start Booking", "Complete Booking", "Refund Requested", "Order Shipped", "Order Delivered",
    "Checkout Started",
  ]

  /// Weights of the types of unscripted events, by index into `EventKind.all`.
  static let background = EventKind.all.map { scripted.contains($0.name) ? 0 : UInt64($0.share) }
}
