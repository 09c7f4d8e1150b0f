import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

extension SegmentFileCheck {
  /// A block of the file, and what its bytes count as.
  private struct Extent {
    var offset: UInt64
    var byteCount: UInt64
    var kind: ByteKind
  }

  /// Makes sure that each byte of the file is header, trailer or part of one block, and that the
  /// bytes by kind are those of the blocks.
  mutating func checkLayout() {
    let bytes = bytes
    let place = derived()
    guard
      let directory = findings.attempt(
        place,
        { () throws(MartletError) in
          try BlockFile.directoryHandle(
            of: bytes, kind: .segmentFile, newestVersion: SegmentFileFormat.version)
        })
    else { return }
    let blocks = extents.sorted { $0.offset < $1.offset }
    var end = UInt64(FileHeader.byteCount)
    for block in blocks where block.byteCount > 0 {
      guard block.offset == end else {
        findings.note(
          place.at(end),
          block.offset > end ? "nothing points to the bytes from here on" : "blocks overlap here")
        return
      }
      end = block.offset + block.byteCount
    }
    let last = directory.offset + UInt64(directory.byteCount)
    guard end == directory.offset,
      last + UInt64(BlockFile.trailerByteCount) == UInt64(bytes.count)
    else {
      findings.note(place.at(end), "nothing points to the bytes from here on")
      return
    }
    var counts = [UInt64](repeating: 0, count: ByteKind.allCases.count)
    counts[Int(ByteKind.directories.rawValue)] = UInt64(FileHeader.byteCount)
    for block in blocks { counts[Int(block.kind.rawValue)] += block.byteCount }
    if counts != file.directory.byteCounts {
      findings.note(derived("the directory").at(directory.offset), "its bytes by kind are wrong")
    }
  }

  /// All blocks but the file's directory.
  private var extents: [Extent] {
    let directory = file.directory
    var extents: [Extent] = []
    func add(_ handle: BlockHandle?, _ kind: ByteKind) {
      guard let handle else { return }
      extents.append(
        Extent(offset: handle.offset, byteCount: UInt64(handle.byteCount), kind: kind))
    }
    func add(_ column: PagedColumn, _ kind: ByteKind) {
      for page in column.pages.indices { add(column.handle(ofPage: page), kind) }
    }
    for property in directory.properties { add(property.dictionary, .dictionaries) }
    add(directory.anyUsers, .anyBitmaps)
    for bitmap in directory.anyCoarse + directory.anyDays { add(bitmap.users, .anyBitmaps) }
    for column in [
      directory.firstSeenUsers, directory.firstSeenTimes, directory.aliasUsers,
      directory.aliasTargets,
    ] {
      add(column, .directories)
    }
    for page in directory.insertIDIndex.pages {
      extents.append(
        Extent(offset: page.offset, byteCount: UInt64(page.byteCount), kind: .insertIDs))
    }
    for (index, entry) in directory.runs.enumerated() {
      add(entry.directory, .directories)
      // It was opened before.
      guard let run = try? file.run(at: index) else { continue }
      add(run.directory.users, .users)
      add(run.directory.rowsPerUser, .users)
      add(run.directory.times, .time)
      for column in [
        run.directory.tieRows, run.directory.tieRanks, run.directory.sentRows,
        run.directory.sentUsers,
      ] {
        add(column, .directories)
      }
      add(run.directory.insertIDPresence, .insertIDs)
      add(run.directory.insertIDs, .insertIDs)
      for column in run.directory.columns {
        add(column.presence, .properties)
        add(column.values, .properties)
      }
    }
    return extents
  }
}
