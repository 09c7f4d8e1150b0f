/// What a problem means for a repair: what cannot be kept, or must be made anew.
enum Damage: Hashable, Sendable {
  /// The manifest says of its files what is not so; it can be put right.
  case manifest
  /// Nothing of a segment file can be read. Places are those in the manifest.
  case segmentFile(Int)
  /// A run of a segment file is damaged.
  case run(file: Int, run: Int)
  /// What a segment file derives from its rows is wrong, and can be made anew.
  case derived(file: Int)
  /// The identity edges of a segment file are damaged.
  case edges(file: Int)
  /// Nothing of a user file can be read, or it is not where it should be.
  case userFile(Int)
  /// Some ids of a user file cannot be read.
  case userIDs(Int)
  /// When users were first seen can be made anew.
  case firstSeen
  /// The log is damaged from some place on.
  case log
}
