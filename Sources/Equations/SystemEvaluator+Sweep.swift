package import Solvers

extension SystemEvaluator: SweptProblem {
  package func sweep(
    time: Double, slope: Double, predicted: UnsafePointer<Double>, predictedRate: UnsafePointer<Double>,
    correction: UnsafePointer<Double>, matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>
  ) -> Bool {
    refreshSources(time)
    if kinks.wantModes(at: time) {
      gather(y: predicted, rate: predictedRate)
      kinks.follow(groups, time: time, y: predicted, rate: predictedRate)
    }
    for row in 0..<borderCount {
      borderY[row] = predicted[row] + correction[row]
      borderRate[row] = predictedRate[row] + slope * correction[row]
    }
    linear.evaluate(sources, y: borderY, rate: borderRate, into: matrix.borderRightSide)
    let start = SweepStart(
      slope: slope, predicted: predicted, predictedRate: predictedRate, correction: correction, border: borderY,
      borderRate: borderRate)
    for batch in 0..<groups.count where !groups[batch].sweep(start, batch: batch, matrix: matrix, into: solution) {
      return false
    }
    return true
  }

  package func noteFailedSweep(
    time: Double, slope: Double, predicted: UnsafePointer<Double>, predictedRate: UnsafePointer<Double>,
    correction: UnsafePointer<Double>
  ) {
    // A correction that is not finite came from the fault itself: then the prediction is what is known.
    let isFinite = (0..<count).allSatisfy { correction[$0].isFinite }
    let y = (0..<count).map { isFinite ? predicted[$0] + correction[$0] : predicted[$0] }
    let rate = (0..<count).map { isFinite ? predictedRate[$0] + slope * correction[$0] : predictedRate[$0] }
    let scratch = Arena()
    let rows = scratch.doubles(count)
    y.withUnsafeBufferPointer { y in
      rate.withUnsafeBufferPointer { rate in
        guard let y = y.baseAddress, let rate = rate.baseAddress, bounds.openRangesHold(y) else { return }
        refreshSources(time)
        gather(y: y, rate: rate)
        // Modes stay those of the sweep; an evaluation without a value is noted (`faultPoint`).
        _ = evaluate(y: y, rate: rate, into: rows) { $0.residual }
        withExtendedLifetime(scratch) {}
      }
    }
  }
}
