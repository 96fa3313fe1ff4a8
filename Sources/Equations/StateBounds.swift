internal import Devices
internal import Kernels
internal import Solvers

/// The ranges of states: open ones, outside of which nothing is evaluated, and held ones, on which a state is pinned.
final class StateBounds {
  struct Bounded {
    let group: KernelGroup
    let position: Int
    let range: StateRange
    var first: Int { range.first }
    var lower: UnsafeMutablePointer<Double> { range.lower }
    var upper: UnsafeMutablePointer<Double> { range.upper }

    init(
      _ group: KernelGroup, _ position: Int, lower: UnsafeMutablePointer<Double>, upper: UnsafeMutablePointer<Double>
    ) {
      self.group = group
      self.position = position
      range = StateRange(
        first: group.firstUnknown + position * group.count, count: group.count, lower: lower, upper: upper)
    }

    func holds(_ y: UnsafePointer<Double>) -> Bool { range.holds(y) }
  }

  /// One bound of one instance's state.
  struct Bound: Hashable {
    /// Place of the state in `held`.
    let state: Int
    let instance: Int
    let isUpper: Bool
  }

  /// The unknowns of one state in every instance, and their bounds.
  struct StateRange {
    let first: Int
    let count: Int
    let lower: UnsafeMutablePointer<Double>
    let upper: UnsafeMutablePointer<Double>
    /// Whether the bounds are the same for every instance.
    let areCommon: Bool

    init(first: Int, count: Int, lower: UnsafeMutablePointer<Double>, upper: UnsafeMutablePointer<Double>) {
      self.first = first
      self.count = count
      self.lower = lower
      self.upper = upper
      areCommon = (1..<max(count, 1)).allSatisfy { lower[$0] == lower[0] && upper[$0] == upper[0] }
    }

    /// Whether every instance's state lies within its bounds, or on one; a NaN does not.
    func holds(_ y: UnsafePointer<Double>) -> Bool {
      let x = y + first
      if areCommon, count >= 8 { return allLie(x, count: count, from: lower[0], to: upper[0]) }
      for instance in 0..<count where !(x[instance] >= lower[instance] && x[instance] <= upper[instance]) {
        return false
      }
      return true
    }
  }

  let open: [Bounded]
  let held: [Bounded]
  /// Set once a state may have been pinned to a bound.
  var hasPins = false
  /// Bounds that states can leave: their rate does not vanish there.
  var leavable: Set<Bound> = []
  /// The ranges of `held`, as the look after every step reads them: those of states of one instance, for which loops cost
  /// more than the comparison, and the others.
  private let heldSingles: UnsafeMutableBufferPointer<StateRange>
  private let heldRanges: UnsafeMutableBufferPointer<StateRange>
  private let arena: Arena

  init(_ groups: [KernelGroup]) {
    let arena = Arena()
    self.arena = arena
    var open: [Bounded] = []
    var held: [Bounded] = []
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        let bounds = group.local.variables[variable].bounds
        func limits(_ isWanted: (Bool) -> Bool) -> Bounded? {
          let lower = isWanted(bounds.holdsLower) ? bounds.lower : nil
          let upper = isWanted(bounds.holdsUpper) ? bounds.upper : nil
          guard lower != nil || upper != nil else { return nil }
          func column(_ node: NodeID?, _ none: Double) -> UnsafeMutablePointer<Double> {
            guard let node else { return arena.doubles(group.count, filledWith: none) }
            return arena.copy(group.values(of: node))
          }
          return Bounded(group, position, lower: column(lower, -.infinity), upper: column(upper, .infinity))
        }
        if let bounded = limits({ !$0 }) { open.append(bounded) }
        if let bounded = limits({ $0 }) { held.append(bounded) }
      }
    }
    self.open = open
    self.held = held
    func ranges(_ isWanted: (StateRange) -> Bool) -> UnsafeMutableBufferPointer<StateRange> {
      let ranges = held.map(\.range).filter(isWanted)
      return UnsafeMutableBufferPointer(start: arena.copy(ranges), count: ranges.count)
    }
    heldSingles = ranges { $0.count == 1 }
    heldRanges = ranges { $0.count != 1 }
  }

  /// True where a state lies beyond a bound that holds it, or may be pinned to one.
  func mayChange(_ y: UnsafePointer<Double>) -> Bool {
    if hasPins { return true }
    for range in heldSingles {
      let x = y[range.first]
      guard x >= range.lower[0], x <= range.upper[0] else { return true }
    }
    for range in heldRanges where !range.holds(y) { return true }
    return false
  }

  /// False if an open bound is reached: the trial is refused and the step cut.
  func openRangesHold(_ y: UnsafePointer<Double>) -> Bool {
    for bounded in open {
      let x = y + bounded.first
      for instance in 0..<bounded.group.count
      where !(x[instance] > bounded.lower[instance] && x[instance] < bounded.upper[instance]) {
        return false
      }
    }
    return true
  }
}
