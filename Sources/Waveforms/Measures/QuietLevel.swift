/// A side of a level: as long as the signal stays there, whoever waits for it to cross has nothing to see.
struct QuietLevel {
  let signal: Int
  let level: Double
  let isAbove: Bool

  /// Whether the signal can be told, without sampling it, to stay there throughout the segment.
  func holds(in segment: any SolutionSegment) -> Bool {
    guard let bounds = segment.bounds(of: signal) else { return false }
    return isAbove ? bounds.lower > level : bounds.upper < level
  }
}

/// The levels that hold everybody off: while signals stay on these sides, nobody needs to see more of them. Found again
/// after every step that is looked at, so they are kept in place.
final class QuietLevels {
  private let levels: UnsafeMutablePointer<QuietLevel>
  private var count = 0

  init() { levels = .allocate(capacity: Self.most) }

  deinit { levels.deallocate() }

  private static let most = 16

  func removeAll() { count = 0 }

  /// False if there is no room for one more.
  func append(_ level: QuietLevel) -> Bool {
    guard count < Self.most else { return false }
    (levels + count).initialize(to: level)
    count += 1
    return true
  }

  func hold(in segment: any SolutionSegment) -> Bool {
    (0..<count).allSatisfy { levels[$0].holds(in: segment) }
  }
}
