import MartletModel

/// The realistic profile: sessions of users who sign up, form habits and leave.
///
/// Sessions begin in an hour and last less than an hour; so the rows of a stretch of hours are
/// those of its sessions and of the sessions of the one hour before it.
struct RealisticEvents {
  static let propertyNames = RealisticProperty.allCases.map(\.name)
  /// Rows that a slice should have, where an hour does not have more.
  private static let rowsPerSlice = 65_536
  /// Keeps a slice's milliseconds within 30 bits.
  private static let maximumHoursPerSlice = 256

  private let options: GeneratorOptions
  private let sessions: SessionMaker
  private let cells: RealisticCells
  private let decorator: ArrivalDecorator
  private let hoursPerSlice: Int

  init(_ options: GeneratorOptions) {
    self.options = options
    sessions = SessionMaker(options)
    cells = RealisticCells(options)
    decorator = ArrivalDecorator(options)
    let hours = RealisticEvents.rowsPerSlice * options.days * 24 / max(1, options.events)
    hoursPerSlice = min(max(1, hours), RealisticEvents.maximumHoursPerSlice)
  }

  var sliceCount: Int { (options.days * 24 + hoursPerSlice - 1) / hoursPerSlice }

  /// The rows of one slice in time order. A pure function: slices can be made in any order.
  func batch(ofSlice slice: Int) -> EventBatch {
    let first = slice * hoursPerSlice
    let end = min(first + hoursPerSlice, options.days * 24)
    let start = options.start.milliseconds
    let range =
      start + Int64(first) * SessionMaker.hourMilliseconds..<start + Int64(end)
      * SessionMaker.hourMilliseconds
    var rows: [SessionEvent] = []
    for hour in max(0, first - 1)..<end {
      sessions.append(hour: hour, within: range, to: &rows)
    }
    var builder = BatchBuilder(
      vocabulary: cells.vocabulary, propertyNames: RealisticEvents.propertyNames,
      rows: rows.count)
    var arrivals = decorator.arrivals(ofSlice: slice)
    for key in sortedKeys(rows, from: range.lowerBound) {
      append(rows[Int(key & 0xFFFF_FFFF)], to: &builder, &arrivals)
    }
    return builder.batch
  }

  /// `milliseconds << 32 | position` per row, in order of time; rows of one time keep their order.
  private func sortedKeys(_ rows: [SessionEvent], from start: Int64) -> [UInt64] {
    var keys = rows.indices.map { UInt64(rows[$0].milliseconds - start) << 32 | UInt64($0) }
    var sorter = RadixSort()
    sorter.sort(&keys, bits: 32..<62)
    return keys
  }

  private func append(
    _ row: SessionEvent, to builder: inout BatchBuilder, _ arrivals: inout Arrivals
  ) {
    let number = UInt64(row.user)
    let user = Inhabitant(
      number: number, nature: sessions.population.nature(ofUser: number))
    let isTraits = row.type == SessionEvent.traitUpdate
    builder.beginRow(
      user: number + 1, type: isTraits ? EventBatch.traitUpdate : UInt32(row.type),
      milliseconds: arrivals.timestamp(of: row.milliseconds))
    if isTraits {
      let elapsed = row.milliseconds - options.start.milliseconds
      cells.appendTraits(
        of: user, hour: Int(elapsed / SessionMaker.hourMilliseconds), to: &builder)
      builder.endRow(insertID: nil)
    } else {
      cells.appendProperties(of: row, by: user, to: &builder)
      builder.endRow(insertID: arrivals.nextInsertID())
      arrivals.replay(in: &builder)
    }
  }
}
