/// Every independent source multiplied by a factor that grows from 0 to 1.
package enum SourceStepping: Continuation {
  package static let name = "source stepping"

  package static func run(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) -> Bool {
    let arena = Arena()
    let last = arena.doubles(newton.count)
    y.update(repeating: 0, count: newton.count)
    var variant = NewtonSolver.Variant()
    variant.sourceScale = 0
    guard newton.solve(y, variant) else { return false }
    last.update(from: y, count: newton.count)
    var reached = 0.0
    var step = 0.1
    while reached < 1 {
      variant.sourceScale = min(1, reached + step)
      if newton.solve(y, variant) {
        reached = variant.sourceScale
        last.update(from: y, count: newton.count)
        step *= 2
      } else {
        y.update(from: last, count: newton.count)
        step /= 4
        if step < 1e-6 { return false }
      }
    }
    return true
  }

  /// Follows the solution connected to that without sources: steps so short that Newton's method converges at once, and
  /// so stays on its branch. Returns the factor reached, 1 at the end.
  package static func follow(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) -> Double {
    let arena = Arena()
    let last = arena.doubles(newton.count)
    var variant = NewtonSolver.Variant()
    variant.sourceScale = 0
    guard newton.solve(y, variant) else { return 0 }
    last.update(from: y, count: newton.count)
    var reached = 0.0
    var step = 1.0 / 32
    while reached < 1 {
      variant.sourceScale = min(1, reached + step)
      if newton.solve(y, variant, iterationLimit: 8) {
        reached = variant.sourceScale
        last.update(from: y, count: newton.count)
        step = min(2 * step, 1.0 / 32)
      } else {
        y.update(from: last, count: newton.count)
        step /= 4
        if step < 1e-8 { return reached }
      }
    }
    return 1
  }
}
