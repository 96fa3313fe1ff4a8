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
}
