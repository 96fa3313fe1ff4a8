package import Diagnostics
internal import Glibc

/// `SIN(VO VA FREQ TD THETA PHASE)`: VO + VA exp(-(t - TD) THETA) sin(2 pi FREQ (t - TD) + PHASE), its value at TD before.
///
/// FREQ in Hz (absent or 0: 1/TSTOP), TD in s, THETA in 1/s, PHASE in degrees.
package struct Sine: SourceShapeKind, Equatable {
  package var offset: Double
  package var amplitude: Double
  /// Hz.
  package var frequency: Double
  /// s.
  package var delay: Double
  /// 1/s.
  package var damping: Double
  /// Degrees.
  package var phase: Double

  package init(
    offset: Double, amplitude: Double, frequency: Double, delay: Double = 0, damping: Double = 0, phase: Double = 0
  ) {
    self.offset = offset
    self.amplitude = amplitude
    self.frequency = frequency
    self.delay = delay
    self.damping = damping
    self.phase = phase
  }

  package static let keyword = "sin"
  package static let arguments = ["VO", "VA", "FREQ", "TD", "THETA", "PHASE"]
  package static func accepts(argumentCount: Int) -> Bool { (2...6).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    let frequency = arguments.time(2, default: arguments.stop > 0 ? 1 / arguments.stop : 0)
    return Sine(
      offset: arguments.value(0), amplitude: arguments.value(1), frequency: frequency, delay: arguments.value(3),
      damping: arguments.value(4), phase: arguments.value(5))
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    guard anchor >= delay else { return (offset + amplitude * Self.sineAndCosine(turns: phase / 360).sine, 0) }
    let elapsed = time - delay
    // Whole turns drop out before the sine; the product's own rounding is kept, so that the millionth period is as
    // true as the first.
    let turns = frequency * elapsed
    let rest = elapsed.isFinite ? (-turns).addingProduct(frequency, elapsed) : 0
    let wave = Self.sineAndCosine(turns: (turns - turns.rounded(.down)) + rest + phase / 360)
    let envelope = damping == 0 ? amplitude : amplitude * exp(-elapsed * damping)
    let angular = 2 * Double.pi * frequency
    return (offset + envelope * wave.sine, envelope * (angular * wave.cosine - damping * wave.sine))
  }

  /// sin and cos of 2 pi `turns`, exactly 0, 1 or -1 at quarter turns.
  private static func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
    let quarter = (4 * turns).rounded()
    let angle = 2 * Double.pi * (turns - quarter / 4)
    let (sine, cosine) = (sin(angle), cos(angle))
    switch quarter - 4 * (quarter / 4).rounded(.down) {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  package func nextCorner(after time: Double) -> Double { time < delay ? delay : .infinity }

  package func period(at time: Double) -> Double? {
    time >= delay && frequency != 0 && amplitude != 0 ? 1 / frequency.magnitude : nil
  }

  package var description: String {
    "SIN(\([offset, amplitude, frequency, delay, damping, phase].map(\.description).joined(separator: " ")))"
  }
}
