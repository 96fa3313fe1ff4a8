internal import Glibc

/// Messages of any length on a pipe: 8 bytes of length, then the message.
package struct FramePipe: Sendable {
  private let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// False where nobody reads any more.
  package func send(_ message: [UInt8]) -> Bool {
    withUnsafeBytes(of: UInt64(message.count)) { write($0) } && message.withUnsafeBytes { write($0) }
  }

  /// Nil at the end, and where the other side was cut off within a message.
  package func receive() -> [UInt8]? {
    guard let head = read(8) else { return nil }
    let count = head.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    return count < 1 << 40 ? read(Int(count)) : nil
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return true
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var place = 0
    while place < count {
      let taken = bytes.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { Glibc.read(descriptor, $0 + place, count - place) } ?? 0
      }
      if taken < 0, errno == EINTR { continue }
      guard taken > 0 else { return nil }
      place += taken
    }
    return bytes
  }
}
