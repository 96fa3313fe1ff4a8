internal import Glibc

/// Bytes on their way into a file: gathered until `isFlushDue`, after a second or a megabyte, so that little is lost
/// when a run is killed.
///
/// A class because it owns a file descriptor.
final class FileWriter {
  let path: String
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var buffer: [UInt8] = []
  private var clock = FlushClock()
  /// Bytes handed over so far, those in the buffer included.
  private(set) var length = 0
  /// Set after the first failure; nothing is written behind a gap.
  private var failure: SinkFailure?

  private static let capacity = 1 << 20

  /// Creates or empties the file at `path`; `-` is standard output.
  init(creating path: String) throws(SinkFailure) {
    self.path = path == "-" ? "standard output" : path
    if path == "-" {
      descriptor = STDOUT_FILENO
      ownsDescriptor = false
    } else {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      ownsDescriptor = true
      if descriptor < 0 { throw SinkFailure(path: path, reason: Self.reason()) }
    }
    buffer.reserveCapacity(Self.capacity + 4096)
  }

  deinit {
    try? flush()
    if ownsDescriptor { close(descriptor) }
  }

  /// Whether bytes already written can be written again.
  var isSeekable: Bool { lseek(descriptor, 0, SEEK_CUR) >= 0 }

  func write(_ text: String) throws(SinkFailure) {
    try write(text.utf8)
  }

  func write(_ bytes: some Collection<UInt8>) throws(SinkFailure) {
    if let failure { throw failure }
    buffer.append(contentsOf: bytes)
    length += bytes.count
  }

  /// The bytes of the numbers as they lie in memory.
  func write(_ values: borrowing Span<Double>) throws(SinkFailure) {
    if let failure { throw failure }
    values.withUnsafeBytes { buffer.append(contentsOf: $0) }
    length += values.count * MemoryLayout<Double>.size
  }

  /// Whether a megabyte is waiting or a second has passed since the last flush.
  var isFlushDue: Bool { buffer.count >= Self.capacity || clock.isDue }

  func flush() throws(SinkFailure) {
    if let failure { throw failure }
    clock.restart()
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        buffer.removeFirst(written)
        throw fail()
      }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes over bytes from `offset` on, all of them flushed before.
  func overwrite(_ text: String, at offset: Int) throws(SinkFailure) {
    let bytes = Array(text.utf8)
    let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    if count != bytes.count { throw fail() }
  }

  private func fail() -> SinkFailure {
    let failure = SinkFailure(path: path, reason: Self.reason(), isClosedPipe: errno == EPIPE)
    self.failure = failure
    return failure
  }

  private static func reason() -> String {
    errno == 0 ? "the file takes no more bytes" : String(cString: strerror(errno)).lowercasingFirst
  }
}

/// When what waits is to be written: a second after the last time.
struct FlushClock {
  private var lastFlush = now()

  private static let period = 1.0

  var isDue: Bool { Self.now() - lastFlush >= Self.period }

  mutating func restart() { lastFlush = Self.now() }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

extension String {
  /// `No space left on device` in the middle of a sentence.
  var lowercasingFirst: String { prefix(1).lowercased() + dropFirst() }
}
