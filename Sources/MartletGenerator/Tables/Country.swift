/// One of the 40 countries that users live in.
struct Country {
  let code: String
  /// Share of users in basis points: Zipf's law with exponent 1.1.
  let share: UInt64
  /// Where the country's clocks stand, in whole hours; moves the daily rhythm of its users.
  let hoursFromUTC: Int

  static let all: [Country] = [
    Country(code: "US", share: 2721, hoursFromUTC: -6),
    Country(code: "GB", share: 1268, hoursFromUTC: 0),
    Country(code: "DE", share: 812, hoursFromUTC: 1),
    Country(code: "FR", share: 592, hoursFromUTC: 1),
    Country(code: "CA", share: 463, hoursFromUTC: -5),
    Country(code: "AU", share: 379, hoursFromUTC: 10),
    Country(code: "JP", share: 320, hoursFromUTC: 9),
    Country(code: "BR", share: 276, hoursFromUTC: -3),
    Country(code: "IN", share: 243, hoursFromUTC: 5),
    Country(code: "NL", share: 216, hoursFromUTC: 1),
    Country(code: "ES", share: 194, hoursFromUTC: 1),
    Country(code: "IT", share: 177, hoursFromUTC: 1),
    Country(code: "SE", share: 162, hoursFromUTC: 1),
    Country(code: "MX", share: 149, hoursFromUTC: -6),
    Country(code: "CH", share: 138, hoursFromUTC: 1),
    Country(code: "NO", share: 129, hoursFromUTC: 1),
    Country(code: "DK", share: 120, hoursFromUTC: 1),
    Country(code: "NZ", share: 113, hoursFromUTC: 12),
    Country(code: "PL", share: 107, hoursFromUTC: 1),
    Country(code: "BE", share: 101, hoursFromUTC: 1),
    Country(code: "AT", share: 95, hoursFromUTC: 1),
    Country(code: "IE", share: 91, hoursFromUTC: 0),
    Country(code: "FI", share: 86, hoursFromUTC: 2),
    Country(code: "SG", share: 82, hoursFromUTC: 8),
    Country(code: "KR", share: 79, hoursFromUTC: 9),
    Country(code: "ZA", share: 75, hoursFromUTC: 2),
    Country(code: "AR", share: 72, hoursFromUTC: -3),
    Country(code: "CL", share: 70, hoursFromUTC: -4),
    Country(code: "PT", share: 67, hoursFromUTC: 0),
    Country(code: "CZ", share: 64, hoursFromUTC: 1),
    Country(code: "GR", share: 62, hoursFromUTC: 2),
    Country(code: "HU", share: 60, hoursFromUTC: 1),
    Country(code: "RO", share: 58, hoursFromUTC: 2),
    Country(code: "IL", share: 56, hoursFromUTC: 2),
    Country(code: "AE", share: 54, hoursFromUTC: 4),
    Country(code: "TH", share: 53, hoursFromUTC: 7),
    Country(code: "MY", share: 51, hoursFromUTC: 8),
    Country(code: "ID", share: 50, hoursFromUTC: 7),
    Country(code: "PH", share: 48, hoursFromUTC: 8),
    Country(code: "VN", share: 47, hoursFromUTC: 7),
  ]
}
