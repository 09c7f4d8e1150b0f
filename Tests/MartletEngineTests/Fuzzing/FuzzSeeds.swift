import MartletEngine
import MartletFiles
import MartletModel
import MartletTestSupport

/// The files of small stores, as writers made them: what is damaged to make inputs.
struct FuzzSeeds {
  /// By name, the files of each store.
  let stores: [[String: [UInt8]]]

  init() throws {
    stores = [
      try FuzzSeeds.store { _ in }, try FuzzSeeds.store(FuzzSeeds.fillSmall),
      try FuzzSeeds.store(FuzzSeeds.fill), try FuzzSeeds.store(FuzzSeeds.fillShaped),
    ]
  }

  /// The files of one kind, by how their names begin; those in `formats` too.
  func files(_ prefix: String) -> [[UInt8]] {
    stores.flatMap { store in
      store.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map(\.value)
    } + FuzzSeeds.published(prefix)
  }

  private static func store(_ fill: (Engine) throws -> Void) throws -> [String: [UInt8]] {
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    let engine = try Engine(writing: system, configuration)
    try fill(engine)
    var files: [String: [UInt8]] = [:]
    for name in try system.list(StoreScript.path) where name != "lock" {
      files[name] = try system.read(StoreScript.path + "/" + name)
    }
    return files
  }

  /// Two rows in each kind of file.
  private static func fillSmall(_ engine: Engine) throws {
    for round: Int64 in 0..<2 {
      let event = Event(
        user: Text("u\(round)"), type: "A", at: Timestamp(milliseconds: 5), ["p": 1.5, "t": "x"],
        insertID: Text("i\(round)"))
      let update = TraitUpdate(
        user: "u0", at: Timestamp(milliseconds: 3 - round), ["plan": "free", "age": .null])
      try engine.append([.event(event), .traits(update)])
      if round == 0 { try engine.flush() } else { try engine.commit() }
    }
  }

  /// All that a store can hold.
  private static func fill(_ engine: Engine) throws {
    try engine.append(RandomEvents(userCount: 5, rowCount: 18).rows(seed: 4))
    try engine.flush()
    var links = EventBatchBuilder()
    try links.link(.alias, from: "anonymous", to: "p0")
    try links.link(.merge, from: "a", to: "p1")
    _ = try engine.append(links.batch)
    let events = RandomEvents(userCount: 9, rowCount: 30)
    let rows = events.rows(seed: 5)
    try engine.append(Array(rows.prefix(16)))
    try engine.append("anonymous", at: 77, id: "late")
    try engine.flush()
    try engine.updateSavedSegments { $0 = ["a": "everyone", "power": "did any"] }
    _ = try engine.forget(["p1"])
    for row in rows.dropFirst(16) {
      try engine.append([row])
      if row.timestamp.milliseconds % 3 == 0 { try engine.commit() }
    }
    try engine.commit()
  }

  /// A column of each form; of a user of its own, so that the rows stay in order.
  private static func fillShaped(_ engine: Engine) throws {
    for row in 0..<PageShapes.valueCount {
      var properties: [Text: Value] = ["flag": .boolean(row % 3 == 0)]
      for (shape, values) in PageShapes.all.enumerated() {
        properties[Text("p\(shape)")] = .number(Number(values[row]))
      }
      let event = Event(
        user: "u0", type: "A", at: Timestamp(milliseconds: Int64(row)), properties)
      try engine.append([.event(event)])
    }
    try engine.flush()
  }

  /// The valid files that the format's pages come with.
  private static func published(_ prefix: String) -> [[UInt8]] {
    let formats =
      #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
      + "/formats/"
    let system = POSIXFileSystem()
    let golden = (try? system.list(formats + "golden/store-v1")) ?? []
    precondition(!golden.isEmpty, "the store among the formats is not there")
    let paths =
      golden.map { "golden/store-v1/" + $0 }
      + [
        "segment-valid", "segment-lz4-valid", "segment-packed-valid", "users-valid",
        "manifest-valid",
      ].map {
        "corrupt/\($0).bin"
      }
    return paths.filter { Paths.name(of: $0).hasPrefix(prefix) }.compactMap {
      try? system.read(formats + $0)
    }
  }
}
