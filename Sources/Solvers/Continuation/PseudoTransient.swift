/// The way a circuit finds its own rest: C dy/dτ + F(y) = 0 with a fictitious C, by backward Euler with growing steps
/// (pseudo-transient continuation, Kelley & Keyes 1998, SIAM J. Numer. Anal. 35:508).
///
/// States move alone at first: a capacitance beside a device with negative differential resistance makes an oscillator of
/// the two, which comes to no rest.
package enum PseudoTransient: Continuation {
  package static let name = "pseudo-transient continuation"

  package static func run(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) -> Bool {
    let all = newton.problem.pseudoCapacitance
    let states = zip(all, newton.problem.nodeMask).map { $1 == 0 ? $0 : 0 }
    guard states.contains(where: { $0 != 0 }), states != all else { return run(newton, y, capacitance: all) }
    let arena = Arena()
    let start = arena.doubles(newton.count)
    start.update(from: y, count: newton.count)
    if run(newton, y, capacitance: states) { return true }
    y.update(from: start, count: newton.count)
    return run(newton, y, capacitance: all)
  }

  private static func run(
    _ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>, capacitance: [Double]
  ) -> Bool {
    let arena = Arena()
    let shift = arena.doubles(newton.count)
    let anchor = arena.doubles(newton.count)
    var variant = NewtonSolver.Variant()
    variant.shift = UnsafePointer(shift)
    variant.anchor = UnsafePointer(anchor)
    var step = 1e-12
    anchor.update(from: y, count: newton.count)
    for _ in 0..<2000 {
      for (k, c) in capacitance.enumerated() { shift[k] = c / step }
      if newton.solve(y, variant, iterationLimit: 20) {
        anchor.update(from: y, count: newton.count)
        if step > 1e6 { return newton.solve(y) }
        step *= 3
      } else {
        y.update(from: anchor, count: newton.count)
        step /= 8
        if step < 1e-24 { return false }
      }
    }
    return false
  }
}
