import MartletModel

/// Reads lines of JSON into rows of a batch.
///
/// One pass over the bytes: keys become nodes of `paths`, strings are copied into `arena` while
/// they are scanned, values become cells. Functions take the offset where something starts and
/// return the offset after it, or `failed` once `failure` says why.
struct JSONParser: ~Copyable {
  static let failed = -1

  /// Why a line is refused.
  struct Failure {
    var reason: String
    /// The path at fault, where one is.
    var field: String?
  }

  let fields: FieldMapping
  let lineByteCountLimit: Int
  var input: ByteWindow
  /// Becomes the batch's `bytes`.
  var arena: ByteBuffer
  var paths: PathTable
  var names: NameTable
  var types: NameTable
  /// Anonymous ids that this batch has linked to a user.
  var linkedIDs: NameTable
  var timestamps: TimestampParser
  var rows = RowBuffer()
  var result = DecodedChunk()

  // The line being read.
  var line = LineState()
  var failure: Failure?
  /// `name` holds the path's node until the row is committed.
  var cells = PlainArray<EventBatch.Cell>()
  var items = PlainArray<EventBatch.Cell>()
  /// What the outermost array being read has given so far; kind `null` marks an empty list.
  var entries = PlainArray<EventBatch.Cell>()
  /// How many arrays are open, and whether one of them has an object.
  var arrayNesting = 0
  var arrayHasObject = false
  /// Counts objects and arrays, so that marks in `paths` need not be cleared.
  var stamp: UInt64 = 0
  /// Counts rows, for the marks in `rowMarks`.
  var rowStamp: UInt64 = 0
  /// By name: the row that used it last, and where.
  var rowMarks = PlainArray<RowMark>()

  init(options: DecodingOptions) {
    let seed = UInt64.random(in: .min ... .max)
    fields = options.fields
    lineByteCountLimit = options.lineByteCountLimit
    arena = ByteBuffer()
    input = arena.window
    paths = PathTable(fields: options.fields, seed: seed)
    names = NameTable(seed: seed)
    types = NameTable(seed: seed)
    linkedIDs = NameTable(seed: seed)
    timestamps = TimestampParser(zone: options.timeZone)
  }

  @inline(never)
  mutating func fail(_ reason: String, node: UInt32 = PathTable.none) -> Int {
    let path = node == PathTable.none ? [] : paths.dottedPath(of: node, asTrait: false)
    let field =
      path.isEmpty ? nil : String(decoding: path.prefix(Limits.nameByteCount), as: UTF8.self)
    failure = Failure(reason: reason, field: field)
    return JSONParser.failed
  }

  /// Fails because the text at `offset` is not JSON.
  @inline(never)
  mutating func failSyntax(_ expected: StaticString, at offset: Int) -> Int {
    let found =
      switch input[offset] {
      case 0x0A where offset <= input.count: "the line ends"
      case let byte where byte < 0x20 || byte >= 0x7F: "byte 0x" + String(byte, radix: 16)
      case let byte: "'\(Character(UnicodeScalar(byte)))'"
      }
    return fail(
      "invalid JSON at byte \(offset - lineStart + 1): expected \(expected), found \(found)")
  }

  /// Where the line being read starts.
  var lineStart = 0
}
