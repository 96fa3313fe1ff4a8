import Solvers

/// One equation f(v, s) = 0 of one node, s being the sources' scale.
final class ScalarProblem: OperatingPointProblem {
  let structure = BorderedStructure.oneBlock(size: 1)
  let nodeMask = [1.0]
  var pseudoCapacitance = [1e-3]
  private(set) var evaluations = 0
  private let arena = Arena()
  private let absolute: UnsafePointer<Double>
  private let function: (_ v: Double, _ scale: Double) -> Double
  private let derivative: (_ v: Double) -> Double

  init(_ function: @escaping (Double, Double) -> Double, derivative: @escaping (Double) -> Double) {
    self.function = function
    absolute = UnsafePointer(arena.copy([1e-6]))
    self.derivative = derivative
  }

  func operatingPointResidual(
    y: UnsafePointer<Double>, sourceScale: Double, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    evaluations += 1
    result[0] = function(y[0], sourceScale)
    return result[0].isFinite
  }

  func operatingPointJacobian(y: UnsafePointer<Double>, into matrix: BorderedMatrix) -> Bool {
    matrix.values(ofBatch: 0)[0] = derivative(y[0])
    return true
  }

  var errorBounds: ErrorBounds { ErrorBounds(relative: 1e-4, absolute: absolute) }

  /// What `solve` makes of the guess: v, or nil.
  func solution(from guess: Double, _ solve: (NewtonSolver, UnsafeMutablePointer<Double>) -> Bool) -> Double? {
    let arena = Arena()
    let y = arena.copy([guess])
    let newton = NewtonSolver(self, matrix: BorderedMatrix(structure))
    return solve(newton, y) ? y[0] : nil
  }

  func newton(from guess: Double) -> Double? { solution(from: guess) { $0.solve($1) } }
}
