/// A consistent point after a discontinuity: two backward-Euler micro-steps of equal size h, or three.
///
///     F(t + h,  y1, (y1 - y0)/h) = 0      makes y consistent
///     F(t + 2h, y2, (y2 - y1)/h) = 0      yields y' (after one micro-step it still holds the jump over h)
///
/// Newton's unknown is h y', solved to rounding, so that y' keeps its digits however small h is. Unknowns that a
/// derivative determines (i = C e') hold rounding over h and are not waited for. Where there are such, what y moved by in
/// the first micro-step, over h, is their value in it: one more goes between the two, and their own rates are left at 0.
package struct Restart {
  private let problem: any DAEProblem
  private let matrix: BorderedMatrix
  private let count: Int
  /// Kept from restart to restart; nil for a system so large that its vectors are made anew, for the integrator has
  /// its own to hold.
  private let kept: RestartVectors?

  private static let mostKept = 100_000
  /// A junction that has to take over a current comes down its exponential by steps of n k T/q, up to 40 of them.
  private static let iterationLimit = 150
  private static let stallLimit = 60

  package init(_ problem: any DAEProblem, matrix: BorderedMatrix) {
    self.problem = problem
    self.matrix = matrix
    count = problem.structure.unknownCount
    kept = count <= Self.mostKept ? RestartVectors(problem) : nil
  }

  /// The micro-step at `time` before a breakpoint `gap` away, after a step of `lastStep` (infinity where there is none);
  /// both together end before the breakpoint.
  package static func microStep(at time: Double, gap: Double, lastStep: Double) -> Double {
    min(max(64 * time.ulp, 1e-9 * min(gap, lastStep)), 0.25 * gap)
  }

  /// As long as a micro-step may become where shorter ones find a singular matrix.
  package static func longestMicroStep(gap: Double, lastStep: Double) -> Double { min(0.25 * gap, 1e-3 * lastStep) }

  /// As `run(time:microStep:y:rate:consistent:)`, by longer micro-steps where a matrix is singular for rounding: beside a
  /// capacitance over h that ties two nodes, the little that ties both to others is lost (a bridge of diodes with a capacitor
  /// across its output).
  package func run(
    time: Double, microStep h: inout Double, atMost longest: Double, y: UnsafeMutablePointer<Double>,
    rate: UnsafeMutablePointer<Double>, consistent: UnsafeMutablePointer<Double>
  ) throws(SolverFailure) -> Double {
    let vectors = kept ?? RestartVectors(problem)
    vectors.before.update(from: y, count: count)
    while true {
      do throws(SolverFailure) {
        return try run(time: time, microStep: h, y: y, rate: rate, consistent: consistent)
      } catch {
        guard error.reason == .singularMatrix, h < longest else { throw error }
        h = min(1000 * h, longest)
        y.update(from: vectors.before, count: count)
      }
    }
  }

  /// Replaces `y` (the values just before or at the jump) by consistent ones and sets `rate`; returns the time reached,
  /// `time + (stepsToConsistency + 1) h`. `consistent`, if given, receives y one micro-step before that.
  package func run(
    time: Double, microStep h: Double, y: UnsafeMutablePointer<Double>, rate: UnsafeMutablePointer<Double>,
    consistent: UnsafeMutablePointer<Double>? = nil
  ) throws(SolverFailure) -> Double {
    let vectors = kept ?? RestartVectors(problem)
    for step in 1...stepsToConsistency { try microStep(to: time + Double(step) * h, h, y, rate, vectors) }
    consistent?.update(from: y, count: count)
    let end = time + Double(stepsToConsistency + 1) * h
    try microStep(to: end, h, y, rate, vectors)
    for unknown in problem.exemptUnknowns { rate[unknown] = 0 }
    return end
  }

  /// Micro-steps until every unknown is consistent.
  package var stepsToConsistency: Int { problem.exemptUnknowns.isEmpty ? 1 : 2 }

  private func microStep(
    to time: Double, _ h: Double, _ y: UnsafeMutablePointer<Double>, _ rate: UnsafeMutablePointer<Double>,
    _ vectors: RestartVectors
  ) throws(SolverFailure) {
    let (trial, trialRate, increment) = (vectors.trial, vectors.trialRate, vectors.increment)
    let (residual, correction) = (vectors.residual, vectors.correction)
    let (weights, mask) = (vectors.weights, vectors.mask)
    let slope = 1 / h
    increment.update(repeating: 0, count: count)
    var smallest = Double.infinity
    var stalled = 0
    for _ in 0..<Self.iterationLimit {
      for k in 0..<count {
        trial[k] = y[k] + increment[k]
        trialRate[k] = increment[k] * slope
      }
      problem.errorWeights(y: trial, into: weights)
      matrix.weights = UnsafePointer(weights)
      matrix.diagonalShift = nil
      guard problem.residual(time: time, y: trial, rate: trialRate, into: residual),
        problem.jacobian(time: time, cj: slope, y: trial, rate: trialRate, into: matrix)
      else { throw SolverFailure(.inconsistentRestart, time: time, step: h, worstEquation: nil) }
      guard matrix.factor(cj: slope) else { throw SolverFailure(.singularMatrix, time: time, step: h) }
      matrix.solve(correction, residual)
      var size = 0.0
      for k in 0..<count {
        increment[k] -= correction[k]
        size = max(size, (correction[k] * weights[k]).magnitude * mask[k])
        if !correction[k].isFinite { size = .nan }
      }
      guard size.isFinite else { break }
      stalled = size > 0.9 * smallest ? stalled + 1 : 0
      // To rounding: on until the correction no longer shrinks. Where voltages of coupled coils cancel, the rounding of
      // L i' may be more than a millionth of a tolerance.
      if size == 0 || (size < 1e-6 && size > 0.25 * smallest) || size < 1e-13 || (size < 1 && stalled > 5) {
        for k in 0..<count {
          y[k] += increment[k]
          rate[k] = increment[k] * slope
        }
        return
      }
      smallest = min(smallest, size)
      if stalled > Self.stallLimit { break }
    }
    func size(_ k: Int) -> Double { (correction[k] * weights[k]).magnitude * mask[k] }
    let worst = (0..<count).max { size($0) < size($1) }
    throw SolverFailure(.inconsistentRestart, time: time, step: h, worstUnknown: worst)
  }
}

/// The work of a restart.
private final class RestartVectors {
  private let arena = Arena()
  let trial: UnsafeMutablePointer<Double>
  let trialRate: UnsafeMutablePointer<Double>
  let increment: UnsafeMutablePointer<Double>
  let residual: UnsafeMutablePointer<Double>
  let correction: UnsafeMutablePointer<Double>
  /// y as the restart found it.
  let before: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  /// 0 for exempt unknowns, else 1.
  let mask: UnsafeMutablePointer<Double>

  init(_ problem: any DAEProblem) {
    let count = problem.structure.unknownCount
    trial = arena.doubles(count)
    trialRate = arena.doubles(count)
    increment = arena.doubles(count)
    residual = arena.doubles(count)
    correction = arena.doubles(count)
    before = arena.doubles(count)
    weights = arena.doubles(count)
    mask = arena.doubles(count, filledWith: 1)
    for unknown in problem.exemptUnknowns { mask[unknown] = 0 }
  }
}
