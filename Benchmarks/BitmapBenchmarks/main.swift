import Glibc

// swift run -c release BitmapBenchmarks FOLDER [--only DATASET] [--operation NAME]
//
// With `--profile N`, only our side runs, N times, for a profiler to watch.
//
// FOLDER holds archives of real sets (`census1881.zip`, ...). `LIBPYTHON` and `PYROARING` name the
// shared objects of Python and of the wheel `pyroaring`.

func environment(_ name: String) -> String {
  guard let value = getenv(name) else { fatalError("\(name) is not set") }
  return String(cString: value)
}

func rounded(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let text = String(Int((value * scale).rounded()))
  if digits == 0 { return text }
  let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return "\(padded.dropLast(digits)).\(padded.suffix(digits))"
}

func geometricMean(_ values: [Double]) -> Double {
  exp(values.reduce(0) { $0 + log($1) } / Double(max(values.count, 1)))
}

guard CommandLine.arguments.count > 1,
  let c = CRoaring(libpython: environment("LIBPYTHON"), pyroaring: environment("PYROARING"))
else { fatalError("usage: BitmapBenchmarks FOLDER [--only DATASET] [--operation NAME]") }

let folder = CommandLine.arguments[1]
let densities: [(Double, String)] = [
  (0.00001, "1e-5"), (0.0001, "1e-4"), (0.001, "1e-3"), (0.01, "0.01"), (0.1, "0.1"),
  (0.5, "0.5"), (0.9, "0.9"),
]
var dataSets: [() -> DataSet] = []
let wanted = option("--only")
for name in DataSet.names(in: folder) where name.hasSuffix(".zip") {
  if let wanted, name != "\(wanted).zip" { continue }
  dataSets.append { DataSet(archive: "\(folder)/\(name)") }
}
for (density, name) in densities where wanted == nil || wanted == name {
  dataSets.append { DataSet(density: density, name: name) }
}

var all: [Measurement] = []
for makeDataSet in dataSets {
  let operations = Operations(makeDataSet(), c, only: option("--operation"))
  all += operations.measure()
  operations.free()
}

// One row an operation, one column a data set: our time in microseconds, and the ratio to theirs.
var names: [String] = []
var columns: [String] = []
for m in all {
  if !names.contains(m.operation) { names.append(m.operation) }
  if !columns.contains(m.dataSet) { columns.append(m.dataSet) }
}
print("| operation | \(columns.joined(separator: " | ")) | mean ratio |")
print("|---|\(String(repeating: "---|", count: columns.count + 1))")
for name in names {
  let row = all.filter { $0.operation == name }
  let cells = columns.map { column in
    guard let m = row.first(where: { $0.dataSet == column }) else { return "" }
    return "\(rounded(m.ourNanoseconds / 1_000, 1)) (\(rounded(m.ratio, 2)))"
  }
  print(
    "| \(name) | \(cells.joined(separator: " | ")) | \(rounded(geometricMean(row.map(\.ratio)), 2)) |"
  )
}
print("\ngeometric mean of all ratios: \(rounded(geometricMean(all.map(\.ratio)), 3))")
let worst = all.max { $0.ratio < $1.ratio }
if let worst { print("worst: \(worst.dataSet) \(worst.operation) \(rounded(worst.ratio, 2))") }
