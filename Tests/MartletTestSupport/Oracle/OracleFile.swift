import Foundation
public import MartletModel

/// Known answers about one data set.
public struct OracleFile: Sendable {
  /// One question and what is known about its answer.
  public struct Answer: Hashable, Sendable {
    public var expression: String
    /// As the file says it; without a zone it is in `timeZone`.
    public var asOf: String
    /// An IANA name.
    public var timeZone: String
    public var count: Int
    public var pending: Int
    public var universe: Int
    /// Of the matching ids, sorted by UTF-8 bytes, each followed by a newline.
    public var sha256: String

    /// The question's instant.
    public func instant(in zone: NaiveZone) -> Timestamp? {
      PlainTime(asOf)?.instant(in: zone)
    }

    /// Whether the evaluator's answer is this one.
    public func agrees(with answer: NaiveAnswer) -> Bool {
      answer.matched.count == count && answer.pending.count == pending
        && answer.universe.count == universe && answer.sha256 == sha256
    }
  }

  /// The data set's name: its events are in `<data>.ndjson.gz`.
  public var data: String
  public var answers: [Answer]

  /// - Throws: `MartletError` where the file is missing or not of this form.
  public static func load(_ path: String) throws -> OracleFile {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw MartletError(.noInput, file: path, "no such file")
    }
    let tree = try JSONReader.parse(Array(bytes))
    guard let data = tree["data"]?.string, case .array(let items)? = tree["answers"] else {
      throw MartletError(.badData, file: path, "no data and answers")
    }
    let answers = try items.enumerated().map { place, item in
      guard let expression = item["expression"]?.string, let asOf = item["as_of"]?.string,
        let timeZone = item["timezone"]?.string, let count = item["count"]?.integer,
        let pending = item["pending"]?.integer, let universe = item["universe"]?.integer,
        let sha256 = item["sha256"]?.string
      else {
        throw MartletError(.badData, file: path, place: "answer \(place)", "a key is missing")
      }
      return Answer(
        expression: expression, asOf: asOf, timeZone: timeZone, count: count, pending: pending,
        universe: universe, sha256: sha256)
    }
    return OracleFile(data: data, answers: answers)
  }
}
