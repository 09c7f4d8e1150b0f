import Martlet

/// One line on standard error that tells how far an import has come; only where a person looks.
final class ProgressLine {
  private static let interval = Duration.milliseconds(200)
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?

  init() { start = clock.now }

  /// Shows a step, some five times a second at most.
  func show(_ step: ImportStep) {
    guard StandardError.isTerminal else { return }
    let now = clock.now
    if let lastShown, now - lastShown < ProgressLine.interval { return }
    lastShown = now
    let milliseconds = max(1, (now - start).milliseconds)
    let summary = step.summary
    let rate = (summary.imported + summary.traitUpdates) * 1000 / milliseconds
    var line = "\(Decimals.bytes(summary.byteCount))"
    if let total = step.byteCount, summary.byteCount > 0 {
      let left = max(0, total - summary.byteCount)
      let seconds = left / max(1, summary.byteCount * 1000 / milliseconds)
      line += " of \(Decimals.bytes(total)), \(seconds / 60) min \(seconds % 60) s left"
    }
    line += ", \(Decimals.grouped(summary.imported)) events, \(Decimals.grouped(rate))/s"
    if summary.rejected > 0 { line += ", \(Decimals.grouped(summary.rejected)) rejected" }
    StandardError.write("\r\u{1B}[K\(line)")
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { StandardError.write("\r\u{1B}[K") }
  }
}
