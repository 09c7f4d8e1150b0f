public import MartletModel

/// All of the conditions hold.
public struct And: SegmentConvertible {
  public let segment: Segment

  public init(@SegmentBuilder _ conditions: () -> [Segment]) {
    segment = Segment.combined(conditions()) { .conjunction(of: $0) }
  }
}

/// Some of the conditions holds.
public struct Or: SegmentConvertible {
  public let segment: Segment

  public init(@SegmentBuilder _ conditions: () -> [Segment]) {
    segment = Segment.combined(conditions()) { .disjunction(of: $0) }
  }
}

/// The condition does not hold: the complement within the universe.
public struct Not: SegmentConvertible {
  public let segment: Segment

  public init(_ condition: some SegmentConvertible) { segment = !condition }

  /// Not all of the conditions hold.
  public init(@SegmentBuilder _ conditions: () -> [Segment]) { self.init(And(conditions)) }
}

/// The universe.
public struct Everyone: SegmentConvertible {
  public init() {}

  public var segment: Segment { Segment(.everyone) }
}

/// The members of a saved segment.
public struct In: SegmentConvertible {
  public let segment: Segment

  public init(_ name: Text) { segment = Segment(.saved(name)) }
}
