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
    // One more than there are, so that the end is met in the same chunk.
    var size = min(max(1 << 12, Int(status.st_size) + 1), limit)
    while true {
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
        repeat {
          count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
          filled += max(0, count)
        } while filled < size && (count > 0 || (count < 0 && errno == EINTR))
      }
      if count < 0 { throw UnreadableFile(path: path, reason: systemReason()) }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > limit { throw UnreadableFile(path: path, reason: "it is larger than 2 GiB") }
      if count == 0 { return bytes }
      size = 1 << 16
    }
  }

  /// The system's words for the last error, in the middle of a sentence.
  private static func systemReason() -> String {
    let words = String(cString: strerror(errno))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
