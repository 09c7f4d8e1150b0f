package import MartletModel
package import MartletSegmentFile
package import RoaringBitmap

/// Which ordinals are other users': a forest whose roots are the users that questions count.
///
/// An edge never changes and never goes, so that an ordinal's rows are found under it or under
/// one of those it leads to, whenever they were written.
package struct IdentityTable: Sendable {
  private var targets: [UInt32: UInt32] = [:]
  /// Ordinals that an edge leads to: users in their own right.
  private var known: Set<UInt32> = []

  package init() {}

  package var isEmpty: Bool { targets.isEmpty }
  package var count: Int { targets.count }

  /// The ordinals that are another's.
  package var aliases: RoaringBitmap { RoaringBitmap(sorted: targets.keys.sorted()) }

  /// The ordinal of the user that an ordinal stands for.
  /// - Complexity: O(edges on the way)
  package func canonical(of ordinal: UInt32) -> UInt32 {
    var ordinal = ordinal
    while let target = targets[ordinal] { ordinal = target }
    return ordinal
  }

  /// An ordinal and those it leads to, up to the user.
  package func chain(from ordinal: UInt32) -> [UInt32] {
    var chain = [ordinal]
    while let target = targets[chain[chain.count - 1]] { chain.append(target) }
    return chain
  }

  /// The users of `aliases`, in no order.
  package func canonicals(of aliases: RoaringBitmap) -> Set<UInt32> {
    Set(aliases.map { canonical(of: $0) })
  }

  /// All ordinals of each of `users`: themselves and what leads to them.
  package func ordinals(of users: Set<UInt32>) -> Set<UInt32> {
    var found = users
    for alias in targets.keys where users.contains(canonical(of: alias)) { found.insert(alias) }
    return found
  }

  /// Where the rows belong that came before some edges: rows that came later lie there already.
  func ordinalMap(of edges: [IdentityEdge]) -> OrdinalMap {
    OrdinalMap(Dictionary(uniqueKeysWithValues: edges.map { ($0.user, canonical(of: $0.user)) }))
  }

  /// Where each alias's rows belong.
  package var ordinalMap: OrdinalMap {
    OrdinalMap(
      Dictionary(uniqueKeysWithValues: targets.keys.map { ($0, canonical(of: $0)) }))
  }

  /// The edge that a link makes; nil where it changes nothing.
  ///
  /// The first alias of an id holds, and a user in its own right becomes another's only by a merge.
  mutating func link(_ kind: IdentityLink.Kind, from: UInt32, to: UInt32) -> IdentityEdge? {
    let user = canonical(of: to)
    var source = from
    switch kind {
    case .alias: if targets[from] != nil || known.contains(from) { return nil }
    case .merge: source = canonical(of: from)
    }
    guard source != user else { return nil }
    insert(IdentityEdge(user: source, target: user))
    return IdentityEdge(user: source, target: user)
  }

  /// Takes over stored edges.
  /// - Throws: `.corrupt` where an ordinal would have two, or would lead to itself.
  package mutating func add(_ edges: [IdentityEdge], userCount: Int) throws(MartletError) {
    for edge in edges {
      guard Int(edge.user) < userCount, Int(edge.target) < userCount else {
        throw MartletError(
          .corrupt, "an identity is of an unknown user", remedy: BlockHandle.remedy)
      }
      guard targets[edge.user] == nil, canonical(of: edge.target) != edge.user else {
        throw MartletError(
          .corrupt, "the identities of user \(edge.user) contradict each other",
          remedy: BlockHandle.remedy)
      }
      insert(edge)
    }
  }

  private mutating func insert(_ edge: IdentityEdge) {
    targets[edge.user] = edge.target
    known.insert(edge.target)
  }
}
