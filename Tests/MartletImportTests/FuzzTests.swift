import MartletModel
import Testing

@testable import MartletImport

/// Mutated input must neither trap nor give an invalid batch.
@Suite struct FuzzTests {
  /// Vigna's SplitMix64.
  private struct Random {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(bound))
    }
  }

  private static let json = [
    #"{"user_id":"u42","event":"Purchase","timestamp":"2026-03-01T09:05:11.120Z","insert_id":"m-2","properties":{"amount":120.5,"p":[{"sku":"a","q":[1,2]},{"sku":"b"}],"é":"\u00e9\uD83D\uDE00€","n":null}}"#,
    #"{"type":"identify","user_id":7,"timestamp":1772355911.25,"traits":{"plan":"trial","x":{"y":[true,false,[]]}}}"#,
    #"{"a":1,"a":{"b":2},"a":{"b":[1e300]},"user_id":"u","event":"e\"","timestamp":"1772355911","properties":{"a":null,"c.d":1,"c":{"d":-0.10}}}"#,
  ]
  private static let csv = [
    "user_id,event,timestamp,insert_id,p,q", "u1,A,2026-03-01,i,\"x \"\"y\"\"\nz\",1.50",
    "u2,\"B,b\",1772355911,,é€😀,true", "u3,C,2026-03-01T09:05:11+10:30,\"\",00123,-5",
  ]
  private static let splices = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\r", "\u{1}", "1e400", "\\uD800", "null",
    "99999999999999999999", "\"\"", "{\"a\":[", "]}", ".", "-", "\0", " ",
  ].map { Array($0.utf8) }

  private func mutate(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
    var result = bytes
    for _ in 0...random.next(4) {
      let place = random.next(result.count + 1)
      switch random.next(5) {
      case 0 where place < result.count: result[place] = UInt8(random.next(256))
      case 1 where place < result.count: result.remove(at: place)
      case 2: result.insert(contentsOf: Self.splices[random.next(Self.splices.count)], at: place)
      case 3: result.removeLast(result.count - place)
      default:
        let start = random.next(result.count + 1)
        let part = result[start..<min(start + random.next(20), result.count)]
        result.insert(contentsOf: part, at: place)
      }
    }
    return result
  }

  /// Checks what `EventBatch` promises.
  private func problem(_ batch: EventBatch) -> String? {
    let rows = batch.count
    guard batch.types.count == rows, batch.timestamps.count == rows,
      batch.insertIDs.count == rows, batch.cellEnds.count == rows,
      Int(batch.cellEnds.last ?? 0) == batch.cells.count
    else { return "columns of unequal lengths" }
    for row in 0..<rows {
      let type = batch.types[row]
      let isTrait = type == EventBatch.traitUpdate
      guard isTrait || Int(type) < batch.eventTypes.count else { return "an unknown type" }
      let cells = batch.cells[batch.cellRange(ofRow: row)]
      guard Set(cells.map(\.name)).count == cells.count else { return "a name twice in a row" }
      guard cells.allSatisfy({ Int($0.name) < batch.propertyNames.count }) else {
        return "an unknown name"
      }
      if !isTrait, cells.contains(where: { $0.kind == .null }) { return "a null property" }
      guard !batch.users[row].isNone, batch.users[row].count > 0 else { return "no user" }
    }
    guard Set(batch.propertyNames).count == batch.propertyNames.count else {
      return "a property name twice"
    }
    if batch.items.contains(where: { $0.kind == .null || $0.kind == .list }) {
      return "an item that is no scalar"
    }
    return dump(batch).contains { $0.contains("(invalid UTF-8)") } ? "invalid UTF-8" : nil
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func mutatedJSON(_ seed: UInt64) {
    var random = Random(state: seed)
    let decoder = NDJSONDecoder(options: DecodingOptions(), file: "x")
    for round in 0..<1500 {
      var text: [UInt8] = []
      for _ in 0...random.next(3) {
        text += mutate(Array(Self.json[random.next(Self.json.count)].utf8), &random) + [0x0A]
      }
      let chunk = decoder.decode(sealed(text))
      let found = problem(chunk.batch)
      #expect(found == nil, "seed \(seed), round \(round)")
      #expect(chunk.lineCount == text.count { $0 == 0x0A }, "seed \(seed), round \(round)")
      // A decoder with a history and a fresh one agree.
      let fresh = NDJSONDecoder(options: DecodingOptions(), file: "x").decode(sealed(text))
      #expect(dump(fresh.batch) == dump(chunk.batch), "seed \(seed), round \(round)")
      #expect(fresh.rejects == chunk.rejects, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: [5, 6] as [UInt64])
  func mutatedCSV(_ seed: UInt64) {
    var random = Random(state: seed)
    var options = ImportOptions()
    options.format = .csv
    options.rejectLimit = .max
    for round in 0..<300 {
      let text = mutate(Array(Self.csv.joined(separator: "\n").utf8), &random)
      let source = ImportSource(text, name: "x")
      options.chunkByteCount = 1 << 20
      let whole = importFailing([source], options)
      options.chunkByteCount = 1 + random.next(40)
      let cut = importFailing([source], options)
      #expect(whole.error == cut.error, "seed \(seed), round \(round)")
      #expect(whole.before == cut.before, "seed \(seed), round \(round)")
    }
  }
}
