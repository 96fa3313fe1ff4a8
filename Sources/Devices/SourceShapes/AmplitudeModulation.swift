package import Diagnostics
internal import Glibc

/// `AM(VA VO MF FC TD PHASEC PHASES)`: VA (VO + sin(2 pi MF (t - TD) + PHASES)) sin(2 pi FC (t - TD) + PHASES), 0 before
/// TD.
///
/// MF and FC (absent or 0: 1/TSTOP) in Hz, TD in s, phases in degrees. As in ngspice 39, PHASES enters both sines and
/// PHASEC neither.
package struct AmplitudeModulation: SourceShapeKind, Equatable {
  package var amplitude: Double
  package var offset: Double
  /// Hz.
  package var modulation: Double
  /// Hz.
  package var carrier: Double
  /// s.
  package var delay: Double

  /// Radians.
  package var phase: Double

  package init(
    amplitude: Double, offset: Double, modulation: Double, carrier: Double, delay: Double = 0, phase: Double = 0
  ) {
    self.phase = phase
    self.amplitude = amplitude
    self.offset = offset
    self.modulation = modulation
    self.carrier = carrier
    self.delay = delay
  }

  package static let keyword = "am"
  package static let arguments = ["VA", "VO", "MF", "FC", "TD", "PHASEC", "PHASES"]
  package static func accepts(argumentCount: Int) -> Bool { (2...7).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    let slowest = arguments.stop > 0 ? 1 / arguments.stop : 0
    return AmplitudeModulation(
      amplitude: arguments.value(0), offset: arguments.value(1), modulation: arguments.time(2, default: slowest),
      carrier: arguments.time(3, default: slowest), delay: arguments.value(4),
      phase: arguments.value(6) * .pi / 180)
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    guard anchor >= delay else { return (0, 0) }
    let (fast, slow) = (2 * Double.pi * carrier, 2 * Double.pi * modulation)
    let elapsed = time - delay
    let (slowPhase, fastPhase) = (slow * elapsed + phase, fast * elapsed + phase)
    let envelope = amplitude * (offset + sin(slowPhase))
    let slope = amplitude * slow * cos(slowPhase)
    let (wave, rate) = (sin(fastPhase), fast * cos(fastPhase))
    return (envelope * wave, slope * wave + envelope * rate)
  }

  package func nextCorner(after time: Double) -> Double { time < delay ? delay : .infinity }

  package func period(at time: Double) -> Double? {
    let highest = carrier.magnitude + modulation.magnitude
    return time >= delay && highest != 0 && amplitude != 0 ? 1 / highest : nil
  }

  package var description: String {
    let numbers = [amplitude, offset, modulation, carrier, delay, 0, phase * 180 / .pi]
    return "AM(\(numbers.map(\.description).joined(separator: " ")))"
  }
}
