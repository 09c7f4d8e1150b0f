package import MartletFiles
package import MartletModel
package import RoaringBitmap

/// Makes one segment file of several, or of a part of their rows.
///
/// A store of the merged file answers as one of the inputs does. Rows are read and written in
/// blocks of users, so that memory holds the compressed result and little more.
package struct SegmentFileMerge {
  /// Which rows a merge keeps, and under whom they lie in its result.
  package struct Selection: Sendable {
    /// Times of events that are kept, ascending and disjoint; nil: all.
    package var times: [Range<Int64>]?
    /// The same for trait updates.
    package var traitTimes: [Range<Int64>]?
    /// Only rows of these users, by stored ordinal; nil: all.
    package var users: RoaringBitmap?
    /// Rows of these users are left out, by stored ordinal; so are what was known of when they
    /// were first seen, and the edges that start at them.
    package var droppedUsers = RoaringBitmap()
    /// Rows of an ordinal that leads to another lie under that one from now on.
    package var canonical = OrdinalMap()
    /// Runs that are left out.
    package var skippedRuns: Set<RunPlace> = []
    /// Whether first-seen corrections are carried over.
    package var keepsCorrections = true
    /// Whether identity edges are carried over.
    package var keepsEdges = true

    package init() {}
  }

  /// A run of one of the inputs.
  package struct RunPlace: Hashable, Sendable {
    /// Among the files, from 0.
    package var file: Int
    /// Among the file's runs, from 0.
    package var run: Int

    package init(file: Int, run: Int) { (self.file, self.run) = (file, run) }
  }

  let files: [SegmentFile]
  let selection: Selection
  /// zstd level of pages and blocks.
  package var compressionLevel: Int
  /// The day bitmaps of "any event" are kept while they cost at most this share of the other bytes.
  package var anyDayShareMax = SegmentFileWriter().anyDayShareMax

  /// Rows of a run that are worked on at once, where one user has no more.
  package var batchRowCount = KeyBatches.usualRowCount

  /// How many rows that share their time with others are put in order at once, unless more do
  /// within a 4,096th of the time that the rows span; nil: a sixteenth of all rows, but not so few
  /// that reading all again costs more than their 24 bytes are worth, and not so many that they
  /// would take more memory than the rest.
  package var tiedRowCountMax: Int?

  /// - Parameter files: in order of arrival.
  package init(
    _ files: [SegmentFile], _ selection: Selection = Selection(), compressionLevel: Int = 3
  ) {
    (self.files, self.selection) = (files, selection)
    self.compressionLevel = compressionLevel
  }

  /// The bytes of the merged file; nil where no row, no correction and no edge is left.
  /// - Throws: `.corrupt` where an input is damaged; `.limit` where the result would exceed a limit
  ///   of the format.
  /// - Complexity: O(rows of the inputs)
  package func encode(arrivalNumber: UInt64) throws(MartletError) -> FileContent? {
    let batches = KeyBatches(rowCount: batchRowCount)
    let inputs = try MergeInputs(
      files, selection, batches, compressionLevel: compressionLevel)
    let firstSeen = selection.keepsCorrections ? try mergedCorrections() : []
    let edges = selection.keepsEdges ? try mergedEdges() : []
    guard !(inputs.runs.isEmpty && firstSeen.isEmpty && edges.isEmpty) else { return nil }
    let texts = try MergedTexts.survey(inputs)
    let keys = try MergedKeys(inputs, tiedRowCountMax: tiedRowCountMax)
    let runs = try Parallel.map(Array(zip(inputs.runs, keys.ranks))) {
      run, ranks
        throws(MartletError) in
      var merge = try RunMerge(
        run, texts: texts, ranks: ranks, batches, compressionLevel: compressionLevel)
      return try merge.encode()
    }
    var parts = SegmentFileParts(
      runs: [], properties: [], anyBitmaps: AnyBitmaps(days: keys.days), firstSeen: firstSeen,
      edges: edges, fingerprints: runs.flatMap(\.fingerprints))
    parts.take(runs.map(\.run), inputs.propertyNames, texts)
    return parts.encode(
      arrivalNumber: arrivalNumber, compressionLevel: compressionLevel,
      anyDayShareMax: anyDayShareMax)
  }
}
