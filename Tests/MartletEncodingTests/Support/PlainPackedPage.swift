/// Random strings of one length that differ in digits only, and their page, written as the
/// specification says and without regard to speed.
struct PlainPackedPage {
  var strings: [[UInt8]]
  var bytes: [UInt8]

  static func digits(
    _ count: Int, isUpper: Bool = false, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let alphabet = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return (0..<count).map { _ in alphabet[Int.random(in: 0..<16, using: &random)] }
  }

  /// 1 ... 60 strings of 1 ... 80 bytes; every number of digits, 0 included, comes up.
  init(_ random: inout SeededGenerator) {
    let length = Int.random(in: 1...80, using: &random)
    let digitShare = Double.random(in: 0...1.1, using: &random)
    let isUpper = Bool.random(using: &random)
    let places = (0..<length).filter { _ in Double.random(in: 0...1, using: &random) < digitShare }
    let template = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    let count = Int.random(in: 1...60, using: &random)
    strings = (0..<count).map { _ in
      var string = template
      for (place, digit) in zip(places, Self.digits(places.count, isUpper: isUpper, &random)) {
        string[place] = digit
      }
      return string
    }
    bytes = Self.page(strings)
  }

  /// The page of strings that are known to be of the form.
  static func page(_ strings: [[UInt8]]) -> [UInt8] {
    let length = strings[0].count
    let varying = (0..<length).filter { place in strings.contains { $0[place] != strings[0][place] }
    }
    let isUpper = strings.contains { string in
      varying.contains { (0x41...0x46).contains(string[$0]) }
    }
    var total = length * strings.count
    var page: [UInt8] = [2]
    while total >= 128 {
      page.append(UInt8(total & 127 | 128))
      total >>= 7
    }
    page += [UInt8(total), isUpper ? 1 : 0]
    for start in stride(from: 0, to: length, by: 8) {
      page.append((0..<8).reduce(0) { $0 | (varying.contains(start + $1) ? 1 << UInt8($1) : 0) })
    }
    page += (0..<length).filter { !varying.contains($0) }.map { strings[0][$0] }
    for string in strings {
      let values = varying.map { place -> UInt8 in
        switch string[place] {
        case 0x30...0x39: string[place] - 0x30
        default: string[place] & 0x0F + 9
        }
      }
      for first in stride(from: 0, to: values.count, by: 2) {
        page.append(values[first] | (first + 1 < values.count ? values[first + 1] << 4 : 0))
      }
    }
    return page
  }
}
