package import Diagnostics
internal import Glibc

/// `SFFM(VO VA FC MDI FS PHASEC PHASES)`: VO + VA sin(2 pi FC t + PHASEC + MDI sin(2 pi FS t + PHASES)).
///
/// FC (absent or 0: 1/TSTOP) and FS (absent or 0: 1/TSTOP) in Hz, phases in degrees.
package struct FrequencyModulation: SourceShapeKind, Equatable {
  package var offset: Double
  package var amplitude: Double
  /// Hz.
  package var carrier: Double
  package var index: Double
  /// Hz.
  package var signal: Double
  /// Radians.
  package var carrierPhase: Double
  package var signalPhase: Double

  package init(
    offset: Double, amplitude: Double, carrier: Double, index: Double, signal: Double, carrierPhase: Double = 0,
    signalPhase: Double = 0
  ) {
    self.offset = offset
    self.amplitude = amplitude
    self.carrier = carrier
    self.index = index
    self.signal = signal
    self.carrierPhase = carrierPhase
    self.signalPhase = signalPhase
  }

  package static let keyword = "sffm"
  package static let arguments = ["VO", "VA", "FC", "MDI", "FS", "PHASEC", "PHASES"]
  package static func accepts(argumentCount: Int) -> Bool { (2...7).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    let slowest = arguments.stop > 0 ? 1 / arguments.stop : 0
    return FrequencyModulation(
      offset: arguments.value(0), amplitude: arguments.value(1), carrier: arguments.time(2, default: slowest),
      index: arguments.value(3), signal: arguments.time(4, default: slowest),
      carrierPhase: arguments.value(5) * .pi / 180, signalPhase: arguments.value(6) * .pi / 180)
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    let (fast, slow) = (2 * Double.pi * carrier, 2 * Double.pi * signal)
    let modulation = slow * time + signalPhase
    let phase = fast * time + carrierPhase + index * sin(modulation)
    return (offset + amplitude * sin(phase), amplitude * cos(phase) * (fast + index * slow * cos(modulation)))
  }

  package func nextCorner(after time: Double) -> Double { .infinity }

  /// That of the highest frequency on the way.
  package func period(at time: Double) -> Double? {
    let highest = carrier.magnitude + index.magnitude * signal.magnitude
    return highest != 0 && amplitude != 0 ? 1 / highest : nil
  }

  package var description: String {
    let degrees = [carrierPhase, signalPhase].map { $0 * 180 / .pi }
    return "SFFM(\(([offset, amplitude, carrier, index, signal] + degrees).map(\.description).joined(separator: " ")))"
  }
}
