import MartletModel

/// One run of a pipeline over its sources: what it has counted so far.
struct ImportSession {
  let options: ImportOptions
  private(set) var report = ImportReport()
  private var progress = ImportProgress()

  init(options: ImportOptions) { self.options = options }

  /// The report with a remark for each way in which timestamps had to be guessed.
  var finishedReport: ImportReport {
    var finished = report
    finished.remarks += report.readings.remarks(zone: options.decoding.timeZone.name)
    return finished
  }

  /// Reads one source to its end.
  mutating func run(_ source: ImportSource, _ consume: ImportPipeline.Consumer) throws {
    let input = try ByteInput(source)
    progress.file = source.name
    progress.byteCount = input.byteCount
    var reader = ChunkReader(
      input, chunkByteCount: options.chunkByteCount,
      lineByteCountLimit: options.decoding.lineByteCountLimit)
    guard let (layout, headerLineCount) = try InputLayout.find(in: &reader, options: options)
    else {
      report.remarks.append("\(source.name): the file is empty")
      return
    }
    var tally = SourceTally(lineCount: headerLineCount)
    let queue = DecodingQueue(reader, layout: layout, options: options, file: source.name)
    try queue.run { outcome in
      switch outcome {
      case .decoded(let chunk, let bytesRead):
        try take(chunk, bytesRead: bytesRead, tally: &tally, consume)
      case .end(let bytesRead):
        try finish(tally, bytesRead: bytesRead, file: source.name, consume)
      case .failed(let error):
        throw error
      }
    }
  }

  /// Counts of one source.
  private struct SourceTally {
    var lineCount: Int
    /// Rows, and links of two ids.
    var rows = 0
    var rejects = 0
    var firstReject: Reject?
  }

  private mutating func take(
    _ chunk: DecodedChunk, bytesRead: Int, tally: inout SourceTally,
    _ consume: ImportPipeline.Consumer
  ) throws {
    var rejects = chunk.rejects
    for index in rejects.indices { rejects[index].line? += tally.lineCount }
    tally.lineCount += chunk.lineCount
    let allowed = options.rejectLimit.map { $0 - report.rejects } ?? Int.max
    let exceeds = rejects.count > allowed
    tally.firstReject = tally.firstReject ?? rejects.first
    tally.rows += chunk.batch.count + chunk.batch.links.count
    tally.rejects += rejects.count
    report.rows += chunk.batch.count
    report.links += chunk.batch.links.count
    report.rejects += rejects.count
    report.readings.add(chunk.readings)
    progress.bytesRead = bytesRead
    (progress.rows, progress.rejects) = (report.rows, report.rejects)
    if chunk.batch.count > 0 || !chunk.batch.links.isEmpty || !rejects.isEmpty {
      try consume(chunk.batch, rejects, progress)
    }
    if exceeds { throw tooManyRejects(rejects[allowed]) }
    if options.rejectLimit == nil, tally.rows == 0,
      tally.rejects >= ImportPipeline.hopelessRejectCount
    {
      throw hopeless(tally)
    }
  }

  private func tooManyRejects(_ reject: Reject) -> MartletError {
    MartletError(
      .badData, file: reject.file, place: reject.place,
      "more than \(options.rejectLimit ?? 0) lines were rejected; this one because: "
        + reject.reason,
      remedy: "see the rejects, or allow more of them")
  }

  private func hopeless(_ tally: SourceTally) -> MartletError {
    guard let first = tally.firstReject else { return ForeignFormat.unrecognised(progress.file) }
    return MartletError(
      .badData, file: first.file, place: first.place,
      "not one of the first \(tally.rejects) lines could be read; this one because: "
        + first.reason,
      remedy: "check the format and the names of the fields")
  }

  private mutating func finish(
    _ tally: SourceTally, bytesRead: Int, file: String, _ consume: ImportPipeline.Consumer
  ) throws {
    progress.bytesRead = bytesRead
    if tally.rows == 0, tally.rejects > 0, options.rejectLimit == nil { throw hopeless(tally) }
    if tally.rows == 0, tally.rejects == 0 {
      report.remarks.append("\(file): the file has no events")
    }
  }
}
