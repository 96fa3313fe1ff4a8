internal import Glibc
internal import Pipes

/// `neuristor` as a child, with messages on its input and output.
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

  func send(_ message: [UInt8]) -> Bool { FramePipe(input).send(message) }

  /// Nil where the child has ended.
  func receive() -> [UInt8]? { FramePipe(output).receive() }

  func closeInput() { close(input) }

  /// Waits for its end and returns its exit status, 128 and the signal that ended it.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }
}
