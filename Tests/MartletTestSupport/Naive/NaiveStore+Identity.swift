public import MartletModel

extension NaiveStore {
  /// Takes over that two ids are one user's, from the beginning of time.
  ///
  /// An alias is somebody's once and for all, and nobody to whom another id leads becomes one. A
  /// merge joins two users, whatever ids it names them by.
  public mutating func link(_ kind: IdentityLink.Kind, from: Text, to: Text) {
    guard !isRefused(from), !isRefused(to) else {
      tally.ignoredLinks += 1
      return
    }
    let (source, target) = (life(of: from), life(of: to))
    known.formUnion([source, target])
    let mayLink =
      switch kind {
      case .alias: targets[source] == nil && !targets.values.contains(source)
      case .merge: true
      }
    guard mayLink, root(of: source) != root(of: target) else {
      tally.ignoredLinks += 1
      return
    }
    targets[root(of: source)] = target
    tally.identified += 1
  }

  /// The id that stands for an id's user.
  func root(of life: Life) -> Life {
    var life = life
    while let next = targets[life] { life = next }
    return life
  }
}
