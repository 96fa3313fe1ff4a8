internal import Glibc

/// A text written to a file in one go: the tables that a netlist sends there itself.
package enum TextFile {
  /// Creates the file at `path`, or empties it, or goes on at its end.
  package static func write(_ text: String, to path: String, appending: Bool = false) throws(SinkFailure) {
    try write(Array(text.utf8), to: path, appending: appending)
  }

  static func write(_ bytes: [UInt8], to path: String, appending: Bool) throws(SinkFailure) {
    let mode = appending ? O_APPEND : O_TRUNC
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      written += count
    }
  }

  private static func failure(_ path: String) -> SinkFailure {
    SinkFailure(path: path, reason: String(cString: strerror(errno)).lowercasingFirst)
  }
}
