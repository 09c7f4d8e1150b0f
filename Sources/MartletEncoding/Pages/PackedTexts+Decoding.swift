import MartletModel

extension PackedTexts {
  /// Appends the bytes of all strings, one string after the other.
  /// - Throws: `.corrupt` where half a byte that no digit needs is not 0; the arena is then as it
  ///   was.
  /// - Complexity: O(`count` · `textByteCount`)
  func decode(into arena: inout [UInt8]) throws(MartletError) {
    let size = recordByteCount
    if !digitCount.isMultiple(of: 2) {
      for index in 0..<count where records.byte(at: index * size + size - 1) >> 4 != 0 {
        throw MartletError(
          .corrupt, place: "text page, string \(index)", "half a byte of padding is not 0")
      }
    }
    // The shared bytes stay; the digits of each string go over those of the one before it.
    var (text, positions): ([UInt8], [Int]) = ([], [])
    for position in 0..<textByteCount {
      if isDigit(at: position) {
        positions.append(position)
        text.append(0)
      } else {
        text.append(template.byte(at: position - positions.count))
      }
    }
    let characters = digits.characters
    for index in 0..<count {
      for (digit, position) in positions.enumerated() {
        let pair = records.byte(at: index * size + (digit >> 1))
        text[position] = characters[Int(pair >> UInt8((digit & 1) * 4) & 15)]
      }
      arena.append(contentsOf: text)
    }
  }
}
