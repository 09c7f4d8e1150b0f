import MartletModel
import Testing

@testable import MartletFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system refuses is said in words, with what to do about it.
@Suite("Errors of the operating system")
struct SystemErrorTests {
  /// Codes that a store's calls can meet; those of one list mean the same to its owner.
  private static let codes: [[Int32]] = [
    [ENOENT], [EACCES, EPERM], [ENOSPC], [EDQUOT], [EROFS], [EMFILE], [ENFILE], [ENOTDIR],
    [EISDIR], [EEXIST], [ENOTEMPTY], [EIO], [ENOMEM], [ENAMETOOLONG], [ELOOP], [EFBIG], [EXDEV],
    [EBUSY], [ENODEV, EOPNOTSUPP, ENOTSUP, ENOSYS],
  ]

  @Test("Codes of different meaning have words of their own, and those of one meaning the same")
  func words() {
    var seen: Set<String> = []
    for codes in Self.codes {
      let reasons = Set(codes.map { SystemError.make($0, "write", "/x").reason })
      #expect(reasons.count == 1, "\(codes): \(reasons)")
      for reason in reasons {
        #expect(seen.insert(reason).inserted, "\(codes): \(reason)")
        #expect(reason.hasPrefix("cannot write: ") && !reason.contains("system error"))
      }
    }
  }

  @Test("Only what is missing is no input; a code without words of its own is named by number")
  func codes() {
    for code in Self.codes.joined() {
      let error = SystemError.make(code, "open", "/x")
      #expect(error.code == (code == ENOENT ? .noInput : .io) && error.file == "/x", "\(code)")
    }
    let other = SystemError.make(EPIPE, "write", "/x")
    #expect(other == MartletError(.io, file: "/x", "cannot write: system error \(EPIPE)"))
  }

  @Test("Where the owner can do something, the remedy says what")
  func remedies() {
    for (code, word) in [
      (ENOENT, "path"), (ENOTDIR, "path"), (EACCES, "permissions"), (EPERM, "permissions"),
      (ENOSPC, "free some space"), (EDQUOT, "quota"), (EROFS, "writable"), (EMFILE, "ulimit -n"),
      (ENFILE, "limit of open files"), (EIO, "backup"), (ENOMEM, "memory"), (ENODEV, "local disk"),
    ] {
      let remedy = SystemError.make(code, "write", "/x").remedy
      #expect(remedy?.contains(word) == true, "\(code): \(remedy ?? "none")")
    }
    // A full disk makes its owner fear for what was written before.
    for code in [ENOSPC, EDQUOT] {
      #expect(SystemError.make(code, "write", "/x").remedy?.contains("committed is safe") == true)
    }
    #expect(SystemError.make(EEXIST, "create", "/x").remedy == nil)
  }
}
