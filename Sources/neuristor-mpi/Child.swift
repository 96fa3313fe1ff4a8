internal import Glibc

/// `neuristor` as a child, with messages on its input and output: 8 bytes of length, then the message.
struct Child {
  private let process: pid_t
  private let input: Int32
  private let output: Int32

  /// The program beside this one, else one on the path.
  static var pathBesideThisProgram: String {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      let count = buffer.baseAddress.map { readlink("/proc/self/exe", $0, buffer.count) } ?? 0
      return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return access(folder + "neuristor", X_OK) == 0 ? folder + "neuristor" : "neuristor"
  }

  /// Nil where it cannot be started. Words go where this program's go.
  init?(program: String, arguments: [String]) {
    signal(SIGPIPE, SIG_IGN)
    let isPart = arguments.contains("--part")
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { return nil }
    for descriptor in [toChild[1], fromChild[0]] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if isPart {
      posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
      posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, program, &actions, nil, &words, environ) == 0 else { return nil }
    close(toChild[0])
    close(fromChild[1])
    self.process = process
    (input, output) = (toChild[1], fromChild[0])
  }

  func send(_ message: [UInt8]) -> Bool {
    withUnsafeBytes(of: UInt64(message.count)) { write($0) } && message.withUnsafeBytes { write($0) }
  }

  /// Nil where the child has ended.
  func receive() -> [UInt8]? {
    guard let head = read(8) else { return nil }
    return read(Int(head.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }))
  }

  func closeInput() { close(input) }

  /// Waits for its end and returns its exit status, 128 and the signal that ended it.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(input, rest.baseAddress, rest.count)
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
        bytes.baseAddress.map { Glibc.read(output, $0 + place, count - place) } ?? 0
      }
      if taken < 0, errno == EINTR { continue }
      guard taken > 0 else { return nil }
      place += taken
    }
    return bytes
  }
}
