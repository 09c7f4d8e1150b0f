import MartletTestSupport

/// A page, and three bytes behind it: its form, and how many values it shall have.
extension FuzzedPage: GuidedDecoder {
  private static let forms: [Form] = [.integers, .texts, .block]

  var corpus: [[UInt8]] { seeds.map(FuzzedPage.corpusBytes) }

  private static func corpusBytes(_ input: Input) -> [UInt8] {
    let form = forms.firstIndex(of: input.form) ?? 0
    return input.bytes + [UInt8(input.count & 0xFF), UInt8(input.count >> 8), UInt8(form)]
  }

  func input(of bytes: [UInt8]) -> Input {
    guard bytes.count >= 3 else { return Input(form: .integers, count: 0, bytes: bytes) }
    let options = bytes.suffix(3).map { Int($0) }
    return Input(
      form: FuzzedPage.forms[options[2] % FuzzedPage.forms.count],
      count: (options[0] | options[1] << 8) % 8194, bytes: bytes.dropLast(3))
  }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var input = input(of: bytes)
    ByteDamage.some(&input.bytes, &random)
    if random.chance(0.03) { input.count = random.integer(0...8193) }
    return FuzzedPage.corpusBytes(input)
  }
}
