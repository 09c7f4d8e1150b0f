import ArgumentParser
import Martlet

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the process ends when something went wrong.
enum Failure {
  /// Tells the error on standard error and ends the process with the code of its kind.
  static func exit(_ error: any Error) -> Never {
    switch error {
    case let error as MartletError: exit(error.description, code: code(of: error.code))
    case let error as ParseError: exit(error.description, code: 64)
    case is Interruption: end(130)
    case let code as ExitCode: end(code.rawValue)
    default: MartletCommand.exit(withError: error)
    }
  }

  private static func exit(_ message: String, code: Int32) -> Never {
    StandardError.write("\(StandardError.style("error:", .red)) \(message)\n")
    end(code)
  }

  private static func end(_ code: Int32) -> Never {
    // What was printed before the failure is not withheld; its own failure has nobody to tell.
    try? StandardOutput.shared.flush()
    #if canImport(Glibc)
      Glibc.exit(code)
    #elseif canImport(Musl)
      Musl.exit(code)
    #else
      Darwin.exit(code)
    #endif
  }

  /// The `sysexits.h` code of a kind of failure.
  static func code(of kind: MartletError.Code) -> Int32 {
    switch kind {
    case .usage: 64
    case .badData, .corrupt, .tooNew, .limit, .refused: 65
    case .noInput: 66
    case .locked: 69
    case .io, .poisoned: 74
    }
  }
}

/// The user asked the process to stop, and it has told what is durable.
struct Interruption: Error {}
