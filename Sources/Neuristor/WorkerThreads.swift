internal import Glibc
internal import Synchronization

/// Pieces of work that know nothing of one another, on the processor's cores.
package enum WorkerThreads {
  /// As many as the processor runs at a time.
  package static var available: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Does `work` on every item, on at most `count` threads, the calling one included, and gives the results in the order of
  /// the items.
  ///
  /// Which thread takes an item depends on when it comes free; nothing in the results does.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], on count: Int, _ work: @escaping @Sendable (Int, Item) -> Result
  ) -> [Result] {
    let results = Mutex<[Int: Result]>([:])
    let next = Atomic(0)
    let labour: @Sendable () -> Void = {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < items.count else { return }
        let result = work(index, items[index])
        results.withLock { $0[index] = result }
      }
    }
    let helpers = (1..<max(1, min(count, items.count))).compactMap { _ in start(labour) }
    labour()
    for helper in helpers { pthread_join(helper, nil) }
    let done = results.withLock { $0 }
    return items.indices.compactMap { done[$0] }
  }

  private final class Labour: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Nil where the system gives no further thread: those that there are do the work.
  private static func start(_ labour: @escaping @Sendable () -> Void) -> pthread_t? {
    var thread = pthread_t()
    let passed = Unmanaged.passRetained(Labour(labour))
    let status = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Labour>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, passed.toOpaque())
    if status == 0 { return thread }
    passed.release()
    return nil
  }
}
