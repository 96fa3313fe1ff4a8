internal import Glibc
internal import Terminals

/// `neuristor-batches`, which knows SQLite: loading it with every run would cost a small run a quarter of its time.
enum BatchProgram {
  static let name = "neuristor-batches"

  /// Whether the command is one of that program's.
  static func does(_ arguments: [String]) -> Bool {
    guard let first = arguments.first else { return false }
    if ["sweep", "results", "merge"].contains(first) { return true }
    return first == "plot" && arguments.contains { $0.lowercased().hasSuffix(".db") }
  }

  /// Goes on as that program, the one beside this one or one on the path.
  static func become(_ arguments: [String]) -> Never {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      let count = buffer.baseAddress.map { readlink("/proc/self/exe", $0, buffer.count) } ?? 0
      return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let beside = (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + name
    var words = ([name] + arguments).map { strdup($0) } + [nil]
    if access(beside, X_OK) == 0 { execv(beside, &words) } else { execvp(name, &words) }
    Terminal.complain(
      "error: '\(name)' must lie beside 'neuristor' or on the path: \(String(cString: strerror(errno)))\n")
    ExitStatus.wrongInput.exit()
  }
}
