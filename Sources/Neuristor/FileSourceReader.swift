internal import Glibc
package import Netlists

/// Netlists and their includes from files.
package struct FileSourceReader: SourceReader {
  /// A relative path is sought beside the file that includes it, then from the working directory, as in ngspice.
  package init() {}

  package func read(
    _ path: String, includedFrom includer: String?
  ) throws(SourceReaderError) -> (name: String, bytes: [UInt8]) {
    var candidates = [path]
    if !path.hasPrefix("/"), let folder = includer.flatMap(Self.folder) { candidates.insert(folder + path, at: 0) }
    let found = candidates.first { access($0, F_OK) == 0 } ?? candidates[0]
    do throws(UnreadableFile) {
      return (found, try Self.contents(of: found))
    } catch {
      throw SourceReaderError(reason: error.reason)
    }
  }

  private static func folder(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[...$0]) }
  }

  /// The largest netlist that is read: places in it are 32-bit offsets.
  private static let limit = 1 << 31

  /// All bytes of a file; `-` is standard input.
  static func contents(of path: String) throws(UnreadableFile) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnreadableFile(path: path, reason: systemReason()) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw UnreadableFile(path: path, reason: "it is a folder")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(0, Int(status.st_size)), limit))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw UnreadableFile(path: path, reason: systemReason()) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { throw UnreadableFile(path: path, reason: "it is larger than 2 GiB") }
    }
  }

  /// The system's words for the last error, in the middle of a sentence.
  private static func systemReason() -> String {
    let words = String(cString: strerror(errno))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
