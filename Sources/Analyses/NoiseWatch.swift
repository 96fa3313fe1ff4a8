/// Steps between two samples of noise: a few tens, or so many that time hardly goes on.
///
/// Where a density passes 0 its root, by which noise enters, is infinitely steep; with two states that share a noise the
/// integrator may creep there for good.
struct NoiseWatch {
  static let mostSteps = 20_000
  static let mostDevices = 4
  private var sample = 0.0
  private var count = 0

  /// Whether the step that ends at `time` (s) is one too many; `interval` is the distance of samples, nil without noise.
  mutating func stalls(at time: Double, interval: Double?) -> Bool {
    guard let interval else { return false }
    if time >= sample + interval {
      sample = time
      count = 0
    }
    count += 1
    return count > Self.mostSteps
  }
}
