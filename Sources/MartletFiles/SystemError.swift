import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the operating system refused, in words that help.
enum SystemError {
  /// - Parameters:
  ///   - code: an `errno`.
  ///   - action: completes "cannot ...": "write", "make the directory".
  static func make(_ code: Int32, _ action: String, _ path: String) -> MartletError {
    MartletError(
      code == ENOENT ? .noInput : .io, file: path, "cannot \(action): \(words(code))",
      remedy: remedy(code))
  }

  private static func words(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "permission denied"
    case ENOSPC: "the disk is full"
    case EDQUOT: "the disk quota is used up"
    case EROFS: "the file system is read-only"
    case EMFILE: "this process has too many open files"
    case ENFILE: "the system has too many open files"
    case ENOTDIR: "a part of the path is a file, not a directory"
    case EISDIR: "it is a directory"
    case EEXIST: "it exists already"
    case ENOTEMPTY: "the directory is not empty"
    case EIO: "the device reported an error"
    case ENOMEM: "out of memory"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "too many symbolic links"
    case EFBIG: "the file would be larger than the system allows"
    case EXDEV: "the two paths are on different file systems"
    case EBUSY: "it is in use"
    case ENODEV, EOPNOTSUPP, ENOTSUP, ENOSYS: "the file system does not support it"
    default: "system error \(code)"
    }
  }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOENT: "check the path"
    case EACCES, EPERM: "check the owner and the permissions, or use another user"
    case ENOSPC: "free some space or use another disk; what was committed is safe"
    case EDQUOT: "free some space or raise the quota; what was committed is safe"
    case EROFS: "remount it writable or use another path"
    case EMFILE: "raise the limit with `ulimit -n`"
    case ENFILE: "close other programs, or raise the system's limit of open files"
    case ENOTDIR: "check the path"
    case EIO: "check the disk and restore from a backup"
    case ENOMEM: "close other programs or allow more memory and mappings"
    case ENODEV, EOPNOTSUPP, ENOTSUP, ENOSYS: "use a local disk"
    default: nil
    }
  }
}
