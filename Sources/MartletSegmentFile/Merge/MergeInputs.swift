import MartletModel
import RoaringBitmap

/// The rows that a merge reads: of its files, and of the files of moved rows.
struct MergeInputs {
  /// A file that is read.
  struct Reading {
    let file: SegmentFile
    /// The merge's number of each property of the file.
    let properties: [Int]
    /// Whether all of the file's rows are merged, under whatever user.
    var isWhole: Bool
    /// Whether these are the moved rows of a file of which `isWhole` says that all are merged.
    var isCopy: Bool
  }

  private(set) var readings: [Reading] = []
  /// Those with a row.
  private(set) var runs: [MergeRun] = []
  private(set) var propertyNames: [Text] = []
  private var propertyNumbers: [Text: Int] = [:]
  private var runNumbers: [Text?: Int] = [:]

  init(
    _ files: [SegmentFile], _ selection: SegmentFileMerge.Selection, compressionLevel: Int
  ) throws(MartletError) {
    var moved: [(source: MergeSource, rows: RowSet)] = []
    for (index, file) in files.enumerated() {
      let reading = add(file, isWhole: true, isCopy: false)
      for run in file.directory.runs.indices {
        guard !selection.skippedRuns.contains(.init(file: index, run: run)) else {
          readings[reading].isWhole = false
          continue
        }
        var source = MergeSource(
          file: index, reading: reading, run: try file.run(at: run),
          properties: readings[reading].properties)
        let found = try RowChoice.rows(of: source.run, selection)
        source.kept = found.kept
        if !found.isWhole { readings[reading].isWhole = false }
        add(source)
        if let rows = found.moved { moved.append((source, rows)) }
      }
    }
    try addMoved(moved, selection.canonical, compressionLevel)
    runs = runs.filter { !$0.sources.isEmpty }
  }

  private mutating func add(_ file: SegmentFile, isWhole: Bool, isCopy: Bool) -> Int {
    let properties = file.directory.properties.map { number(of: $0.name) }
    readings.append(
      Reading(file: file, properties: properties, isWhole: isWhole, isCopy: isCopy))
    return readings.count - 1
  }

  private mutating func number(of name: Text) -> Int {
    if let number = propertyNumbers[name] { return number }
    propertyNames.append(name)
    propertyNumbers[name] = propertyNames.count - 1
    return propertyNames.count - 1
  }

  private mutating func add(_ source: MergeSource) {
    guard source.keptCount > 0 else { return }
    let type = source.run.entry.eventType
    if let number = runNumbers[type] {
      runs[number].sources.append(source)
    } else {
      runNumbers[type] = runs.count
      runs.append(MergeRun(eventType: type, sources: [source]))
    }
  }

  /// Makes files of the rows that lie under another user from now on, and adds them.
  private mutating func addMoved(
    _ moved: [(source: MergeSource, rows: RowSet)], _ canonical: OrdinalMap,
    _ compressionLevel: Int
  ) throws(MartletError) {
    for (source, rows) in moved {
      let original = readings[source.reading]
      var mover = try RowMover(
        source, rows, canonical, file: original.file, compressionLevel: compressionLevel)
      for part in try mover.files() {
        let reading = add(part.file, isWhole: true, isCopy: original.isWhole)
        add(
          MergeSource(
            file: source.file, reading: reading, run: try part.file.run(at: 0),
            properties: readings[reading].properties, kept: nil, origins: part.origins))
      }
    }
  }
}
