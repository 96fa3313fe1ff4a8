/// A conductance g from every node to ground, taken away in steps: F(y) + g v = 0 for g from 10 mS down to 0.
package enum GminStepping: Continuation {
  package static let name = "gmin stepping"

  package static func run(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) -> Bool {
    let arena = Arena()
    let shift = arena.doubles(newton.count)
    let last = arena.doubles(newton.count)
    let mask = newton.problem.nodeMask
    var variant = NewtonSolver.Variant()
    variant.shift = UnsafePointer(shift)
    var conductance = 1e-2
    var factor = 10.0
    last.update(from: y, count: newton.count)
    while conductance > 1e-13 {
      for (k, isNode) in mask.enumerated() { shift[k] = isNode * conductance }
      if newton.solve(y, variant) {
        last.update(from: y, count: newton.count)
        factor = min(factor * 2, 1e3)
      } else {
        // The failing conductance lies between the last good one and zero: approach it more slowly.
        y.update(from: last, count: newton.count)
        conductance *= factor
        factor = factor.squareRoot()
        if factor < 1.01 { return false }
      }
      conductance /= factor
    }
    return newton.solve(y)
  }
}
