/// Which ordinal stands for a user from now on, for those ordinals that no longer do themselves.
///
/// A target is final: it is looked up once and is no key of the map itself.
package struct OrdinalMap: Hashable, Sendable {
  /// Ascending.
  package let keys: [UInt32]
  /// `targets[i]` is where `keys[i]` leads.
  package let targets: [UInt32]

  /// A map that leaves every ordinal as it is.
  package init() { (keys, targets) = ([], []) }

  /// - Precondition: no ordinal is both a key and a target.
  package init(_ map: [UInt32: UInt32]) {
    let sorted = map.sorted { $0.key < $1.key }
    (keys, targets) = (sorted.map(\.key), sorted.map(\.value))
    precondition(targets.allSatisfy { map[$0] == nil }, "a target is final")
  }

  package var isEmpty: Bool { keys.isEmpty }

  /// Where an ordinal leads, or nil where it stands for itself.
  /// - Complexity: O(log keys)
  package func target(of ordinal: UInt32) -> UInt32? {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < ordinal { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == ordinal ? targets[low] : nil
  }

  /// The ordinal that stands for the user of `ordinal`.
  /// - Complexity: O(log keys)
  package func canonical(_ ordinal: UInt32) -> UInt32 { target(of: ordinal) ?? ordinal }
}
