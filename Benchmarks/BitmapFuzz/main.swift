import Glibc
import RoaringBitmap

// swift run -c release --sanitize=address BitmapFuzz COUNT SEED [FILE...]
//
// Feeds COUNT mutated bitmaps to the initialisers that trust nothing and to views. The files are
// seeds: valid bitmaps, or bytes that once broke a reader. Whatever is accepted must behave: all
// ways to read it must agree. Ends with what it saw; any disagreement ends it at once, naming the
// seed and the input's number.

guard CommandLine.arguments.count >= 3, let inputCount = Int(CommandLine.arguments[1]),
  let seed = UInt64(CommandLine.arguments[2])
else { fatalError("usage: BitmapFuzz COUNT SEED [FILE...]") }

var mutator = Mutator(seed: seed, files: Array(CommandLine.arguments.dropFirst(3)))
var tally = Tally()
let partners = [
  Mutator.mixedBitmap(), RoaringBitmap((0..<16).map { UInt32($0) * 3_000 }),
  RoaringBitmap((0..<120).map { UInt32($0) * 500 }),
]

for number in 0..<inputCount {
  let input = mutator.next()
  // Exactly as long as the input: a read past its end is a read past the allocation.
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: input.count, alignment: 1)
  memory.copyBytes(from: input)
  let bytes = RawSpan(_unsafeBytes: UnsafeRawBufferPointer(memory))
  do {
    try Check.all(bytes, partners[number % partners.count], &tally)
  } catch {
    fatalError("seed \(seed), input \(number): \(error); bytes \(input.prefix(200))")
  }
  memory.deallocate()
}
print(
  "\(inputCount) inputs, seed \(seed): \(tally.accepted) accepted, \(tally.trusted) more opened")
print("as unchecked views, \(tally.accepted64) accepted as 64-bit; no disagreement")
