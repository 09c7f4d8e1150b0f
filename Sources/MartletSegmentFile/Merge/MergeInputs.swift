import MartletModel

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

  let batches: KeyBatches
  private(set) var readings: [Reading] = []
  /// Those with a row.
  private(set) var runs: [MergeRun] = []
  private(set) var propertyNames: [Text] = []
  private var propertyNumbers: [Text: Int] = [:]
  private var runNumbers: [Text?: Int] = [:]

  init(
    _ files: [SegmentFile], _ selection: SegmentFileMerge.Selection, _ batches: KeyBatches,
    compressionLevel: Int
  ) throws(MartletError) {
    self.batches = batches
    let choice = RowChoice(selection, batches)
    var places: [SegmentFileMerge.RunPlace] = []
    for (index, file) in files.enumerated() {
      add(file, isWhole: true, isCopy: false)
      for run in file.directory.runs.indices {
        let place = SegmentFileMerge.RunPlace(file: index, run: run)
        if selection.skippedRuns.contains(place) {
          readings[index].isWhole = false
        } else {
          places.append(place)
        }
      }
    }
    let found = try Parallel.map(places) { place throws(MartletError) in
      try MergeInputs.find(
        place, in: files[place.file], choice, selection.canonical, batches, compressionLevel)
    }
    for (place, found) in zip(places, found) {
      if !found.isWhole { readings[place.file].isWhole = false }
      add(
        MergeSource(
          file: place.file, reading: place.file, run: found.run,
          properties: readings[place.file].properties, kept: found.kept))
    }
    for (place, found) in zip(places, found) {
      for part in found.moved { try addMoved(part, of: place.file) }
    }
    runs = runs.filter { !$0.sources.isEmpty }
  }

  /// What is merged of a run.
  private struct Found {
    var run: Run
    var kept: RowSet?
    var isWhole: Bool
    var moved: [RowMover.Part]
  }

  private static func find(
    _ place: SegmentFileMerge.RunPlace, in file: SegmentFile, _ choice: RowChoice,
    _ canonical: OrdinalMap, _ batches: KeyBatches, _ compressionLevel: Int
  ) throws(MartletError) -> Found {
    let run = try file.run(at: place.run)
    let rows = try choice.rows(of: run)
    var found = Found(run: run, kept: rows.kept, isWhole: rows.isWhole, moved: [])
    if let moved = rows.moved {
      var mover = try RowMover(
        run, moved, canonical, batches, file: file, compressionLevel: compressionLevel)
      found.moved = try mover.files()
    }
    return found
  }

  private mutating func add(_ file: SegmentFile, isWhole: Bool, isCopy: Bool) {
    let properties = file.directory.properties.map { number(of: $0.name) }
    readings.append(
      Reading(file: file, properties: properties, isWhole: isWhole, isCopy: isCopy))
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

  /// Adds rows of a file that lie under other users from now on.
  private mutating func addMoved(_ part: RowMover.Part, of file: Int) throws(MartletError) {
    add(part.file, isWhole: true, isCopy: readings[file].isWhole)
    let reading = readings.count - 1
    add(
      MergeSource(
        file: file, reading: reading, run: try part.file.run(at: 0),
        properties: readings[reading].properties, kept: nil, origins: part.origins))
  }
}
