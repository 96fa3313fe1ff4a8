import Foundation

/// Ends the tests where one netlist holds them up; nothing else can stop a loop that asks nobody.
final class Watchdog: @unchecked Sendable {
  private let lock = NSLock()
  private var begin: Date?
  private var name = ""

  /// `limit` in seconds.
  init(limit: Double) {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.5)
        lock.withLock {
          guard let begin, Date().timeIntervalSince(begin) > limit else { return }
          fatalError("\(name) takes longer than \(limit) s; it stands in \(Mutant.folder.path)")
        }
      }
    }
  }

  /// Seconds that `work` takes, watched.
  func watch(_ name: String, _ work: () -> Void) -> Double {
    let begin = Date()
    lock.withLock { (self.begin, self.name) = (begin, name) }
    work()
    lock.withLock { self.begin = nil }
    return Date().timeIntervalSince(begin)
  }
}
