/// Events and trait updates in arrival order, laid out for bulk work: flat arrays, one byte arena,
/// no object an event.
///
/// Shapes: `users`, `types`, `timestamps`, `insertIDs` and `cellEnds` have one entry a row; row
/// `r` owns `cells[cellEnds[r - 1] ..< cellEnds[r]]`. Text lies in `bytes` and is valid UTF-8.
public struct EventBatch: Sendable {
  /// A range of `bytes`.
  public struct Slice: Hashable, Sendable {
    public var offset: UInt32
    public var count: UInt32

    @inlinable
    public init(offset: UInt32, count: UInt32) {
      (self.offset, self.count) = (offset, count)
    }

    /// Stands for "no insert id".
    public static let none = Slice(offset: 0, count: .max)
    @inlinable public var isNone: Bool { count == .max }
    @inlinable public var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
  }

  /// What a cell's payload holds.
  public enum CellKind: UInt8, Sendable {
    /// payload is a significand, `scale` the count of decimal places (value = payload / 10^scale);
    /// normalised like `Number`, so integers have scale 0.
    case number = 0
    /// payload is an index into `wideNumbers`: no Int64 significand with 0...18 places holds it.
    case wideNumber = 1
    /// payload is `offset << 32 | count` of `bytes`.
    case text = 2
    /// payload is 0 or 1.
    case boolean = 3
    /// payload is `start << 32 | count` of `items`; items are scalars and never null.
    case list = 4
    /// Only in trait updates (unsets the trait); a null event property has no cell.
    case null = 5
  }

  /// One property of one row (or, in `items`, one item of a list; its name is unused).
  public struct Cell: Sendable {
    /// Index into `propertyNames`. A row has at most one cell a name.
    public var name: UInt32
    public var kind: CellKind
    public var scale: UInt8
    public var payload: Int64

    @inlinable
    public init(name: UInt32, kind: CellKind, scale: UInt8 = 0, payload: Int64) {
      (self.name, self.kind, self.scale, self.payload) = (name, kind, scale, payload)
    }
  }

  /// Stands in `types` for a trait update.
  public static let traitUpdate = UInt32.max

  public var bytes: [UInt8] = []
  public var eventTypes: [Text] = []
  public var propertyNames: [Text] = []
  public var users: [Slice] = []
  /// Index into `eventTypes`, or `traitUpdate`.
  public var types: [UInt32] = []
  /// Milliseconds since the epoch, UTC.
  public var timestamps: [Int64] = []
  public var insertIDs: [Slice] = []
  public var cellEnds: [UInt32] = []
  public var cells: [Cell] = []
  public var items: [Cell] = []
  public var wideNumbers: [Number] = []
  /// Ids that are one user's, in arrival order; no rows of their own.
  public var links: [IdentityLink] = []

  public init() {}

  public var count: Int { users.count }

  @inlinable
  public func cellRange(ofRow row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(cellEnds[row - 1]))..<Int(cellEnds[row])
  }
}
