import MartletModel

extension JSONParser {
  /// Reads the array whose `[` lies before `start`.
  ///
  /// Its scalars become the items of the path's list; arrays within count as if their items stood
  /// here; objects within give lists at their own paths; nulls are dropped. Once the outermost
  /// array ends, its lists become cells.
  mutating func array(at start: Int, of node: UInt32, depth: Int) -> Int {
    guard depth <= Limits.nestingDepth else {
      return fail("nested more than \(Limits.nestingDepth) deep", node: node)
    }
    if arrayNesting == 0 { arrayHasObject = false }
    arrayNesting += 1
    let firstEntry = entries.count
    var (position, hasObject) = (input.skipSpace(start), false)
    if input[position] == UInt8(ascii: "]") {
      position += 1
    } else {
      while true {
        if input[position] == UInt8(ascii: "{") {
          hasObject = true
          arrayHasObject = true
        }
        position = propertyValue(at: position, of: node, depth: depth)
        guard position >= 0 else { return position }
        position = input.skipSpace(position)
        let mark = input[position]
        position += 1
        if mark == UInt8(ascii: "]") { break }
        guard mark == UInt8(ascii: ",") else {
          return failSyntax("',' or ']'", at: position - 1)
        }
        position = input.skipSpace(position)
      }
    }
    if !hasObject, entries.count == firstEntry {
      // The mark of an empty list; in the outermost array the cell itself says so.
      entries.append(EventBatch.Cell(name: node, kind: .null, payload: 0))
    }
    arrayNesting -= 1
    return arrayNesting == 0 ? finishArray(of: node, end: position) : position
  }

  /// Turns the entries of an outermost array into list cells.
  private mutating func finishArray(of node: UInt32, end: Int) -> Int {
    if arrayHasObject {
      finishMixedArray()
    } else {
      let start = items.count
      for index in 0..<entries.count where entries[index].kind != .null {
        items.append(entries[index])
      }
      let count = items.count - start
      cells.append(.list(of: node, start: start, count: count))
    }
    entries.truncate(to: 0)
    return isWithinPropertyLimit(node) ? end : Self.failed
  }

  /// Groups the entries by path: one list cell for each, in order of first appearance.
  /// - Complexity: O(entries)
  @inline(never)
  private mutating func finishMixedArray() {
    stamp += 1
    var lists: [(node: UInt32, start: Int, count: Int)] = []
    for index in 0..<entries.count {
      let entry = entries[index]
      let node = Int(entry.name)
      if paths.nodes[node].listStamp != stamp {
        paths.nodes[node].listStamp = stamp
        paths.nodes[node].listIndex = UInt32(lists.count)
        lists.append((entry.name, 0, 0))
      }
      if entry.kind != .null { lists[Int(paths.nodes[node].listIndex)].start += 1 }
    }
    // `start` held the count of items; now it becomes where they start.
    var next = items.count
    for index in lists.indices {
      let count = lists[index].start
      lists[index].start = next
      next += count
    }
    let empty = EventBatch.Cell(name: 0, kind: .null, payload: 0)
    while items.count < next { items.append(empty) }
    for index in 0..<entries.count where entries[index].kind != .null {
      let entry = entries[index]
      let list = Int(paths.nodes[Int(entry.name)].listIndex)
      items[lists[list].start + lists[list].count] = entry
      lists[list].count += 1
    }
    for list in lists {
      cells.append(.list(of: list.node, start: list.start, count: list.count))
    }
  }
}

extension EventBatch.Cell {
  /// A list of `count` items from `start` on.
  static func list(of name: UInt32, start: Int, count: Int) -> EventBatch.Cell {
    EventBatch.Cell(name: name, kind: .list, payload: Int64(start) << 32 | Int64(count))
  }
}
