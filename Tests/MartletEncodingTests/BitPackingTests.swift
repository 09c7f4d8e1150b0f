import CMartletKernels
import MartletModel
import Testing

@testable import MartletEncoding

@Suite("Bit packing kernels")
struct BitPackingTests {
  @Test("Every width, count and divisor unpacks to what was packed", arguments: 1...64)
  func roundTrip(width: Int) {
    var generator = SeededGenerator(seed: UInt64(width))
    let mask = width == 64 ? UInt64.max : (1 << UInt64(width)) - 1
    for count in [1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 64, 100, 257] {
      for divisor: UInt64 in [1, 2, 1000, 86_400_000, 0xFFFF_FFFF, 0x1_0000_0001, .max] {
        let base = Int64.random(in: .min ... .max, using: &generator)
        // Only products below 2^64 are offsets that a page can have.
        let most = min(mask, UInt64.max / divisor)
        let values = (0..<count).map { _ in
          base &+ Int64(bitPattern: UInt64.random(in: 0...most, using: &generator) &* divisor)
        }
        let packed = BitPackingKernels.pack(
          values[...], base: base, divisor: divisor, width: width)
        #expect(packed.count == (count * width + 7) / 8)
        var output = [Int64](repeating: 0, count: count + 2)
        BitPackingKernels.unpack(
          packed.rawSpan, width: width, base: base, divisor: divisor, count: count,
          into: &output, at: 1)
        #expect(
          output == [0] + values + [0], "width \(width), \(count) values, divisor \(divisor)")
      }
    }
  }

  @Test("Vector and portable unpacking agree on any bytes", arguments: 1...64)
  func portable(width: Int) {
    var generator = SeededGenerator(seed: 77)
    for count in [1, 5, 8, 40, 333] {
      let byteCount = (count * width + 7) / 8
      let packed = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for multiplier: UInt64 in [1, 1000, 0x1234_5678_9ABC_DEF1] {
        var fast = [Int64](repeating: 0, count: count)
        var slow = fast
        // Safe: the buffers have the sizes that the callees are told.
        unsafe martlet_unpack(packed, count, UInt32(width), -5, multiplier, &fast)
        unsafe martlet_unpack_portable(packed, count, UInt32(width), -5, multiplier, &slow)
        #expect(fast == slow, "width \(width), \(count) values, multiplier \(multiplier)")
      }
    }
  }

  @Test("The common divisor is the greatest")
  func divisor() {
    func divisor(_ values: [Int64]) -> UInt64 {
      BitPackingKernels.commonDivisor(values[...], base: values.min() ?? 0)
    }
    #expect(divisor([5, 5, 5]) == 1)
    #expect(divisor([0, 1000, 4000, 250]) == 250)
    #expect(divisor([7, 7 + 86_400_000, 7 + 2 * 86_400_000]) == 86_400_000)
    #expect(divisor([.min, .max]) == .max)
    #expect(divisor([.min, 0]) == 1 << 63)
    #expect(divisor([3, 5, 8]) == 1)
    #expect(divisor([-12, 6, 24, -30]) == 18)
  }

  @Test("Statistics see extremes, wrapping differences and runs")
  func statistics() {
    let found = BitPackingKernels.statistics([3, 3, .max, .min, .min, 0])
    #expect(found.minimum == .min && found.maximum == .max)
    // max - 3, then min - max = 1 and 0 - min = min, modulo 2^64.
    #expect(found.minimumDelta == .min && found.maximumDelta == .max - 3)
    #expect(found.runCount == 4)
    let single = BitPackingKernels.statistics([9])
    #expect(single.minimumDelta == 0 && single.maximumDelta == 0 && single.runCount == 1)
  }

  @Test("Magnitudes of every length and sign unpack to what was packed")
  func magnitudes() {
    var generator = SeededGenerator(seed: 31)
    for count in [1, 2, 10, 63, 200] {
      for divisor: UInt64 in [1, 10, 4096, 1_000_003] {
        for length in 0...63 {
          let most = (Int64.max >> Int64(63 - length)) / Int64(divisor)
          let base = Int64.random(in: -5...5, using: &generator)
          let values = (0..<count).map { _ in
            base &+ Int64.random(in: -most...most, using: &generator) * Int64(divisor)
          }
          let (classes, bitCount) = BitPackingKernels.magnitudeClasses(
            values[...], base: base, divisor: divisor)
          #expect(BitPackingKernels.magnitudeBitCount(classes) == bitCount)
          let bits = BitPackingKernels.packMagnitudes(
            values[...], base: base, divisor: divisor, bitCount: bitCount)
          var output = [Int64](repeating: 7, count: count + 2)
          BitPackingKernels.unpackMagnitudes(
            classes, bits.rawSpan, base: base, divisor: divisor, into: &output, at: 1)
          #expect(output == [7] + values + [7], "\(count) of \(length) bits by \(divisor)")
        }
      }
    }
    let (classes, bitCount) = BitPackingKernels.magnitudeClasses([.min], base: 0, divisor: 1)
    #expect(classes == [0x80 | 64] && bitCount == 63)
    #expect(BitPackingKernels.magnitudeBitCount([65]) == nil)
    #expect(BitPackingKernels.magnitudeBitCount([0x80]) == nil)
  }
}
