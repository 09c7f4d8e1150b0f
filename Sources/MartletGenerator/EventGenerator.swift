public import MartletModel

/// Makes synthetic events: deterministic, in time order, in memory that does not grow with their
/// number.
///
/// The time range is cut into slices, and a slice is a pure function of the options and its
/// number; so any number of threads may make slices in any order.
public struct EventGenerator: Sendable {
  /// What to generate.
  public let options: GeneratorOptions
  private let events: Events

  private enum Events {
    case uniform(UniformEvents)
    case realistic(RealisticEvents)
  }

  /// - Throws: `usage` where an option is out of its range.
  public init(_ options: GeneratorOptions) throws(MartletError) {
    try options.validate()
    self.options = options
    switch options.profile {
    case .uniform: events = .uniform(UniformEvents(options))
    case .realistic: events = .realistic(RealisticEvents(options))
    }
  }

  /// Names of the properties that events may have; traits have others besides.
  public var propertyNames: [Text] {
    switch events {
    case .uniform: UniformEvents.propertyNames
    case .realistic:
      RealisticProperty.allCases.filter { !$0.isTraitOnly && (options.lists || $0 != .tags) }
        .map(\.name)
    }
  }

  /// How many slices there are.
  public var sliceCount: Int {
    switch events {
    case .uniform(let events): events.sliceCount
    case .realistic(let events): events.sliceCount
    }
  }

  /// The events of one slice, in the order in which they arrive.
  public func batch(ofSlice slice: Int) -> EventBatch {
    switch events {
    case .uniform(let events): events.batch(ofSlice: slice)
    case .realistic(let events): events.batch(ofSlice: slice)
    }
  }

  /// Hands all batches to `consumer` in the order of arrival.
  /// - Throws: what `consumer` throws.
  public func generate<Failure: Error>(
    into consumer: (EventBatch) throws(Failure) -> Void
  ) throws(Failure) {
    for slice in 0..<sliceCount { try consumer(batch(ofSlice: slice)) }
  }
}
