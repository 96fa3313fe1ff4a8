internal import Glibc
internal import Synchronization

/// Ctrl-C and `kill`: noted by the handler, obeyed by the run at its next step. A second signal ends at once.
package enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// Whether a signal asked the run to end.
  package static var isRequested: Bool { signal != 0 }

  /// The signal that came, 0 for none.
  package static var signal: Int32 { received.load(ordering: .relaxed) }

  /// Notes SIGINT and SIGTERM from now on; a closed pipe, and the end of what a file may hold, are told by the write that
  /// meets them, not by SIGPIPE and SIGXFSZ.
  package static func prepare() {
    // The flag is made before a handler can be the first to touch it.
    received.store(0, ordering: .relaxed)
    Glibc.signal(SIGPIPE, SIG_IGN)
    Glibc.signal(SIGXFSZ, SIG_IGN)
    // Who started the program may have left them blocked, as threads of worker pools do.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      Glibc.signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        Glibc.signal(number, SIG_DFL)
      }
    }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}
