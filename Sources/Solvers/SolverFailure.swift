/// Why a solver gave up, in the solver's terms; who knows the circuit turns indices into names.
package struct SolverFailure: Error, Sendable {
  package enum Reason: Sendable, Equatable {
    /// The step became too small: Newton's iteration failed again and again.
    case newtonDiverged
    /// The step became too small: the error test failed again and again.
    case errorTestFailed
    /// The equations could not be evaluated at any acceptable point.
    case outsideDomain
    /// The linear system is singular.
    case singularMatrix
    /// No consistent start after a discontinuity.
    case inconsistentRestart
    /// No operating point by any method; their names, in the order tried.
    case noOperatingPoint([String])
    /// Switches turn again and again from one solution at rest to the next.
    case oscillatingSwitches
    /// IDA's own flag, for what should not happen.
    case solver(Int)
  }

  package var reason: Reason
  package var time: Double
  package var step: Double
  /// The unknown that resisted most: the largest error in units of its tolerance.
  package var worstUnknown: Int?
  /// The equation with the largest residual.
  package var worstEquation: Int?

  package init(_ reason: Reason, time: Double, step: Double = 0, worstUnknown: Int? = nil, worstEquation: Int? = nil) {
    self.reason = reason
    self.time = time
    self.step = step
    self.worstUnknown = worstUnknown
    self.worstEquation = worstEquation
  }
}
