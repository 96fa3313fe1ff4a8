internal import Glibc

/// The integral of a density over frequency, as ngspice takes it: a power of the frequency between neighbouring points.
struct NoiseIntegral {
  private(set) var value = 0.0
  private var last: (frequency: Double, density: Double)?

  /// Takes the next point; frequencies rise.
  mutating func add(_ density: Double, at frequency: Double) {
    defer { last = (frequency, density) }
    guard let last, frequency > last.frequency else { return }
    let width = log(frequency / last.frequency)
    guard density > 0, last.density > 0 else {
      return value += 0.5 * (density + last.density) * (frequency - last.frequency)
    }
    // density ~ f^k, whose integral is f density/(k + 1) between both ends: written so that k = -1 is no exception.
    let exponent = log(density / last.density) / width + 1
    let growth = exponent * width
    let mean = abs(growth) < 1e-9 ? 1 : expm1(growth) / growth
    value += last.frequency * last.density * width * mean
  }
}
