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
