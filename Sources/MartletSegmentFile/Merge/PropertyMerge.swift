import MartletModel

/// Merges one property of the sources of a run.
struct PropertyMerge {
  /// The merge's number of the property.
  let property: Int
  /// By source; nil where a source does not have the property.
  private var readers: [PropertyReader?]
  private let sources: [CellSource]
  private let target: CellTarget
  private var columns: PropertyColumns

  /// Those of a run, in ascending order of their numbers.
  static func all(
    of run: MergeRun, _ texts: MergedTexts, compressionLevel: Int
  ) throws(MartletError) -> [PropertyMerge] {
    var numbers: Set<Int> = []
    for source in run.sources {
      for column in source.run.directory.columns {
        numbers.insert(source.properties[column.property])
      }
    }
    var merges: [PropertyMerge] = []
    for number in numbers.sorted() {
      merges.append(
        try PropertyMerge(number, of: run, texts, compressionLevel: compressionLevel))
    }
    return merges
  }

  private init(
    _ property: Int, of run: MergeRun, _ texts: MergedTexts, compressionLevel: Int
  ) throws(MartletError) {
    self.property = property
    var (readers, sources): ([PropertyReader?], [CellSource]) = ([], [])
    for source in run.sources {
      guard let own = source.properties.firstIndex(of: property) else {
        readers.append(nil)
        sources.append(CellSource())
        continue
      }
      let reader = try PropertyReader(own, of: source.run)
      readers.append(reader.isEmpty ? nil : reader)
      sources.append(texts.source(property, reading: source.reading))
    }
    let scales = try NumberScales.scales(of: property, in: run)
    target = CellTarget(
      merged: texts.dictionaries[property], rowScale: scales.rows, itemScale: scales.items)
    (self.readers, self.sources) = (readers, sources)
    columns = PropertyColumns(target, compressionLevel: compressionLevel)
  }

  /// Appends the values of a batch.
  /// - Parameter cells: room to work in; what it holds before and after has no meaning.
  mutating func append(
    _ batch: KeyBatch, _ places: [[Int32]?], _ order: [UInt32], _ cells: inout PropertyCells,
    firstRow: Int
  ) throws(MartletError) {
    cells.start(count: batch.count, target)
    for (index, part) in batch.parts.enumerated() {
      guard readers[index] != nil else {
        cells.addNothing(part)
        continue
      }
      try readers[index]!.read(part.rows)
      try cells.add(&readers[index]!, part, places[index], sources[index])
    }
    try columns.append(cells, in: order, firstRow: firstRow)
  }

  /// Puts the columns behind a sink's bytes.
  mutating func finish(rowCount: Int, into sink: inout BlockSink) -> [ColumnEntry] {
    columns.finish(property: property, rowCount: rowCount, into: &sink)
  }
}
