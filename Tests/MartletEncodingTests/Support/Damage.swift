import MartletModel
import Testing

/// Decodes every truncation and every single-bit flip of an encoding. Each must throw a
/// `.corrupt` error, or, for a flip, may decode to something else of the right shape: the
/// checksum that finds it lies in the structure that points here. Truncations must throw unless
/// `truncationMayDecode`.
func expectDamageIsHarmless(
  _ encoded: [UInt8], truncationMayDecode: Bool = false, _ context: String,
  decode: ([UInt8]) throws -> Void
) {
  for count in 0..<encoded.count {
    let error = error(of: { try decode(Array(encoded[..<count])) })
    if error?.code == .corrupt || error == nil && truncationMayDecode { continue }
    Issue.record("\(context): \(count) of \(encoded.count) bytes: \(String(describing: error))")
  }
  for bit in 0..<encoded.count * 8 {
    var damaged = encoded
    damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    if let error = error(of: { try decode(damaged) }), error.code != .corrupt {
      Issue.record("\(context): bit \(bit) of \(hex(encoded)): \(error)")
    }
  }
  #expect(throws: MartletError.self, "\(context): a byte too many") {
    try decode(encoded + [0])
  }
}

/// The MartletError that the body throws; any other fails the test.
func error(of body: () throws -> Void) -> MartletError? {
  do {
    try body()
    return nil
  } catch let error as MartletError {
    return error
  } catch {
    Issue.record("not a MartletError: \(error)")
    return nil
  }
}
