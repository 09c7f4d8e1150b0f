import MartletModel

/// Feeds inputs to a decoder: each is refused by an error of stored bytes that names the file, or
/// read, and then twice alike. A trap, a hang or a bad access ends the process.
struct FuzzTally {
  private(set) var accepted = 0
  private(set) var refused = 0

  /// What is wrong with how the decoder takes the input; nil where nothing is.
  mutating func check<Decoder: FuzzedDecoder>(
    _ input: Decoder.Input, _ decoder: Decoder
  ) -> String? {
    do {
      let digest = try decoder.read(input)
      accepted += 1
      return try decoder.read(input) == digest ? nil : "a second read differs"
    } catch let error as MartletError {
      refused += 1
      guard [.corrupt, .tooNew, .limit].contains(error.code) else {
        return "\(error.code): \(error)"
      }
      return error.file == nil ? "no file is named: \(error)" : nil
    } catch {
      return "\(error)"
    }
  }
}

/// What a decoder must not do with stored bytes, whatever they are.
struct Disagreement: Error {
  let what: String
}
