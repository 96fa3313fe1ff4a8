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
}
