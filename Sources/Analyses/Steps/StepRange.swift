internal import Glibc

/// The values of a range as ngspice chooses them: those of `.dc` for equal steps, those of `.ac` for decades and octaves.
enum StepRange {
  /// `start`, `start + step`, ... up to `stop`; nil where the step does not lead there.
  static func linear(from start: Double, to stop: Double, by step: Double) -> [Double]? {
    let count = (stop - start) / step
    guard step != 0, count >= 0, count < Double(StepPlan.mostRuns) else { return nil }
    return (0...Int((count + 1e-9).rounded(.down))).map { start + Double($0) * step }
  }

  /// About `points` values in a decade, evenly from `start` to `stop`, both of them included; nil where there is no
  /// way from one to the other.
  static func decades(from start: Double, to stop: Double, points: Double) -> [Double]? {
    guard let steps = steps(from: start, to: stop, base: 10, points: points) else { return nil }
    guard steps > 0 else { return [start] }
    return (0...steps).map { $0 == steps ? stop : start * pow(stop / start, Double($0) / Double(steps)) }
  }

  /// `points` values in an octave from `start` on, none beyond `stop`.
  static func octaves(from start: Double, to stop: Double, points: Double) -> [Double]? {
    guard let steps = steps(from: start, to: stop, base: 2, points: points) else { return nil }
    let sign: Double = abs(stop) < abs(start) ? -1 : 1
    return (0...steps).map { start * exp2(sign * Double($0) / points) }
  }

  private static func steps(from start: Double, to stop: Double, base: Double, points: Double) -> Int? {
    let ratio = stop / start
    guard ratio > 0, ratio.isFinite, points >= 1, points == points.rounded() else { return nil }
    let count = abs(log(ratio) / log(base)) * points
    return count < Double(StepPlan.mostRuns) ? Int((count + 1e-9).rounded(.down)) : nil
  }
}
