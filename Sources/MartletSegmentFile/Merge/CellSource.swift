/// What is needed to know of a source to read its texts.
struct CellSource {
  /// The property's dictionary in the source's file, if it has texts in one.
  var dictionary: TextDictionary?
  /// The place in the merged dictionary of each text of `dictionary`; `UInt32.max` for texts that
  /// no kept row has.
  var ranks: [UInt32] = []
}
