import MartletModel

@testable import MartletImport

/// What an import handed out.
struct Imported: Equatable {
  var rows: [String] = []
  var rejects: [Reject] = []
  var report = ImportReport()
}

/// Imports everything.
func importAll(_ sources: [ImportSource], _ options: ImportOptions) throws -> Imported {
  var result = Imported()
  try importAll(sources, options, into: &result)
  return result
}

/// Imports into `result`, which has what was handed out before an error, too.
func importAll(
  _ sources: [ImportSource], _ options: ImportOptions, into result: inout Imported
) throws {
  result.report = try ImportPipeline(options: options).run(sources) { batch, rejects, _ in
    result.rows += dump(batch)
    result.rejects += rejects
  }
}

/// The error of an import, and what it handed out before.
func importFailing(
  _ sources: [ImportSource], _ options: ImportOptions = ImportOptions()
) -> (error: MartletError?, before: Imported) {
  var result = Imported()
  do {
    try importAll(sources, options, into: &result)
    return (nil, result)
  } catch {
    return (error as? MartletError, result)
  }
}
