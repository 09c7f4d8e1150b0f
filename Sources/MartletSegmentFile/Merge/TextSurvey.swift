import MartletEncoding
import MartletModel

/// The texts that the merged rows have of one property.
struct TextSurvey {
  /// The texts of one file's dictionary that are used.
  fileprivate struct Used {
    let dictionary: TextDictionary
    /// By text; nil: all.
    var marks: [Bool]?
  }

  /// Text columns that must be read: all of a property of one run, with the rows that are kept.
  private struct Column {
    let run: Run
    let property: Int
    let kept: RowSet?
    /// Into `used`, where the file has a dictionary.
    let used: Int?
  }

  private var used: [Used] = []
  /// Columns of texts that are written out.
  private var plain: [Column] = []
  private var valueCount = 0
  private var distinct = DistinctCounter()

  init(_ number: Int, _ inputs: MergeInputs) throws(MartletError) {
    var usedByReading: [Int: Int] = [:]
    for source in inputs.runs.flatMap(\.sources) {
      guard let own = source.properties.firstIndex(of: number) else { continue }
      let entries = source.run.columns(ofProperty: own)
      guard entries.contains(where: { $0.kind == .text || $0.kind == .plainText }) else {
        continue
      }
      let reading = inputs.readings[source.reading]
      if usedByReading[source.reading] == nil, entries.contains(where: { $0.kind == .text }) {
        let dictionary = try reading.file.dictionary(ofProperty: own)
        usedByReading[source.reading] = used.count
        let marks = reading.isWhole ? nil : [Bool](repeating: false, count: dictionary.count)
        used.append(Used(dictionary: dictionary, marks: marks))
      }
      let column = Column(
        run: source.run, property: own, kept: source.kept, used: usedByReading[source.reading])
      try note(column, entries, reading)
    }
    for used in used {
      let arena = used.dictionary.arena
      for index in used.indices {
        distinct.insert(
          ByteKernels.hash(arena.rawSpan.extracting(used.dictionary.range(of: index))))
      }
    }
  }

  /// Counts the values of a run's columns, and reads those that tell what is used.
  private mutating func note(
    _ column: Column, _ entries: [ColumnEntry], _ reading: MergeInputs.Reading
  ) throws(MartletError) {
    let hasPlain = entries.contains { $0.kind == .plainText }
    if hasPlain { plain.append(column) }
    let counts = !reading.isCopy
    if reading.isWhole, !hasPlain {
      guard counts else { return }
      for entry in entries where entry.kind == .text { valueCount += entry.values.valueCount }
      return
    }
    try KeptValues.forEach(of: column.property, column.run, column.kept) {
      cursor, indices throws(MartletError) in
      switch cursor.entry.kind {
      case .text:
        if counts { valueCount += indices.count }
        try mark(cursor, indices, column)
      case .plainText:
        if counts { valueCount += indices.count }
        for index in indices {
          distinct.insert(
            ByteKernels.hash(cursor.texts.arena.rawSpan.extracting(cursor.texts.range(of: index))))
        }
      default: break
      }
    }
  }

  private mutating func mark(
    _ cursor: ColumnCursor, _ indices: [Int], _ column: Column
  ) throws(MartletError) {
    guard let place = column.used, used[place].marks != nil else { return }
    let limit = used[place].dictionary.count
    for index in indices {
      let code = cursor.values[index]
      guard code >= 0, code < Int64(limit) else {
        throw column.run.corrupt("a text is beyond the dictionary")
      }
      used[place].marks?[Int(code)] = true
    }
  }

  /// The dictionary of the property; nil where its texts are written out.
  func dictionary() throws(MartletError) -> MergedDictionary? {
    guard valueCount > 0 else { return nil }
    let isPlain = EncodedTexts.prefersPlain(
      distinctCount: distinct.count, valueCount: valueCount)
    guard !isPlain else { return nil }
    var table = TextTable()
    for used in used {
      let arena = used.dictionary.arena
      for index in used.indices {
        _ = table.intern(arena.rawSpan.extracting(used.dictionary.range(of: index)))
      }
    }
    for column in plain {
      try KeptValues.forEach(of: column.property, column.run, column.kept) { cursor, indices in
        guard cursor.entry.kind == .plainText else { return }
        for index in indices {
          _ = table.intern(cursor.texts.arena.rawSpan.extracting(cursor.texts.range(of: index)))
        }
      }
    }
    return MergedDictionary(table)
  }
}

extension TextSurvey.Used {
  /// The texts that are used.
  var indices: [Int] {
    guard let marks else { return Array(0..<dictionary.count) }
    return marks.indices.filter { marks[$0] }
  }
}
