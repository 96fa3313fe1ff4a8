internal import Glibc

/// Where data and words go: data to standard output, words to standard error.
package enum Terminal {
  /// Writes data; who closed the pipe has read enough, which is success.
  package static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes words.
  package static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Whether words may be coloured.
  package static var showsColour: Bool { isatty(STDERR_FILENO) != 0 && getenv("NO_COLOR") == nil }

  /// Whether a line that is written over and over is seen as one.
  package static var showsProgress: Bool { isatty(STDERR_FILENO) != 0 }

  /// Columns and rows of the terminal on standard output, or what a page holds where there is none.
  package static var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (100, 30) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes data into the file at `path`; `-` is standard output.
  package static func write(_ text: String, toFile path: String) throws(ExitStatus) {
    if path == "-" { return say(text) }
    guard let file = fopen(path, "w") else { throw failure(path) }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw failure(path) }
  }

  private static func failure(_ path: String) -> ExitStatus {
    complain("error: cannot write '\(path)': \(String(cString: strerror(errno)).lowercased())\n")
    return .gaveUp
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EPIPE, descriptor == STDOUT_FILENO { ExitStatus.done.exit() }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
