import MartletModel

/// All runs of one event type, or of trait updates.
struct MergeRun {
  /// nil for trait updates.
  let eventType: Text?
  /// In order of arrival; those of moved rows come last.
  var sources: [MergeSource]
}
