/// F(t, y, y') = 0 as the solvers see it.
///
/// Every call may fail by returning false: the point lies outside the equations' domain, a shorter step may help.
package protocol DAEProblem: BoundedProblem {
  /// F into `result`.
  func residual(
    time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) -> Bool

  /// ∂F/∂y + cj ∂F/∂y' of the batches into `matrix` (the linear part stands in the structure).
  func jacobian(
    time: Double, cj: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into matrix: BorderedMatrix
  ) -> Bool

  /// Unknowns that a derivative determines (index 2): they take no part in the error test.
  var exemptUnknowns: [Int] { get }

  /// Whether curved equations hold unknowns without rates: what an iteration leaves of their errors no step forgets.
  var bendsWithoutRates: Bool { get }
}

extension DAEProblem {
  package var bendsWithoutRates: Bool { false }
}

/// The equations of the operating point: F(0, y, 0) = 0 with the rows of states replaced by what they start from.
package protocol OperatingPointProblem: BoundedProblem {
  /// Independent sources are multiplied by `sourceScale`.
  func operatingPointResidual(
    y: UnsafePointer<Double>, sourceScale: Double, into result: UnsafeMutablePointer<Double>
  ) -> Bool
  func operatingPointJacobian(y: UnsafePointer<Double>, into matrix: BorderedMatrix) -> Bool

  /// Where a conductance to ground helps: 1 for a node's voltage, 0 elsewhere.
  var nodeMask: [Double] { get }
  /// The size of the fictitious d/dt that pseudo-transient continuation adds to each row (F or 1; 0 for none).
  var pseudoCapacitance: [Double] { get }
}
