internal import CSundials

/// A problem whose residual can be formed and eliminated in one pass over its blocks, while each is in the cache.
package protocol SweptProblem: DAEProblem {
  /// Writes the border's rows of F at `trial` into the right side of `matrix`, and hands the rows of its blocks to
  /// `matrix.eliminate`, which leaves z in `solution`; false outside the equations' domain.
  ///
  /// A problem that follows `matrix.eliminationProducts` and `matrix.solutionProducts` leaves J⁻¹ F in `solution`, and says
  /// so by `matrix.isSolved`.
  ///
  /// Every unknown of `trial` is formed, by `Trial.form`, and once, also where a state is found outside: with the
  /// prediction the integrator's own vectors are brought up to date.
  func sweep(_ trial: Trial, matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>) -> Bool

  /// A sweep led nowhere: the problem may look at the point, to say later what was wrong with it.
  func noteFailedSweep(_ trial: Trial)
}

/// The point of a Newton iteration, y = y_p + e and y' = y_p' + cj e, which is formed block by block where it is needed:
/// the prediction is a sum of IDA's differences, and the correction is 0 in the first iteration.
package struct Trial {
  let step: UnsafePointer<NewtonHook_Step>
  /// False for the prediction itself.
  package let isCorrected: Bool

  /// s.
  package var time: Double { step.pointee.time }
  /// cj = ∂y'/∂y, 1/s.
  package var slope: Double { step.pointee.slope }
  /// The prediction alone, should the correction be what has no value.
  package var uncorrected: Trial { Trial(step: step, isCorrected: false) }

  /// `count` unknowns from `first` on, and their rates: for a sweep.
  package func form(
    _ first: Int, _ count: Int, into y: UnsafeMutablePointer<Double>, rate: UnsafeMutablePointer<Double>
  ) {
    NewtonHook_FormPoint(step, isCorrected ? 1 : 0, sunindextype(first), sunindextype(count), y, rate)
  }

  /// All of `count` unknowns, and their rates, at any time; both arrays have room for `count` rounded up to whole fours.
  package func form(
    all count: Int, into y: UnsafeMutablePointer<Double>, rate: UnsafeMutablePointer<Double>
  ) {
    NewtonHook_FormWhole(step, isCorrected ? 1 : 0, sunindextype(count), y, rate)
  }
}
