import MartletLanguage
import MartletModel
import MartletSegmentFile

/// Events of the users of a span that match some of a few selections, in the order that questions
/// about order use: by user, time, arrival.
struct EventStream {
  /// Entry `i`: time, which selections it matches (bit `s` for selection `s`), and the property
  /// value of the `same` clause (`.missing` where there is none).
  private(set) var times: [Int64] = []
  private(set) var matches: [UInt64] = []
  private(set) var keys: [ValueKey] = []
  /// Which event an entry belongs to; only with a `same` clause, where lists repeat events.
  private(set) var serials: [UInt32] = []
  /// Users with entries, as distances, ascending; user `i` owns entries `ends[i - 1] ..< ends[i]`.
  private(set) var users: [UInt32] = []
  private(set) var ends: [Int] = []

  /// At most as many selections as a word has bits.
  static let selectionCountMax = 64

  fileprivate struct Entries {
    var users: [UInt32] = []
    var times: [Int64] = []
    var orders: [UInt64] = []
    var matches: [UInt64] = []
    var keys: [ValueKey] = []
    var serials: [UInt32] = []
    var eventCount: UInt32 = 0
  }

  func entries(ofUser index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Gathers the events of a span.
  /// - Parameters:
  ///   - same: the property that must be equal; an event with a list stands once for each item.
  ///   - keptWithoutValue: selections whose events are wanted even without that property.
  ///   - candidates: whose events are wanted; nil for everyone.
  /// - Complexity: O(rows), and O(n log n) for the entries of users whose rows come from several
  ///   runs.
  init(
    _ selections: [BoundSelection], span: UserSpan, same: SameProperty?,
    keptWithoutValue: UInt64, candidates: SpanBits?, _ context: QueryContext
  ) throws(MartletError) {
    precondition(selections.count <= EventStream.selectionCountMax)
    var entries = Entries()
    let sources = EventSource.sources(of: selections)
    for source in sources {
      let rows = try RunRows(source.part, span: span)
      guard rows.count > 0 else { continue }
      let times = try rows.times()
      var matches = [UInt64](repeating: 0, count: rows.count)
      for selection in source.selections {
        let mask = try selections[selection].mask(
          of: rows, times: times, matches: context.dictionaryMatches)
        let bit: UInt64 = 1 << UInt64(selection)
        (mask ?? RowMask(all: rows.count)).forEachRow { matches[$0] |= bit }
      }
      if let candidates {
        for row in matches.indices where !candidates[rows.users[row]] { matches[row] = 0 }
      }
      let orders = try rows.run.orders(
        of: rows.rows, fileNumber: rows.fileNumber, hasTies: sources.count > 1)
      try entries.append(rows, times, matches, orders, same, keptWithoutValue)
    }
    arrange(entries, span, isSorted: sources.count <= 1)
  }

  private mutating func arrange(_ entries: Entries, _ span: UserSpan, isSorted: Bool) {
    var starts = [Int](repeating: 0, count: span.width + 1)
    for user in entries.users { starts[Int(user) + 1] += 1 }
    for user in 0..<span.width {
      let count = starts[user + 1]
      starts[user + 1] += starts[user]
      if count > 0 {
        users.append(UInt32(user))
        ends.append(starts[user + 1])
      }
    }
    guard !isSorted else {
      (times, matches) = (entries.times, entries.matches)
      (keys, serials) = (entries.keys, entries.serials)
      return
    }
    var order = [Int](repeating: 0, count: entries.users.count)
    for (index, user) in entries.users.enumerated() {
      order[starts[Int(user)]] = index
      starts[Int(user)] += 1
    }
    for index in users.indices {
      EventStream.sort(&order, self.entries(ofUser: index), entries)
    }
    times = order.map { entries.times[$0] }
    matches = order.map { entries.matches[$0] }
    guard !entries.keys.isEmpty else { return }
    keys = order.map { entries.keys[$0] }
    serials = order.map { entries.serials[$0] }
  }

  /// Insertion sort for the usual few entries of a user, which often are in order already.
  private static func sort(_ order: inout [Int], _ range: Range<Int>, _ entries: Entries) {
    func precedes(_ a: Int, _ b: Int) -> Bool {
      if entries.times[a] != entries.times[b] { return entries.times[a] < entries.times[b] }
      if entries.orders[a] != entries.orders[b] { return entries.orders[a] < entries.orders[b] }
      return a < b
    }
    if range.count > 64 {
      order[range].sort(by: precedes)
      return
    }
    for index in range.dropFirst() {
      let entry = order[index]
      var hole = index
      while hole > range.lowerBound, precedes(entry, order[hole - 1]) {
        order[hole] = order[hole - 1]
        hole -= 1
      }
      order[hole] = entry
    }
  }
}

extension EventStream.Entries {
  fileprivate mutating func append(
    _ rows: RunRows, _ rowTimes: [Int64], _ rowMatches: [UInt64], _ rowOrders: [UInt64],
    _ same: SameProperty?, _ keptWithoutValue: UInt64
  ) throws(MartletError) {
    guard let same else {
      for row in rowMatches.indices where rowMatches[row] != 0 {
        users.append(rows.users[row])
        times.append(rowTimes[row])
        orders.append(rowOrders[row])
        matches.append(rowMatches[row])
      }
      return
    }
    let values = try PropertyKeys(of: same.name, on: rows, numbering: same.numbering)
    var next = 0
    for row in rowMatches.indices {
      let isWanted = rowMatches[row] != 0
      var hasValue = false
      while next < values.rows.count, values.rows[next] == row {
        if isWanted { append(row, rows, rowTimes, rowMatches[row], rowOrders, values.keys[next]) }
        hasValue = true
        next += 1
      }
      if isWanted, !hasValue, rowMatches[row] & keptWithoutValue != 0 {
        append(row, rows, rowTimes, rowMatches[row] & keptWithoutValue, rowOrders, .missing)
      }
      eventCount += 1
    }
  }

  private mutating func append(
    _ row: Int, _ rows: RunRows, _ rowTimes: [Int64], _ match: UInt64, _ rowOrders: [UInt64],
    _ key: ValueKey
  ) {
    users.append(rows.users[row])
    times.append(rowTimes[row])
    orders.append(rowOrders[row])
    matches.append(match)
    keys.append(key)
    serials.append(eventCount)
  }
}

/// The property of a `same` clause.
struct SameProperty: Sendable {
  let name: Text
  let numbering: TextNumbering
}

/// A run, and which selections read it.
struct EventSource: Sendable {
  let part: RunPart
  var selections: [Int]

  /// Each run that some selection reads, once, in arrival order of the files.
  static func sources(of selections: [BoundSelection]) -> [EventSource] {
    var sources: [EventSource] = []
    var index: [ObjectIdentifier: Int] = [:]
    for (number, selection) in selections.enumerated() {
      for part in selection.parts {
        if let source = index[ObjectIdentifier(part.run)] {
          sources[source].selections.append(number)
        } else {
          index[ObjectIdentifier(part.run)] = sources.count
          sources.append(EventSource(part: part, selections: [number]))
        }
      }
    }
    return sources
  }
}
