internal import Glibc

/// Runs gnuplot.
package enum Gnuplot {
  /// Draws `figures` one below the other and returns the picture's bytes (for a terminal, its text).
  package static func draw(_ figures: [Figure], as format: PictureFormat) throws(GnuplotError) -> [UInt8] {
    try drawn(GnuplotScript.text(for: figures, as: format), as: format)
  }

  /// Draws a heat map and returns the picture's bytes.
  package static func draw(_ map: HeatMap, as format: PictureFormat) throws(GnuplotError) -> [UInt8] {
    try drawn(map.script(as: format), as: format)
  }

  private static func drawn(_ script: String, as format: PictureFormat) throws(GnuplotError) -> [UInt8] {
    let picture = try run(script)
    guard case .terminal = format else { return picture }
    // gnuplot begins every page of text with a form feed.
    return picture.filter { $0 != UInt8(ascii: "\u{c}") }
  }

  /// Draws `figures` into the file at `path`, whose suffix names the format.
  package static func draw(_ figures: [Figure], to path: String) throws(GnuplotError) {
    guard let format = PictureFormat(path: path) else { throw .unknownSuffix(path: path) }
    try write(try draw(figures, as: format), to: path)
  }

  /// Draws a heat map into the file at `path`, whose suffix names the format.
  package static func draw(_ map: HeatMap, to path: String) throws(GnuplotError) {
    guard let format = PictureFormat(path: path) else { throw .unknownSuffix(path: path) }
    try write(try draw(map, as: format), to: path)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(GnuplotError) {
    do throws(SinkFailure) {
      let file = try FileWriter(creating: path)
      try file.write(bytes)
      try file.flush()
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// gnuplot with `script` as its input; what it writes to its output.
  ///
  /// Script, output and complaints pass through files without a name, so that neither side waits for the other.
  private static func run(_ script: String) throws(GnuplotError) -> [UInt8] {
    guard let input = tmpfile() else { throw .cannotStart(reason: String(cString: strerror(errno))) }
    defer { fclose(input) }
    guard let output = tmpfile() else { throw .cannotStart(reason: String(cString: strerror(errno))) }
    defer { fclose(output) }
    guard let complaints = tmpfile() else { throw .cannotStart(reason: String(cString: strerror(errno))) }
    defer { fclose(complaints) }
    let bytes = Array(script.utf8)
    guard fwrite(bytes, 1, bytes.count, input) == bytes.count, fflush(input) == 0 else {
      throw .cannotStart(reason: String(cString: strerror(errno)))
    }
    rewind(input)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, descriptor) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (complaints, STDERR_FILENO)] {
      posix_spawn_file_actions_adddup2(&actions, fileno(stream), descriptor)
    }
    var process = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("gnuplot"), nil]
    defer { free(arguments[0]) }
    let failure = posix_spawnp(&process, "gnuplot", &actions, nil, &arguments, environ)
    if failure == ENOENT { throw .notInstalled }
    if failure != 0 { throw .cannotStart(reason: String(cString: strerror(failure))) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let picture = contents(of: output)
    // Exit status in the second byte, a signal in the lowest seven bits.
    guard status == 0, !picture.isEmpty else {
      let words = String(decoding: contents(of: complaints), as: UTF8.self)
      throw .failed(complaint: words.split(separator: "\n").last.map(String.init) ?? "it gave no reason")
    }
    return picture
  }

  private static func contents(of stream: UnsafeMutablePointer<FILE>) -> [UInt8] {
    let descriptor = fileno(stream)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(bytes.count)) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}

/// A picture that could not be made.
package enum GnuplotError: Error, Sendable, Equatable {
  case notInstalled
  case cannotStart(reason: String)
  case failed(complaint: String)
  case unknownSuffix(path: String)
  case cannotWrite(SinkFailure)
}
