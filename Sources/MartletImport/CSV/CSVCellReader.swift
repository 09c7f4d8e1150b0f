import MartletModel

/// Reads single cells of a CSV record.
struct CSVCellReader: ~Copyable {
  /// Where a cell's characters lie and where it ends.
  struct Cell {
    /// In the window, or in the arena where it had doubled quotes.
    var range: Range<Int>
    var isInArena: Bool
    /// The offset of the delimiter or line end after it.
    var end: Int
    /// Line ends within it.
    var lineEndCount = 0
  }

  var window: ByteWindow
  let delimiter: UInt8
  /// Room for text; the owner reserves the window's size.
  var arena = ByteBuffer()
  /// Why the last cell could not be read.
  private(set) var problem: String = ""

  init(window: ByteWindow, delimiter: UInt8) {
    self.window = window
    self.delimiter = delimiter
  }

  /// Reads the cell at `start`; nil where it is malformed, and then `problem` says how.
  @inline(__always)
  mutating func cell(at start: Int) -> Cell? {
    if window[start] == UInt8(ascii: "\"") { return quotedCell(at: start + 1) }
    var position = start
    while true {
      let word = window.word(at: position)
      let marks =
        Swar.equal(word, delimiter) | Swar.equal(word, 0x0A) | (word & Swar.highs)
      if marks == 0 {
        position += 8
        continue
      }
      position += Swar.index(marks)
      if window[position] < 0x80 { break }
      guard let end = window.endOfCharacter(at: position) else { return refuse("invalid UTF-8") }
      position = end
    }
    var last = position
    if window[position] == 0x0A, last > start, window[last - 1] == 0x0D { last -= 1 }
    return Cell(range: start..<last, isInArena: false, end: position)
  }

  @inline(never)
  private mutating func quotedCell(at start: Int) -> Cell? {
    let mark = arena.count
    var (position, target, lineEndCount) = (start, mark, 0)
    var hasEscape = false
    while true {
      let word = window.word(at: position)
      arena.store(word, at: target)
      let marks =
        Swar.equal(word, UInt8(ascii: "\"")) | Swar.equal(word, 0x0A) | (word & Swar.highs)
      if marks == 0 {
        position += 8
        target += 8
        continue
      }
      position += Swar.index(marks)
      target += Swar.index(marks)
      if position >= window.count { return refuse("a quoted cell is not closed") }
      let byte = window[position]
      if byte == UInt8(ascii: "\"") {
        if window[position + 1] != UInt8(ascii: "\"") { break }
        hasEscape = true
        target += 1
        position += 2
      } else if byte == 0x0A {
        lineEndCount += 1
        target += 1
        position += 1
      } else {
        guard let end = window.endOfCharacter(at: position) else {
          return refuse("invalid UTF-8")
        }
        arena.store(window.word(at: position), at: target)
        target += end - position
        position = end
      }
    }
    var end = position + 1
    if window[end] == 0x0D, window[end + 1] == 0x0A { end += 1 }
    guard window[end] == delimiter || window[end] == 0x0A else {
      return refuse("characters after a closing quote")
    }
    if hasEscape { arena.setCount(target) }
    return Cell(
      range: hasEscape ? mark..<target : start..<position, isInArena: hasEscape, end: end,
      lineEndCount: lineEndCount)
  }

  @inline(never)
  private mutating func refuse(_ problem: String) -> Cell? {
    self.problem = problem
    return nil
  }
}
