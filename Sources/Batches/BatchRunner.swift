internal import Glibc
internal import Synchronization

/// Runs on several threads, one run on one thread at a time; what they find is taken by the caller's thread.
package enum BatchRunner {
  /// A thread's own way to do a run; nil where the run was broken off.
  package typealias Worker = (Int) -> BatchRecord?

  /// Does `runs` in their order on `jobs` threads and hands each result to `keep` as it comes; an error of `keep` ends the
  /// batch, and is thrown when the threads have ended. `pause` is called about twice a second too.
  package static func run(
    _ runs: [Int], jobs: Int, isCancelled: @escaping @Sendable () -> Bool,
    makeWorker: @escaping @Sendable () -> Worker, pause: () -> Void,
    keep: (BatchRecord) throws(BatchError) -> Void
  ) throws(BatchError) {
    let exchange = Exchange(runs, isCancelled: isCancelled, makeWorker: makeWorker)
    let threads = (0..<max(1, min(jobs, runs.count))).compactMap { _ in exchange.startThread() }
    var failure: BatchError?
    while let records = exchange.take() {
      for record in records where failure == nil {
        do throws(BatchError) { try keep(record) } catch {
          failure = error
          exchange.stop()
        }
      }
      pause()
    }
    for thread in threads { pthread_join(thread, nil) }
    if let failure { throw failure }
  }
}

/// What the threads share: the next run, and the results that nobody has taken yet.
private final class Exchange: @unchecked Sendable {
  private let runs: [Int]
  private let isCancelled: @Sendable () -> Bool
  private let makeWorker: @Sendable () -> BatchRunner.Worker
  private let next = Atomic(0)
  private let isStopped = Atomic(false)
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  // Below: by the mutex.
  private var records: [BatchRecord] = []
  private var running = 0
  /// Whether the taker is to be woken by the next result.
  private var isAsleep = false
  /// So many results may wait; then threads do.
  private static let mostWaiting = 256
  /// Of short runs several are taken at a time, s: to be woken for each takes longer than to write it.
  private static let gathering = 5e-3

  init(
    _ runs: [Int], isCancelled: @escaping @Sendable () -> Bool,
    makeWorker: @escaping @Sendable () -> BatchRunner.Worker
  ) {
    self.runs = runs
    self.isCancelled = isCancelled
    self.makeWorker = makeWorker
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    pthread_cond_broadcast(changed)
  }

  /// Nil where the system has no thread to give.
  func startThread() -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // As deep as the main thread's: expressions and subcircuits nest.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    withLock { running += 1 }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(self)
    let result = pthread_create(
      &thread, &attributes,
      { box in
        guard let box else { return nil }
        Unmanaged<Exchange>.fromOpaque(box).takeRetainedValue().work()
        return nil
      }, box.toOpaque())
    if result == 0 { return thread }
    box.release()
    withLock { running -= 1 }
    return nil
  }

  private func work() {
    let worker = makeWorker()
    while !isStopped.load(ordering: .relaxed), !isCancelled() {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < runs.count else { break }
      guard let record = worker(runs[index]) else { break }
      withLock {
        while records.count >= Self.mostWaiting, !isStopped.load(ordering: .relaxed) {
          pthread_cond_wait(changed, mutex)
        }
        records.append(record)
        if isAsleep || records.count >= Self.mostWaiting { pthread_cond_broadcast(changed) }
      }
    }
    withLock {
      running -= 1
      pthread_cond_broadcast(changed)
    }
  }

  /// Results that came since, none after half a second without; nil when no thread is left.
  func take() -> [BatchRecord]? {
    withLock {
      if records.count < Self.mostWaiting, running > 0 { wait(Self.gathering) }
      if records.isEmpty, running > 0 {
        isAsleep = true
        wait(0.5)
        isAsleep = false
      }
      if records.isEmpty { return running > 0 ? [] : nil }
      defer {
        records.removeAll(keepingCapacity: true)
        pthread_cond_broadcast(changed)
      }
      return records
    }
  }

  /// At most so many seconds; to be called under the mutex.
  private func wait(_ seconds: Double) {
    var until = timespec()
    clock_gettime(CLOCK_REALTIME, &until)
    let nanoseconds = until.tv_nsec + Int(1e9 * seconds)
    until.tv_sec += nanoseconds / 1_000_000_000
    until.tv_nsec = nanoseconds % 1_000_000_000
    pthread_cond_timedwait(changed, mutex, &until)
  }

  private func withLock<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
