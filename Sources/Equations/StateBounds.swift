internal import Devices
internal import Kernels
internal import Solvers

/// The ranges of states: open ones, outside of which nothing is evaluated, and held ones, on which a state is pinned.
final class StateBounds {
  struct Bounded {
    let group: KernelGroup
    let position: Int
    let lower: UnsafeMutablePointer<Double>
    let upper: UnsafeMutablePointer<Double>
    /// The bounds, where they are the same for every instance.
    let common: (lower: Double, upper: Double)?
    var first: Int { group.firstUnknown + position * group.count }

    init(
      _ group: KernelGroup, _ position: Int, lower: UnsafeMutablePointer<Double>, upper: UnsafeMutablePointer<Double>
    ) {
      self.group = group
      self.position = position
      self.lower = lower
      self.upper = upper
      let isCommon = (1..<max(group.count, 1)).allSatisfy { lower[$0] == lower[0] && upper[$0] == upper[0] }
      common = isCommon && group.count > 0 ? (lower[0], upper[0]) : nil
    }

    /// Whether every instance's state lies within its bounds, or on one; a NaN does not.
    func holds(_ y: UnsafePointer<Double>) -> Bool {
      let x = y + first
      var instance = 0
      if let common {
        let (low, high) = (SIMD8(repeating: common.lower), SIMD8(repeating: common.upper))
        var isInside = SIMDMask<SIMD8<Int64>>(repeating: true)
        while instance + 8 <= group.count {
          let value = SIMD8(at: x + instance)
          isInside = isInside .& (value .>= low) .& (value .<= high)
          instance += 8
        }
        guard all(isInside) else { return false }
      }
      while instance < group.count {
        guard x[instance] >= lower[instance], x[instance] <= upper[instance] else { return false }
        instance += 1
      }
      return true
    }
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
          return Bounded(group, position, lower: column(lower, -.infinity), upper: column(upper, .infinity))
        }
        if let bounded = limits({ !$0 }) { open.append(bounded) }
        if let bounded = limits({ $0 }) { held.append(bounded) }
      }
    }
    self.open = open
    self.held = held
  }

  /// True where a state lies beyond a bound that holds it, or is pinned to one.
  func mayChange(_ y: UnsafePointer<Double>) -> Bool {
    held.contains { $0.group.hasPins || !$0.holds(y) }
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
