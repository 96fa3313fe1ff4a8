package import Solvers

extension SystemEvaluator: SweptProblem {
  package func sweep(_ trial: Trial, matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>) -> Bool {
    refreshSources(trial.time)
    if kinks.wantModes(at: trial.time) { followKinks(trial.uncorrected) }
    trial.form(0, borderCount, into: borderY, rate: borderRate)
    linear.evaluate(sources, y: borderY, rate: borderRate, into: matrix.borderRightSide)
    for batch in 0..<groups.count
    where !groups[batch].sweep(trial, borderY, borderRate, batch: batch, matrix: matrix, into: solution) {
      return false
    }
    return true
  }

  /// Modes of comparisons whose branches meet are those of the prediction.
  private func followKinks(_ prediction: Trial) {
    let (y, rate) = (trialValues, trialRates)
    prediction.form(0, count, into: y, rate: rate)
    gather(y: y, rate: rate)
    kinks.follow(groups, time: prediction.time, y: y, rate: rate)
  }

  package func noteFailedSweep(_ trial: Trial) {
    let (y, rate) = (trialValues, trialRates)
    trial.form(0, count, into: y, rate: rate)
    // A correction that is not finite came from the fault itself: then the prediction is what is known.
    if !(0..<count).allSatisfy({ y[$0].isFinite }) { trial.uncorrected.form(0, count, into: y, rate: rate) }
    guard bounds.openRangesHold(y) else { return }
    refreshSources(trial.time)
    gather(y: y, rate: rate)
    // Modes stay those of the sweep; an evaluation without a value is noted (`faultPoint`).
    let scratch = Arena()
    _ = evaluate(y: y, rate: rate, into: scratch.doubles(count)) { $0.residual }
    withExtendedLifetime(scratch) {}
  }
}
