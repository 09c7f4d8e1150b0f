import MartletModel

/// What a store may hold after some steps of a script.
struct ScriptState {
  /// What a crash may leave: the last acknowledged commit, and where commits are acknowledged
  /// before they are on the disk, those before it too, oldest first.
  private(set) var committed = [StoreModel()]
  /// The last commit, and what was appended since.
  private(set) var pending = StoreModel()
  private let durability: StoreConfiguration.Durability

  init(_ durability: StoreConfiguration.Durability) { self.durability = durability }

  /// The last acknowledged commit.
  var latest: StoreModel { committed[committed.count - 1] }

  /// What a crash during a step may leave.
  func allowed(during step: StoreScript.Step) -> [StoreModel] {
    var after = pending
    switch step {
    case .append, .compactOnce, .read, .reopen: return committed
    case .commit, .flush, .compact: return committed + [pending]
    case .forget(let ids):
      _ = after.forget(ids)
      return committed + [pending, after]
    case .expire(let limit):
      _ = after.expire(before: limit)
      return committed + [pending, after]
    case .admit, .save: return committed + committed.map { $0.changed(by: step) }
    }
  }

  /// Takes over that a step succeeded.
  /// - Parameter isDurable: whether the step made all of its commit durable, whatever the
  ///   configuration says.
  mutating func finish(_ step: StoreScript.Step, isDurable: Bool) {
    switch step {
    case .append(let rows, let links):
      for row in rows { pending.append(row) }
      for link in links { _ = pending.link(link) }
    case .commit:
      if isDurable || durability == .full { committed = [] }
      committed.append(pending)
    case .flush, .compact: committed = [pending]
    case .forget(let ids):
      _ = pending.forget(ids)
      committed = [pending]
    case .expire(let limit):
      _ = pending.expire(before: limit)
      committed = [pending]
    case .admit, .save:
      pending = pending.changed(by: step)
      committed = committed.map { $0.changed(by: step) }
    case .compactOnce, .read: break
    case .reopen:
      pending = latest
      if isDurable { committed = [pending] }
    }
  }
}

extension StoreModel {
  /// What a step leaves that goes into the manifest, whatever was appended.
  fileprivate func changed(by step: StoreScript.Step) -> StoreModel {
    var changed = self
    switch step {
    case .admit(let ids): _ = changed.admit(ids)
    case .save(let name, let text): changed.savedSegments[name] = text
    default: preconditionFailure("the step changes rows")
    }
    return changed
  }
}
