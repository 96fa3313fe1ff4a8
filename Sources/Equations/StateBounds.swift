internal import Devices
internal import Kernels
internal import Solvers

/// The ranges of states: open ones, outside of which nothing is evaluated, and held ones, on which a state is pinned.
final class StateBounds {
  struct Bounded {
    var group: KernelGroup
    var position: Int
    var lower: UnsafeMutablePointer<Double>
    var upper: UnsafeMutablePointer<Double>
    var first: Int { group.firstUnknown + position * group.count }
  }

  let open: [Bounded]
  let held: [Bounded]
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
            return arena.copy(group.parameters.values(group.parameters.evaluate([node], of: group.model.graph)[0]))
          }
          return Bounded(
            group: group, position: position, lower: column(lower, -.infinity), upper: column(upper, .infinity))
        }
        if let bounded = limits({ !$0 }) { open.append(bounded) }
        if let bounded = limits({ $0 }) { held.append(bounded) }
      }
    }
    self.open = open
    self.held = held
  }

  /// True where a state lies on or beyond a bound that holds it, or is pinned to one.
  func mayChange(_ y: UnsafePointer<Double>) -> Bool {
    for bounded in held {
      if bounded.group.hasPins { return true }
      let x = y + bounded.first
      let (lower, upper) = (bounded.lower, bounded.upper)
      // Added up without a branch, so that the loop runs in vectors; a NaN counts as outside.
      var inside = 0
      for instance in 0..<bounded.group.count {
        inside &+= x[instance] >= lower[instance] ? 1 : 0
        inside &+= x[instance] <= upper[instance] ? 1 : 0
      }
      if inside != 2 * bounded.group.count { return true }
    }
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
