import Equations
import Solvers
import Testing

extension TestCircuit {
  /// The largest error, in a unit step along each of `directions` random directions, of J⁻¹ applied to extrapolated
  /// central differences of F(t, y + ε d, y' + cj ε d): 0 where J is the derivative of F.
  func jacobianError(
    time: Double, cj: Double, method: BorderedMatrix.Method = .automatic, directions: Int = 6
  ) throws -> Double {
    let matrix = BorderedMatrix(evaluator.structure, method: method)
    matrix.lastSlope = cj
    try #require(evaluator.jacobian(time: time, cj: cj, y: y, rate: rate, into: matrix))
    return try error(of: matrix, cj: cj, directions) { y, rate, result in
      evaluator.residual(time: time, y: y, rate: rate, into: result)
    }
  }

  /// The same of the equations of rest.
  func restJacobianError(directions: Int = 6) throws -> Double {
    let matrix = BorderedMatrix(evaluator.structure, method: .sparse)
    try #require(evaluator.operatingPointJacobian(y: y, into: matrix))
    return try error(of: matrix, cj: 0, directions) { y, _, result in
      evaluator.operatingPointResidual(y: y, sourceScale: 1, into: result)
    }
  }

  private func error(
    of matrix: BorderedMatrix, cj: Double, _ directions: Int,
    _ residual: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Bool
  ) throws -> Double {
    let count = evaluator.count
    let weights = arena.doubles(count)
    evaluator.errorWeights(y: y, into: weights)
    matrix.weights = UnsafePointer(weights)
    try #require(matrix.factor(cj: cj))
    var worst = 0.0
    for direction in 0..<directions {
      // A tolerance and a little of its own to every unknown, so that all columns count.
      let step = (0..<count).map { k in (1 + Double((k * 7 + direction * 13) % 11) / 10) / weights[k] }
      let fine = try difference(step, 0.5, cj, residual)
      let coarse = try difference(step, 1, cj, residual)
      let slope = arena.copy(zip(fine, coarse).map { (4 * $0 - $1) / 3 })
      let found = arena.doubles(count)
      matrix.solve(found, slope)
      for k in 0..<count { worst = max(worst, (found[k] / step[k] - 1).magnitude) }
    }
    return worst
  }

  private func difference(
    _ step: [Double], _ share: Double, _ cj: Double,
    _ residual: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Bool
  ) throws -> [Double] {
    let count = evaluator.count
    func at(_ sign: Double) throws -> [Double] {
      let point = arena.copy((0..<count).map { y[$0] + sign * share * step[$0] })
      let rates = arena.copy((0..<count).map { rate[$0] + cj * sign * share * step[$0] })
      let result = arena.doubles(count)
      try #require(residual(point, rates, result))
      return (0..<count).map { result[$0] }
    }
    return try zip(at(1), at(-1)).map { ($0 - $1) / (2 * share) }
  }
}
