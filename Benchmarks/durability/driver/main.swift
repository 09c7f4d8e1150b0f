import Martlet

// A writer to be killed, and a writer beside readers.
//
//   DurabilityDriver write STORE FIRST ROWS   commits batches FIRST, FIRST + 1, ... through the log,
//                                             and prints the number of each once it is durable
//   DurabilityDriver stress STORE SECONDS [ROUNDS]
//                                             one writer, eight readers, compaction; prints figures;
//                                             events of all rounds but the last ROUNDS expire
//
// `stress` under ThreadSanitizer needs ../sanitizer/mutex.c, which says how.
let arguments = CommandLine.arguments
switch (arguments.count, arguments.dropFirst().first) {
case (5, "write"):
  try BatchWriter(path: arguments[2], rowCount: Int(arguments[4]) ?? 20)
    .run(from: Int(arguments[3]) ?? 0)
case (4...5, "stress"):
  try Stress(
    path: arguments[2], seconds: Double(arguments[3]) ?? 10,
    keptRoundCount: arguments.count > 4 ? Int(arguments[4]) : nil
  ).run()
default:
  print("usage: DurabilityDriver write STORE FIRST ROWS | stress STORE SECONDS [ROUNDS]")
}
