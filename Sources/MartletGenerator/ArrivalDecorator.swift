import MartletModel

/// What happens to events on their way: insert ids, lateness, replays.
struct ArrivalDecorator {
  let key: UInt64
  let insertIDs: Bool
  let lateThreshold: UInt64
  let duplicateThreshold: UInt64
  let earliest: Int64

  init(_ options: GeneratorOptions) {
    key = RandomStream.key(options.seed, 0x4172_7269_7661_6C73)
    insertIDs = options.insertIDs
    lateThreshold = RandomStream.threshold(ofShare: options.lateShare)
    duplicateThreshold = RandomStream.threshold(ofShare: options.duplicateShare)
    earliest = options.start.milliseconds
  }

  func arrivals(ofSlice slice: Int) -> Arrivals { Arrivals(self, slice: slice) }
}

/// The arrival of one slice's events.
struct Arrivals {
  private let decorator: ArrivalDecorator
  private var stream: RandomStream
  private var nextID: UInt64

  init(_ decorator: ArrivalDecorator, slice: Int) {
    self.decorator = decorator
    stream = RandomStream(key: RandomStream.key(decorator.key, UInt64(slice)))
    // Ids are images of distinct numbers under a bijection, so they are distinct.
    nextID = UInt64(slice) << 32
  }

  /// The timestamp of an event that arrives at an instant: that instant, or earlier for a late one.
  mutating func timestamp(of arrival: Int64) -> Int64 {
    guard decorator.lateThreshold > 0, stream.chance(decorator.lateThreshold) else {
      return arrival
    }
    let delay = QuantileTable.lateMilliseconds.pick(stream.next())
    return max(decorator.earliest, arrival - Int64(delay))
  }

  mutating func nextInsertID() -> UInt64? {
    guard decorator.insertIDs else { return nil }
    nextID += 1
    return RandomStream.mix(decorator.key ^ nextID)
  }

  /// Once in a while after an event, appends an earlier event of the slice again.
  mutating func replay(in builder: inout BatchBuilder) {
    guard decorator.duplicateThreshold > 0, stream.chance(decorator.duplicateThreshold) else {
      return
    }
    let row = Int(stream.next(below: UInt64(builder.batch.count)))
    // A trait update has no insert id that would tell its replay.
    let isEvent = builder.batch.types[row] != EventBatch.traitUpdate
    builder.repeatRow(isEvent ? row : builder.batch.count - 1)
  }
}
