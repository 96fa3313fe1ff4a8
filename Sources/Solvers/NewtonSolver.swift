/// Newton's method for F(y) + s (y - a) = 0 with damping by the natural monotonicity test (Deuflhard 2004, Newton
/// Methods for Nonlinear Problems, section 3.3): a step is taken if the next correction, by the same Jacobian, would be
/// shorter in units of the tolerances. It does not depend on how rows are scaled, and so needs no limiting by device.
package final class NewtonSolver {
  /// What is solved: the problem's sources scaled, a shift s towards an anchor a added to the diagonal.
  package struct Variant {
    package var sourceScale = 1.0
    package var shift: UnsafePointer<Double>?
    package var anchor: UnsafePointer<Double>?

    package init() {}
  }

  package let problem: any OperatingPointProblem
  package let matrix: BorderedMatrix
  package let count: Int
  package private(set) var iterations = 0
  /// The unknown that moved most, in its tolerance, when the last attempt failed.
  package private(set) var worstUnknown: Int?
  private let arena = Arena()
  private let residual: UnsafeMutablePointer<Double>
  private let correction: UnsafeMutablePointer<Double>
  private let nextCorrection: UnsafeMutablePointer<Double>
  private let trial: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>

  package init(_ problem: any OperatingPointProblem, matrix: BorderedMatrix) {
    self.problem = problem
    self.matrix = matrix
    count = problem.structure.unknownCount
    residual = arena.doubles(count)
    correction = arena.doubles(count)
    nextCorrection = arena.doubles(count)
    trial = arena.doubles(count)
    weights = arena.doubles(count)
  }

  /// Solves from `y` in place, to rounding; false leaves `y` at the last point reached.
  package func solve(_ y: UnsafeMutablePointer<Double>, _ variant: Variant = Variant(), iterationLimit: Int = 100)
    -> Bool
  {
    var damping = 1.0
    var smallest = Double.infinity
    guard evaluate(y, variant) else { return false }
    for _ in 0..<iterationLimit {
      iterations += 1
      guard factor(y, variant) else { return false }
      matrix.solve(correction, residual)
      let size = length(correction)
      guard size.isFinite else { return false }
      // Converged: on to rounding, until a correction no longer shrinks.
      if size == 0 || size < 1e-13 || (size < 1e-3 && size > 0.25 * smallest) {
        step(y, 1)
        y.update(from: trial, count: count)
        return true
      }
      smallest = size < 1 ? min(smallest, size) : .infinity
      damping = min(1, damping * 4)
      if size < 1e-3 { damping = 1 }
      var accepted = false
      while damping > 1e-12 {
        step(y, damping)
        if evaluate(trial, variant) {
          matrix.solve(nextCorrection, residual)
          let next = length(nextCorrection)
          if next.isFinite, next <= (1 - damping / 4) * size || size < 1e-3 {
            accepted = true
            break
          }
        }
        damping /= damping > 0.25 ? 2 : 4
      }
      guard accepted else {
        worstUnknown = worst(correction)
        return false
      }
      y.update(from: trial, count: count)
    }
    worstUnknown = worst(correction)
    return false
  }

  private func step(_ y: UnsafePointer<Double>, _ damping: Double) {
    for k in 0..<count { trial[k] = y[k] - damping * correction[k] }
  }

  private func evaluate(_ y: UnsafePointer<Double>, _ variant: Variant) -> Bool {
    guard problem.operatingPointResidual(y: y, sourceScale: variant.sourceScale, into: residual) else { return false }
    if let shift = variant.shift {
      for k in 0..<count { residual[k] += shift[k] * (y[k] - (variant.anchor?[k] ?? 0)) }
    }
    return true
  }

  private func factor(_ y: UnsafePointer<Double>, _ variant: Variant) -> Bool {
    problem.errorWeights(y: y, into: weights)
    matrix.weights = UnsafePointer(weights)
    matrix.diagonalShift = variant.shift
    return problem.operatingPointJacobian(y: y, into: matrix) && matrix.factor(cj: 0)
  }

  private func length(_ vector: UnsafePointer<Double>) -> Double {
    var largest = 0.0
    var poison = 0.0
    for k in 0..<count {
      let size = (vector[k] * weights[k]).magnitude
      largest = max(largest, size)
      poison += size * 0
    }
    return largest + poison
  }

  private func worst(_ vector: UnsafePointer<Double>) -> Int? {
    (0..<count).max { (vector[$0] * weights[$0]).magnitude < (vector[$1] * weights[$1]).magnitude }
  }
}
