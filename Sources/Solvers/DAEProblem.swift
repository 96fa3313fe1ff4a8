/// F(t, y, y') = 0 as the solvers see it.
///
/// Every call may fail by returning false: the point lies outside the equations' domain, a shorter step may help.
package protocol DAEProblem: AnyObject {
  var structure: BorderedStructure { get }

  /// F into `result`.
  func residual(
    time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) -> Bool

  /// ∂F/∂y + cj ∂F/∂y' of the batches into `matrix` (the linear part stands in the structure).
  func jacobian(
    time: Double, cj: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into matrix: BorderedMatrix
  ) -> Bool

  /// The inverse of each unknown's error bound, 1/(reltol |y| + abstol); returns the weighted maximum norm of y.
  @discardableResult
  func errorWeights(y: UnsafePointer<Double>, into weights: UnsafeMutablePointer<Double>) -> Double

  /// Unknowns that a derivative determines (index 2): they take no part in the error test.
  var exemptUnknowns: [Int] { get }

  /// Whether curved equations hold unknowns without rates: what an iteration leaves of their errors no step forgets.
  var bendsWithoutRates: Bool { get }
}

extension DAEProblem {
  package var bendsWithoutRates: Bool { false }
}

/// The equations of the operating point: F(0, y, 0) = 0 with the rows of states replaced by what they start from.
package protocol OperatingPointProblem: AnyObject {
  var structure: BorderedStructure { get }

  /// Independent sources are multiplied by `sourceScale`.
  func operatingPointResidual(
    y: UnsafePointer<Double>, sourceScale: Double, into result: UnsafeMutablePointer<Double>
  ) -> Bool
  func operatingPointJacobian(y: UnsafePointer<Double>, into matrix: BorderedMatrix) -> Bool
  @discardableResult
  func errorWeights(y: UnsafePointer<Double>, into weights: UnsafeMutablePointer<Double>) -> Double

  /// Where a conductance to ground helps: 1 for a node's voltage, 0 elsewhere.
  var nodeMask: [Double] { get }
  /// The size of the fictitious d/dt that pseudo-transient continuation adds to each row (F or 1; 0 for none).
  var pseudoCapacitance: [Double] { get }
}
