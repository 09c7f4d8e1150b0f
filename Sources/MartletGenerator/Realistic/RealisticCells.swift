import MartletModel

/// Draws the properties and traits of the realistic profile's rows.
struct RealisticCells {
  let vocabulary: Vocabulary
  private let platforms: [Int64]
  private let countries: [Int64]
  private let plans: [Int64]
  private let pages: [Int64]
  private let tags: [Int64]
  private let interests: [Int64]
  private let pageChoice: WeightedChoice
  private let withLists: Bool
  private let hourCount: Int
  /// Per event type, one bit for each property that it carries.
  private let carried: [UInt32]

  init(_ options: GeneratorOptions) {
    var vocabulary = Vocabulary()
    platforms = vocabulary.add(["ios", "android", "web", "desktop"])
    countries = vocabulary.add(Country.all.map(\.code))
    plans = vocabulary.add(Plan.allCases.map(\.rawValue))
    pages = vocabulary.add(Words.pages)
    tags = vocabulary.add(Words.tags)
    interests = vocabulary.add(Words.interests)
    self.vocabulary = vocabulary
    pageChoice = WeightedChoice(Words.pages.indices.map { 1_000_000 / UInt64($0 + 1) })
    withLists = options.lists
    hourCount = options.days * 24
    carried = EventKind.all.map { kind in
      RealisticProperty.allCases.reduce(0) { mask, property in
        let isCarried = property.types?.contains(kind.name) ?? true
        return isCarried ? mask | 1 << property.rawValue : mask
      }
    }
  }

  /// Adds the properties of an event.
  func appendProperties(
    of event: SessionEvent, by user: Inhabitant, to builder: inout BatchBuilder
  ) {
    var stream = RandomStream(key: RandomStream.key(event.session, UInt64(event.index)))
    let carries = carried[Int(event.type)]
    func has(_ property: RealisticProperty) -> Bool { carries & 1 << property.rawValue != 0 }
    // One session in eight is on another device than usual.
    let away = event.session & 7 == 0
    let platform = away ? Int(event.session >> 8 & 3) : user.platform
    builder.addText(RealisticProperty.platform.rawValue, platforms[platform])
    builder.addText(RealisticProperty.country.rawValue, countries[user.country])
    builder.addIdentifier(RealisticProperty.session.rawValue, "s", event.session)
    let bits = stream.next()
    if has(.page) { builder.addText(RealisticProperty.page.rawValue, pages[pageChoice.pick(bits)]) }
    if has(.query) { appendQuery(bits, to: &builder) }
    if has(.duration) {
      let duration = QuantileTable.durationMilliseconds.pick(stream.next())
      builder.addInteger(RealisticProperty.duration.rawValue, duration)
    }
    if has(.items) {
      let items = 1 + (bits & bits >> 8 & 7)
      builder.addInteger(RealisticProperty.items.rawValue, items)
    }
    if has(.amount) {
      let cents = QuantileTable.amountCents.pick(stream.next())
      builder.addCents(RealisticProperty.amount.rawValue, cents)
    }
    if has(.success) { builder.addBoolean(RealisticProperty.success.rawValue, bits % 100 < 97) }
    if has(.gift) { builder.addBoolean(RealisticProperty.gift.rawValue, bits >> 4 & 7 == 0) }
    if has(.tags), withLists { appendTags(stream.next(), to: &builder) }
    if has(.booking) {
      let booking = RandomStream.mix(event.session)
      builder.addIdentifier(RealisticProperty.booking.rawValue, "b", booking)
    }
    if has(.rating) { builder.addInteger(RealisticProperty.rating.rawValue, 1 + bits % 5) }
  }

  /// Adds all traits that a user has in an hour of the range.
  func appendTraits(of user: Inhabitant, hour: Int, to builder: inout BatchBuilder) {
    let plan = user.plan(inHour: hour, of: hourCount)
    builder.addText(RealisticProperty.country.rawValue, countries[user.country])
    builder.addText(RealisticProperty.plan.rawValue, plans[plan])
    if let score = user.promoterScore(inHour: hour) {
      builder.addInteger(RealisticProperty.promoterScore.rawValue, score)
    } else {
      builder.addNull(RealisticProperty.promoterScore.rawValue)
    }
    let cents = Plan.allCases[plan].centsPerSeat * user.seats(inHour: hour)
    builder.addCents(RealisticProperty.revenue.rawValue, cents)
    builder.addBoolean(RealisticProperty.beta.rawValue, user.bits(8) & 15 == 0)
    if withLists {
      let first = Int(user.bits(9) % UInt64(interests.count))
      let second = (first + 1 + Int(user.bits(9) >> 32 & 1)) % interests.count
      builder.addList(
        RealisticProperty.interests.rawValue, [interests[first], interests[second]])
    }
  }

  /// Two words, or three in one of four cases.
  private func appendQuery(_ bits: UInt64, to builder: inout BatchBuilder) {
    let quality = Words.qualities[Int(bits & 31)]
    // The lower of two draws: some things are asked for more than others.
    let thing = Words.things[Int(min(bits >> 8 & 63, bits >> 16 & 63))]
    var words = [quality, thing]
    if bits >> 24 & 3 == 0 { words.append(Words.things[Int(bits >> 32 & 63)]) }
    builder.addWords(RealisticProperty.query.rawValue, words)
  }

  private func appendTags(_ bits: UInt64, to builder: inout BatchBuilder) {
    let count = [1, 1, 2, 3][Int(bits & 3)]
    let first = Int((bits >> 8) % UInt64(tags.count))
    // Each 7 further, so that no label stands twice.
    let chosen = (0..<count).map { tags[(first + 7 * $0) % tags.count] }
    builder.addList(RealisticProperty.tags.rawValue, chosen)
  }
}
