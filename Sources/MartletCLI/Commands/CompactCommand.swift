import ArgumentParser
import Martlet

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct CompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Merge a store's files, and erase forgotten users.",
    discussion: """
      martlet compact shop.store
      martlet compact shop.store --format json
      martlet compact shop.store --no-wait

      Nothing of a forgotten user is in the store's files afterwards. A process
      that still answers questions from before keeps the old files' bytes alive;
      it is named, and waited for. What is done stays done if you press Ctrl-C
      while it waits.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Flag(
    name: .customLong("no-wait"),
    help: "Do not wait for the readers of what was erased; name them and end.")
  var isImpatient = false

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  func run() throws {
    let store = try StoreAccess.existing(store)
    let summary = try store.compact()
    if summary.erasedUsers > 0 { try wait(summary, store) }
    let readers = summary.erasedUsers > 0 ? try store.remainingReaders(of: summary) : []
    try store.close()
    try report(summary, readers)
  }

  private static let pollMicroseconds: UInt32 = 100_000

  /// Returns when nobody uses what was erased any more.
  private func wait(_ summary: CompactionSummary, _ store: EventStore) throws {
    var named: [String] = []
    while true {
      let readers = try store.remainingReaders(of: summary)
      if readers.isEmpty { return }
      if readers != named {
        let who = readers.joined(separator: ", ")
        StandardError.remark(
          isImpatient
            ? "\(who) still reads what was erased; its bytes go when that ends"
            : "waiting for \(who), which still reads what was erased")
        named = readers
      }
      if isImpatient { return }
      usleep(CompactCommand.pollMicroseconds)
    }
  }

  private func report(_ summary: CompactionSummary, _ readers: [String]) throws {
    let figures = [
      ("segment_files_before", summary.segmentFilesBefore),
      ("segment_files_after", summary.segmentFilesAfter),
      ("bytes_before", summary.byteCountBefore), ("bytes_after", summary.byteCountAfter),
      ("erased_users", summary.erasedUsers),
    ]
    let output = StandardOutput.shared
    switch format {
    case .table:
      var table = Table(["figure": .left, "before": .right, "after": .right])
      table.append([
        "segment files", Decimals.grouped(summary.segmentFilesBefore),
        Decimals.grouped(summary.segmentFilesAfter),
      ])
      table.append([
        "bytes", Decimals.grouped(summary.byteCountBefore),
        Decimals.grouped(summary.byteCountAfter),
      ])
      try output.write(table.text)
      if summary.erasedUsers > 0 {
        try output.writeLine("erased \(Decimals.grouped(summary.erasedUsers)) forgotten ids")
      }
    case .json:
      var fields = figures.map { ($0.0, JSONValue.integer($0.1)) }
      fields.append(("readers", .array(readers.map { .text($0) })))
      try output.writeLine(JSONValue.fields(fields).text)
    case .csv:
      var table = Table(["figure": .left, "value": .right])
      for (name, value) in figures { table.append([name, String(value)]) }
      try output.write(table.csv)
    }
  }
}
