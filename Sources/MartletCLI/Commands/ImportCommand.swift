import ArgumentParser
import Martlet

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import events from files or standard input.",
    discussion: """
      martlet import shop.store events.ndjson.gz
      martlet import shop.store *.csv --user customer_id --event action --time at
      cat e.ndjson | martlet import shop.store - --format ndjson --format json
      martlet import shop.store old.csv --timezone Europe/Berlin --rejects no.txt

      Makes the store where there is none. Files may be compressed (gzip, zstd
      or LZ4, told by their bytes). A timestamp is ISO 8601, a date, or epoch
      seconds, milliseconds or microseconds by magnitude; what was assumed is
      said at the end. Lines that give no event are rejected, with the reason;
      the others are imported. Rows that the store refuses, of forgotten users
      or older than it keeps, count as rejected too. Importing a file again adds nothing where its
      events carry insert ids.

      Ctrl-C ends the import after the current batch and says what is durable.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Argument(
    help: ArgumentHelp("Files to import; - is standard input.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "What the files are, or how the result is printed; name it twice for both.",
      valueName: "format"))
  var format: [ImportFormatArgument] = []

  @Option(help: ArgumentHelp("The field of the user id.", valueName: "field"))
  var user = "user_id"

  @Option(help: ArgumentHelp("The field of the event type.", valueName: "field"))
  var event = "event"

  @Option(help: ArgumentHelp("The field of the timestamp.", valueName: "field"))
  var time = "timestamp"

  @Option(help: ArgumentHelp("The field of the insert id.", valueName: "field"))
  var insertID = "insert_id"

  @Option(
    help: ArgumentHelp(
      "The kind of a CSV column: text, number or boolean. May be repeated.",
      valueName: "column=kind"))
  var types: [ColumnTypeArgument] = []

  @Option(
    name: .customLong("timezone"),
    help: ArgumentHelp("The zone of timestamps without one.", valueName: "zone"))
  var timeZone = "UTC"

  @Option(help: ArgumentHelp("Write rejected lines to this file, as NDJSON.", valueName: "file"))
  var rejects: String?

  @Option(
    help: ArgumentHelp("Stop at the first reject past so many. Default: never.", valueName: "n"))
  var maxRejects: Int?

  func validate() throws {
    if let maxRejects, maxRejects < 0 {
      throw ValidationError("--max-rejects must not be negative.")
    }
    if let rejects, files.contains(rejects) {
      throw ValidationError("--rejects would overwrite the input \(rejects).")
    }
    _ = try formats()
  }

  /// The format of the input and of the output.
  private func formats() throws -> (input: ImportFormat, output: OutputFormat) {
    var (input, output): (ImportFormat?, OutputFormat?)
    for argument in format {
      switch argument {
      case .input(let format):
        guard input == nil else { throw ValidationError("--format names two input formats.") }
        input = format
      case .output(let format):
        guard output == nil else { throw ValidationError("--format names two output formats.") }
        output = format
      case .planned(let name):
        throw ValidationError(
          "--format \(name) cannot be read yet; convert the file to NDJSON or CSV.")
      }
    }
    return (input ?? .auto, output ?? .table)
  }

  func run() throws {
    let (input, output) = try formats()
    // Everything that may be wrong with the arguments is found before there is a store.
    let options = try options(input)
    let inputs = try ImportInputs(files)
    let recorder = try RejectRecorder(path: rejects)
    Interrupts.catchFirst()
    let store = try StoreAccess.writable(store)
    let progress = ProgressLine()
    let summary: ImportSummary
    do {
      summary = try store.importEvents(
        from: inputs, options: options, onRejects: recorder.record,
        onProgress: { step in
          progress.show(step)
          return !Interrupts.wereCaught
        })
    } catch {
      progress.clear()
      try recorder.finish()
      throw error
    }
    progress.clear()
    try recorder.finish()
    try store.close()
    let report = ImportReportOutput(summary)
    report.printRemarks()
    try StandardOutput.shared.write(output == .json ? report.json : report.table)
    if summary.wasStopped { throw Interruption() }
  }

  private func options(_ format: ImportFormat) throws(MartletError) -> ImportOptions {
    var options = ImportOptions()
    options.format = format
    options.rejectLimit = maxRejects
    options.decoding.fields = FieldMapping(
      user: user, event: event, time: time, insertID: insertID)
    options.decoding.timeZone = try TimeZoneRules(named: timeZone)
    for type in types { options.decoding.columnTypes[type.column] = type.kind }
    return options
  }
}
