extension PathTable {
  /// Whether `node` is `ancestor` or lies below it.
  func isWithin(_ node: UInt32, _ ancestor: UInt32) -> Bool {
    var current = node
    while current != PathTable.none {
      if current == ancestor { return true }
      current = nodes[Int(current)].parent
    }
    return false
  }

  /// The dotted path of a node, as the name of a property or (without `traits.`) of a trait.
  ///
  /// The key `properties` itself is never part of a name.
  func dottedPath(of node: UInt32, asTrait: Bool) -> [UInt8] {
    var keysUpwards: [[UInt8]] = []
    var current = node
    while current != PathTable.root {
      let entry = nodes[Int(current)]
      let isLeftOut =
        current != node
        && (entry.role == .properties || (asTrait && entry.role == .traits))
      if !isLeftOut {
        let start = Int(entry.keyOffset)
        keysUpwards.append(keys.window.bytes(start..<start + Int(entry.keyCount)))
      }
      current = entry.parent
    }
    return Array(keysUpwards.reversed().joined(separator: [UInt8(ascii: ".")]))
  }
}
