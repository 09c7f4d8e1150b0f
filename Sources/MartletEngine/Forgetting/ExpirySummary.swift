/// What an expiry did.
package struct ExpirySummary: Hashable, Sendable {
  /// Events that were dropped.
  package var eventCount = 0
  /// Segment files that were rewritten, or went altogether.
  package var fileCount = 0
}
