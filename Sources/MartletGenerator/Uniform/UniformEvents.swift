import MartletModel

/// The uniform profile: each event draws a user, a type and a time on its own.
///
/// Eight columns: user, event, time; `platform` (4 values, at random per event), `country` (40,
/// Zipf) and `plan` (4), both fixed per user; `duration_ms` (integer, log-normal); `amount`
/// (decimal with cents, log-normal) on the types that have one.
struct UniformEvents {
  static let propertyNames: [Text] = ["platform", "country", "plan", "duration_ms", "amount"]
  private static let eventsPerSlice = 16_384

  private let options: GeneratorOptions
  private let population: Population
  private let decorator: ArrivalDecorator
  private let types = WeightedChoice(EventKind.all.map { UInt64($0.share) })
  private let hasAmount = EventKind.all.map(\.hasAmount)
  private let countryChoice = WeightedChoice(Country.all.map(\.share))
  private let planChoice = WeightedChoice(Plan.allCases.map(\.share))
  private let vocabulary: Vocabulary
  private let platforms: [Int64]
  private let countries: [Int64]
  private let plans: [Int64]

  init(_ options: GeneratorOptions) {
    self.options = options
    population = Population(userCount: options.users, seed: options.seed)
    decorator = ArrivalDecorator(options)
    var vocabulary = Vocabulary()
    platforms = vocabulary.add(["ios", "android", "web", "desktop"])
    countries = vocabulary.add(Country.all.map(\.code))
    plans = vocabulary.add(Plan.allCases.map(\.rawValue))
    self.vocabulary = vocabulary
  }

  var sliceCount: Int {
    (options.events + UniformEvents.eventsPerSlice - 1) / UniformEvents.eventsPerSlice
  }

  /// The events of one slice in time order. A pure function: slices can be made in any order.
  func batch(ofSlice slice: Int) -> EventBatch {
    let first = slice * UniformEvents.eventsPerSlice
    let count = min(UniformEvents.eventsPerSlice, options.events - first)
    var stream = RandomStream(key: RandomStream.key(options.seed, UInt64(slice)))
    let times = sortedTimes(first..<first + count, &stream)
    var builder = BatchBuilder(
      vocabulary: vocabulary, propertyNames: UniformEvents.propertyNames, rows: count)
    var arrivals = decorator.arrivals(ofSlice: slice)
    for position in 0..<count {
      append(to: &builder, at: arrivals.timestamp(of: times[position]), &arrivals, &stream)
    }
    return builder.batch
  }

  /// Uniform times within the slice's part of the range.
  private func sortedTimes(_ events: Range<Int>, _ stream: inout RandomStream) -> [Int64] {
    let begin = startOfEvent(events.lowerBound)
    let span = UInt64(max(1, startOfEvent(events.upperBound) - begin))
    var offsets = events.map { _ in stream.next(below: span) }
    var sorter = RadixSort()
    sorter.sort(&offsets, bits: 0..<UInt64.bitWidth - span.leadingZeroBitCount)
    return offsets.map { begin + Int64($0) }
  }

  /// Where the range's `event`-th equal part begins.
  private func startOfEvent(_ event: Int) -> Int64 {
    let length = UInt64(options.end.milliseconds - options.start.milliseconds)
    let product = UInt64(event).multipliedFullWidth(by: length)
    let offset = UInt64(options.events).dividingFullWidth(product).quotient
    return options.start.milliseconds + Int64(offset)
  }

  private func append(
    to builder: inout BatchBuilder, at milliseconds: Int64, _ arrivals: inout Arrivals,
    _ stream: inout RandomStream
  ) {
    let user = population.pick(&stream)
    let nature = population.nature(ofUser: user)
    let type = types.pick(stream.next())
    let bits = stream.next()
    builder.beginRow(user: user + 1, type: UInt32(type), milliseconds: milliseconds)
    builder.addText(0, platforms[Int(bits & 3)])
    builder.addText(1, countries[countryChoice.pick(nature)])
    builder.addText(2, plans[planChoice.pick(RandomStream.mix(nature))])
    builder.addInteger(3, QuantileTable.durationMilliseconds.pick(bits))
    if hasAmount[type] { builder.addCents(4, QuantileTable.amountCents.pick(stream.next())) }
    builder.endRow(insertID: arrivals.nextInsertID())
    arrivals.replay(in: &builder)
  }
}
