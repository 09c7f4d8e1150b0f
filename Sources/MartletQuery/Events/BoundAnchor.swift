import MartletLanguage
import MartletSegmentFile

/// Where a sequence or an absence starts, as a property of an event stream.
enum AnchorPosition: Sendable {
  /// Any event that matches the anchor's selection.
  case any
  /// Only the first, or the last, of them.
  case only(Occurrence.Position)

  init(_ anchor: Anchor) {
    switch anchor {
    case .any: self = .any
    case .occurrence(let occurrence): self = .only(occurrence.position)
    }
  }

  /// The first, or last, event is what it is whether or not it has the `same` property: then its
  /// selection's events are wanted without a value too.
  func keptWithoutValue(_ steps: StepSelections) -> UInt64 {
    if case .only = self { steps.bits[0] } else { 0 }
  }

  /// The entries of a user that stand for an anchor event; nil for every entry that matches.
  ///
  /// That one event has several entries where its `same` property is a list.
  func onlyEntries(
    of stream: EventStream, _ entries: Range<Int>, selection bit: UInt64
  ) -> Range<Int>? {
    guard case .only(let position) = self else { return nil }
    let found =
      position == .first
      ? entries.first { stream.matches[$0] & bit != 0 }
      : entries.last { stream.matches[$0] & bit != 0 }
    guard let found else { return entries.lowerBound..<entries.lowerBound }
    guard !stream.serials.isEmpty else { return found..<found + 1 }
    var (low, high) = (found, found + 1)
    while low > entries.lowerBound, stream.serials[low - 1] == stream.serials[found] { low -= 1 }
    while high < entries.upperBound, stream.serials[high] == stream.serials[found] { high += 1 }
    return low..<high
  }
}

/// The distinct selections of a question about order, and which each step uses.
struct StepSelections: Sendable {
  private(set) var selections: [BoundSelection] = []
  /// For each step, the bit of its selection.
  private(set) var bits: [UInt64] = []

  /// nil where there are more different selections than an event stream can tell apart.
  init?(_ steps: [(Selection, BoundSelection)]) {
    var index: [Selection: Int] = [:]
    for (selection, bound) in steps {
      let number = index[selection] ?? selections.count
      if number == selections.count {
        guard number < EventStream.selectionCountMax else { return nil }
        selections.append(bound)
        index[selection] = number
      }
      bits.append(1 << UInt64(number))
    }
  }

  var rowCount: Int {
    EventSource.sources(of: selections).reduce(0) { $0 + $1.part.run.entry.rowCount }
  }
}
