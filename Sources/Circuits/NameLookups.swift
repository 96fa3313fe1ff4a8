internal import Synchronization

/// Counts the look-ups in a table of names: the first are made by going through it, and from then on by an index.
final class NameLookups: Sendable {
  private struct State: Sendable {
    var count = 0
    var index: NameIndex?
  }

  /// Look-ups for which an index is not worth while.
  private static let mostScans = 16

  private let state = Mutex(State())

  /// The index, once there have been enough look-ups.
  func index(_ entries: NameColumns, _ registry: NameRegistry) -> NameIndex? {
    state.withLock { state in
      state.count += 1
      if state.count > Self.mostScans, state.index == nil { state.index = NameIndex(entries, in: registry) }
      return state.index
    }
  }
}
