import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// A file of blocks taken apart: blocks can be changed, and the checksums on the way to them made
/// right again, so that what stands behind the checksums meets damaged bytes.
///
/// It knows the frame and no directory: wherever bytes read as an offset, a length and the checksum
/// of just the bytes that lie there, they are a handle.
struct BlockFileParts {
  /// A block, or the pages of a column.
  private struct Part {
    var content: [UInt8]
    /// Whether the content lies in the file as a block form.
    var isCompressed = false
    /// Bytes of each page; one number for a block.
    var byteCounts: [Int] = []
    /// The part that holds the handle, and where in it.
    var parent = 0
    var place = 0..<0
  }

  /// The file's bytes up to its directory.
  private let body: [UInt8]
  /// The directory, then each part behind the one that points to it.
  private var parts: [Part] = []

  /// - Throws: `.corrupt` where the frame is damaged.
  init(_ file: [UInt8], kind: FileHeader.Kind) throws(MartletError) {
    let bytes = FileBytes(file, name: "seed")
    let directory = try BlockFile.directory(of: bytes, kind: kind, newestVersion: 1)
    var reader = ByteReader(
      file.rawSpan.extracting(file.count - BlockFile.trailerByteCount..<file.count),
      of: "trailer")
    body = Array(file[..<Int(try reader.readUInt64())])
    parts.append(Part(content: directory, isCompressed: true))
    var next = 0
    while next < parts.count {
      if next == 0 || parts[next].isCompressed { findParts(in: next) }
      next += 1
    }
  }

  var partCount: Int { parts.count }

  private mutating func findParts(in parent: Int) {
    let content = parts[parent].content
    var place = 0
    while place < content.count {
      if var part = part(at: place, of: content) {
        part.parent = parent
        place = part.place.upperBound
        parts.append(part)
      } else {
        place += 1
      }
    }
  }

  private func part(at place: Int, of content: [UInt8]) -> Part? {
    var end = place
    guard let start = number(in: content, &end), start >= FileHeader.byteCount, start < body.count
    else { return nil }
    var part = Part(content: [])
    var bodyEnd = start
    while let page = page(in: content, at: end, from: bodyEnd) {
      part.byteCounts.append(page.byteCount)
      (end, bodyEnd) = (page.end, bodyEnd + page.byteCount)
    }
    guard bodyEnd > start else { return nil }
    part.content = Array(body[start..<bodyEnd])
    part.place = place..<end
    if part.byteCounts.count == 1, let codec = part.content.first, codec < Codec.allCases.count,
      let plain = try? Block.decompress(part.content.rawSpan, limit: 1 << 20), !plain.isEmpty
    {
      (part.content, part.isCompressed) = (plain, true)
    }
    return part
  }

  /// A page of the body whose length and checksum stand there, and where they end.
  private func page(
    in content: [UInt8], at place: Int, from start: Int
  ) -> (byteCount: Int, end: Int)? {
    var end = place
    guard let count = number(in: content, &end), count > 0, count <= body.count - start,
      end + 4 <= content.count
    else { return nil }
    let checksum = content.rawSpan.integer(at: end, as: UInt32.self)
    guard CRC32C.checksum(body.rawSpan.extracting(start..<start + count)) == checksum else {
      return nil
    }
    return (count, end + 4)
  }

  /// The varint there, where it is a short one; an error for each place of a file would take too
  /// long.
  private func number(in content: [UInt8], _ place: inout Int) -> Int? {
    var (value, shift) = (0, 0)
    while place < content.count, shift < 28 {
      let byte = content[place]
      place += 1
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// A file in which one or two blocks are changed.
  /// - Parameter isRewritten: whether what no handle leads to is left out; else it stays.
  func forged(_ random: inout SplitMix64, isRewritten: Bool = false) -> [UInt8] {
    var chosen = [random.integer(0...parts.count - 1)]
    if random.chance(0.3) { chosen.append(random.integer(0...parts.count - 1)) }
    var output = isRewritten ? Array(body.prefix(FileHeader.byteCount)) : body
    // By part: what its handles become, the last one first.
    var handles: [Int: [(place: Range<Int>, bytes: [UInt8])]] = [:]
    for index in parts.indices.reversed() {
      let isChosen = chosen.contains(index)
      guard isChosen || handles[index] != nil || index == 0 || isRewritten else { continue }
      if isChosen, handles[index] == nil, random.chance(0.2) {
        handles[index] = exchangedHandle(of: index, &random)
      }
      var content = parts[index].content
      for handle in handles[index] ?? [] {
        content.replaceSubrange(handle.place, with: handle.bytes)
      }
      let bytes = form(content, of: index, isDamaged: isChosen, &random)
      guard index > 0 else { return finished(output, directory: bytes, &random) }
      handles[parts[index].parent, default: []].append(
        (parts[index].place, handle(of: bytes, at: output.count, parts[index].byteCounts)))
      output += bytes
    }
    preconditionFailure("the directory ends the loop")
  }

  /// The bytes of a part as they lie in the file.
  private func form(
    _ content: [UInt8], of index: Int, isDamaged: Bool, _ random: inout SplitMix64
  ) -> [UInt8] {
    var content = content
    let damagesForm = parts[index].isCompressed && random.chance(0.15)
    if isDamaged, !damagesForm {
      if random.chance(0.06) {
        content = random.pick(parts).content
      } else {
        ByteDamage.some(&content, &random)
      }
    }
    guard parts[index].isCompressed else { return content }
    let codec = random.chance(0.8) ? Codec.stored : random.pick(Codec.allCases)
    var form = Block.compress(content, codec: codec, level: 1)
    if isDamaged, damagesForm { ByteDamage.some(&form, &random) }
    return form
  }

  /// One of the handles in a part, to become another one; none where there is no other.
  private func exchangedHandle(
    of index: Int, _ random: inout SplitMix64
  ) -> [(place: Range<Int>, bytes: [UInt8])]? {
    let children = parts.indices.filter { $0 > 0 && parts[$0].parent == index }
    guard children.count > 1 else { return nil }
    let other = parts[random.pick(children)].place
    return [(parts[random.pick(children)].place, Array(parts[index].content[other]))]
  }

  private func handle(of bytes: [UInt8], at offset: Int, _ byteCounts: [Int]) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeVarint(UInt64(offset))
    var start = 0
    for (page, count) in byteCounts.enumerated() {
      // The change of a page's length goes to the last one.
      let end = page == byteCounts.count - 1 ? bytes.count : min(bytes.count, start + count)
      writer.writeVarint(UInt64(end - start))
      writer.writeUInt32(CRC32C.checksum(bytes.rawSpan.extracting(start..<end)))
      start = end
    }
    return writer.bytes
  }

  private func finished(
    _ output: [UInt8], directory: [UInt8], _ random: inout SplitMix64
  ) -> [UInt8] {
    var trailer = ByteWriter()
    trailer.writeUInt64(UInt64(output.count))
    trailer.writeUInt32(UInt32(directory.count))
    trailer.writeUInt32(CRC32C.checksum(directory))
    var covered = trailer.bytes
    if random.chance(0.03) { covered[random.integer(0...15)] ^= 1 << UInt8(random.integer(0...7)) }
    var end = ByteWriter()
    end.writeUInt32(CRC32C.checksum(covered))
    end.writeUInt32(0)
    end.writeBytes(BlockFile.endMagic)
    return output + directory + covered + end.bytes
  }
}
