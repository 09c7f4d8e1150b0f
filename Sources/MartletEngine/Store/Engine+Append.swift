import MartletEncoding
package import MartletModel
import MartletSegmentFile
import Synchronization

extension Engine {
  /// Takes the rows of a batch, in their order.
  ///
  /// They become durable and visible with `commit`. A row whose insert id is known for the same
  /// user and event type is dropped; a row of a forgotten user, or older than what the store
  /// keeps, is refused.
  /// - Throws: `.poisoned` after an earlier failed write; `.io`, `.limit`.
  package func append(_ batch: borrowing EventBatch) throws(MartletError) -> AppendSummary {
    precondition(access == .readWrite, "a reader does not append")
    // A borrowed parameter cannot be captured; the copy shares all storage.
    let batch = copy batch
    return try writer.withLock { writer throws(MartletError) in
      try writer.checkUsable()
      let names = try writer.buffer.mapNames(of: batch)
      do throws(MartletError) {
        return try append(batch, names, &writer)
      } catch {
        // Some of its rows are in the buffer.
        writer.pending.bypassLog()
        throw error
      }
    }
  }

  private func append(
    _ batch: EventBatch, _ firstNames: SegmentFileBuffer.NameMap, _ writer: inout Writer
  ) throws(MartletError) -> AppendSummary {
    var (summary, names) = (AppendSummary(), firstNames)
    let found = writer.users.findAll(batch)
    var (users, sentUsers): ([UInt32], [UInt32]) = ([], [])
    users.reserveCapacity(batch.count)
    sentUsers.reserveCapacity(batch.count)
    var isSealed = try writer.sealed(batch, users: found)
    for row in 0..<batch.count {
      let place = try writer.place(
        row, of: batch, known: found[row], isSealed: isSealed[row], &summary)
      guard let place else {
        users.append(LogBatch.leftOut)
        sentUsers.append(LogBatch.leftOut)
        continue
      }
      writer.buffer.append(
        batch, row: row, user: place.user, sentAs: place.sentAs, names: names, key: place.key)
      users.append(place.user)
      sentUsers.append(place.sentAs)
      summary.appended += 1
      if writer.buffer.isFull(at: configuration.bufferByteCount) {
        try writer.checkRoom(fileCountMax: fileCountMax)
        try seal(&writer)
        summary.didSeal = true
        isSealed = try writer.sealed(batch, users: writer.users.findAll(batch))
        names = try writer.buffer.mapNames(of: batch)
      }
    }
    for link in batch.links { try writer.add(link, of: batch, &summary) }
    writer.pending.append(
      LogBatch(batch: batch, users: users, sentUsers: sentUsers),
      limit: configuration.logByteCount)
    writer.pending.duplicateCount += UInt64(summary.duplicates)
    return summary
  }
}

extension Engine {
  /// Makes sure that the store takes rows of a user, and events of a time.
  /// - Throws: `.refused`, naming the user.
  package func checkAdmitted(_ user: Text, eventAt time: Timestamp?) throws(MartletError) {
    guard mayRefuse.load(ordering: .acquiring) else { return }
    let id = Array(user.utf8)
    let reason = writer.withLock { writer in
      let known = writer.users.find(id.rawSpan) ?? .max
      return writer.refusal(id.rawSpan, known, time?.milliseconds)
    }
    switch reason {
    case .forgottenUser:
      throw MartletError(
        .refused, "the user \"\(user)\" was forgotten",
        remedy: "admit the id again first, if that is meant")
    case .expired:
      throw MartletError(
        .refused, "the event of user \"\(user)\" is older than what the store keeps",
        remedy: "leave it out")
    case nil: return
    }
  }
}

extension Engine.Writer {
  /// Where a row belongs.
  struct Place {
    var user: UInt32
    /// The ordinal of the id as it was sent.
    var sentAs: UInt32
    var key: InsertIDKey?
  }

  /// Where a row belongs, and its user where that is new; nil where the row is left out.
  /// - Parameters:
  ///   - known: the ordinal of its id, where that was known before the batch.
  ///   - isSealed: whether an event with its insert id is in a sealed file.
  fileprivate mutating func place(
    _ row: Int, of batch: borrowing EventBatch, known: UInt32, isSealed: Bool,
    _ summary: inout AppendSummary
  ) throws(MartletError) -> Place? {
    let id = batch.bytes.rawSpan.extracting(batch.users[row].range)
    let isEvent = batch.types[row] != EventBatch.traitUpdate
    if let reason = refusal(id, known, isEvent ? batch.timestamps[row] : nil) {
      summary.refusals.append(AppendSummary.Refusal(row: row, reason: reason))
      return nil
    }
    var key: InsertIDKey?
    if isEvent, !batch.insertIDs[row].isNone {
      let insertID = batch.bytes.rawSpan.extracting(batch.insertIDs[row].range)
      // A user the store has not seen gets the next ordinal.
      let sent = known != .max ? known : users.find(id)
      let made = InsertIDKey(
        user: sent ?? UInt32(users.count),
        eventType: batch.eventTypes[Int(batch.types[row])], insertID: insertID)
      if isSealed || sent != nil && buffer.holds(made, insertID: insertID) {
        summary.duplicates += 1
        return nil
      }
      key = made
    }
    guard !identity.isEmpty else {
      let user = try users.see(id, known: known, at: batch.timestamps[row])
      return Place(user: user, sentAs: user, key: key)
    }
    let sent = known != .max ? known : try users.know(id)
    let user = identity.canonical(of: sent)
    users.correct(Int(user), batch.timestamps[row])
    return Place(user: user, sentAs: sent, key: key)
  }

  /// Whether an event with the insert id of each row is in a sealed file.
  /// - Parameter users: of the rows; `UInt32.max` where nothing of the user can be sealed.
  fileprivate func sealed(
    _ batch: borrowing EventBatch, users: [UInt32]
  ) throws(MartletError) -> [Bool] {
    var sealed = [Bool](repeating: false, count: batch.count)
    guard !sealedIDs.isEmpty else { return sealed }
    let batch = copy batch
    var (rows, fingerprints): ([Int], [UInt64]) = ([], [])
    for row in 0..<batch.count {
      guard users[row] != .max, !batch.insertIDs[row].isNone,
        batch.types[row] != EventBatch.traitUpdate
      else { continue }
      let key = InsertIDKey(
        user: users[row], eventType: batch.eventTypes[Int(batch.types[row])],
        insertID: batch.bytes.rawSpan.extracting(batch.insertIDs[row].range))
      rows.append(row)
      fingerprints.append(key.fingerprint)
    }
    let held = try sealedIDs.held(fingerprints, in: batch.bytes) { place in
      let row = rows[place]
      let type = Int(batch.types[row])
      return SealedInsertIDs.Wanted(
        type: type, eventType: batch.eventTypes[type], sender: users[row],
        users: identity.chain(from: users[row]), insertID: batch.insertIDs[row].range)
    }
    for (place, row) in rows.enumerated() where held[place] { sealed[row] = true }
    return sealed
  }

  fileprivate func refusal(
    _ id: RawSpan, _ known: UInt32, _ eventTime: Int64?
  ) -> AppendSummary.Refusal.Reason? {
    if known == .max, manifest.forgotten.contains(id) { return .forgottenUser }
    if let eventTime, let limit = manifest.expiredBefore, eventTime < limit { return .expired }
    return nil
  }

  /// Takes over that two ids are one user's.
  fileprivate mutating func add(
    _ link: IdentityLink, of batch: borrowing EventBatch, _ summary: inout AppendSummary
  ) throws(MartletError) {
    let (from, to) = (
      batch.bytes.rawSpan.extracting(link.from.range),
      batch.bytes.rawSpan.extracting(link.to.range)
    )
    if manifest.forgotten.contains(from) || manifest.forgotten.contains(to) {
      summary.ignoredLinks += 1
      return
    }
    let source = try users.know(from)
    guard let edge = identity.link(link.kind, from: source, to: try users.know(to)) else {
      summary.ignoredLinks += 1
      return
    }
    unsealedEdges.append(edge)
    pending.append(edge)
    summary.identified += 1
  }
}
