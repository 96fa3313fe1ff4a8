internal import Solvers

/// Where a state that bounds hold is so far from them that no correction of a step takes it there.
///
/// A sweep sees the prediction of every state as it passes; the solution differs from it by the step's correction, whose
/// size in units of the error bounds is known. Where all predictions lie within, nobody need look at the states again
/// after the step.
struct InnerRange {
  let position: Int
  let lower: Double
  let upper: Double

  /// Corrections, in units of the error bounds, that a prediction within has room for.
  static let largestCorrection = 8.0

  /// Nil where bounds differ from instance to instance or are missing. `absolute` is the largest absolute part of the
  /// error bounds.
  init?(_ bounded: StateBounds.Bounded, relative: Double, absolute: Double) {
    let range = bounded.range
    guard range.areCommon, range.count > 0, range.lower[0].isFinite, range.upper[0].isFinite else { return nil }
    let largest = max(range.lower[0].magnitude, range.upper[0].magnitude)
    // A state that holds may lie beyond a bound by its tolerance.
    let bound = relative * (largest + absolute) + absolute
    let margin = 1.01 * Self.largestCorrection * bound
    position = bounded.position
    lower = range.lower[0] + margin
    upper = range.upper[0] - margin
  }

  /// Whether all of `count` values lie within.
  func contains(_ values: UnsafePointer<Double>, count: Int) -> Bool {
    allLie(values, count: count, from: lower, to: upper)
  }
}

extension SystemEvaluator {
  /// Fewer unknowns are looked at faster than it is found out whether they need be.
  private static let fewestWatched = 64

  /// To be called when tolerances have been set.
  func findInnerRanges() {
    // Where none is held, none is near.
    statesAreFar = bounds.held.isEmpty
    statesHeld = false
    mayTellFarStates = count >= Self.fewestWatched && !bounds.held.isEmpty
    for group in groups {
      let held = bounds.held.filter { $0.group === group }
      let ranges = held.compactMap { bounded in
        let absolute = (0..<group.count).lazy.map { self.absoluteTolerances[bounded.first + $0] }.max() ?? .infinity
        return InnerRange(bounded, relative: tolerances.relative, absolute: absolute)
      }
      mayTellFarStates = mayTellFarStates && ranges.count == held.count
      group.innerRanges = ranges
    }
  }

  /// Whether it is known, without a look at the solution, that nothing has changed in a step whose correction had the norm
  /// `correction`.
  package func isUnchanged(after correction: Double) -> Bool {
    guard statesAreFar, !watchesSignals, !bounds.hasPins else { return false }
    return bounds.held.isEmpty || (statesHeld && correction <= InnerRange.largestCorrection)
  }
}
