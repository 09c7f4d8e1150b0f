import MartletEncoding
import MartletModel

/// The dictionaries of a merged file: exactly the texts that its rows use.
struct MergedTexts {
  /// By the merge's number of the property; nil where texts are written out, or there are none.
  let dictionaries: [MergedDictionary?]
  /// By reading, then by the merge's number of the property.
  private let sources: [[Int: CellSource]]

  /// Finds out which texts the merged rows use, and decides where a dictionary pays.
  /// - Complexity: O(texts of dictionaries); where rows are left out or texts are written out,
  ///   O(values) of the property
  static func survey(_ inputs: MergeInputs) throws(MartletError) -> MergedTexts {
    let numbers = Array(inputs.propertyNames.indices)
    let dictionaries = try Parallel.map(numbers) { number throws(MartletError) in
      let survey = try TextSurvey(number, inputs)
      return try survey.dictionary()
    }
    // A dictionary that no merged row needs may be damaged.
    var used = inputs.readings.map { _ in Set<Int>() }
    for source in inputs.runs.flatMap(\.sources) {
      for column in source.run.directory.columns where column.kind == .text {
        used[source.reading].insert(column.property)
      }
    }
    let sources = try Parallel.map(Array(zip(inputs.readings, used))) {
      reading, used throws(MartletError) in
      var sources: [Int: CellSource] = [:]
      for (own, property) in reading.file.directory.properties.enumerated()
      where property.dictionary.valueCount > 0 && used.contains(own) {
        let number = reading.properties[own]
        let dictionary = try reading.file.dictionary(ofProperty: own)
        sources[number] = CellSource(
          dictionary: dictionary, ranks: dictionaries[number]?.ranks(of: dictionary) ?? [])
      }
      return sources
    }
    return MergedTexts(dictionaries: dictionaries, sources: sources)
  }

  /// What is needed to read the texts of a property in one of the files.
  func source(_ property: Int, reading: Int) -> CellSource {
    sources[reading][property] ?? CellSource()
  }
}
