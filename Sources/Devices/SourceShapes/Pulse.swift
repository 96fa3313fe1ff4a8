package import Diagnostics

/// `PULSE(V1 V2 TD TR TF PW PER NP)`: from V1 to V2 in TR, there for PW, back in TF, anew every PER.
///
/// As in ngspice, TR and TF absent or 0 are TSTEP, PW and PER absent or 0 are TSTOP; NP pulses, or no end for 0. A
/// period shorter than TR + PW + TF cuts the pulse off. Corners of pulse k are TD + (k PER + offset), computed from
/// k: nothing adds up over a million periods.
package struct Pulse: SourceShapeKind, Equatable {
  package var initial: Double
  package var pulsed: Double
  /// s.
  package var delay: Double
  package var rise: Double
  package var fall: Double
  package var width: Double
  package var repetition: Double
  /// Pulses in all; infinity for no end.
  package var count: Double

  package init(
    initial: Double, pulsed: Double, delay: Double, rise: Double, fall: Double, width: Double,
    repetition: Double = .infinity, count: Double = .infinity
  ) {
    self.initial = initial
    self.pulsed = pulsed
    self.delay = delay
    self.rise = rise
    self.fall = fall
    self.width = width
    self.repetition = repetition
    self.count = count
  }

  package static let keyword = "pulse"
  package static let arguments = ["V1", "V2", "TD", "TR", "TF", "PW", "PER", "NP"]
  package static func accepts(argumentCount: Int) -> Bool { (2...8).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    guard arguments.areNotNegative([3, 4, 5, 6, 7], of: Pulse.self, diagnostics: &diagnostics) else { return nil }
    let edges = [(3, "TR"), (4, "TF")].filter { arguments.value($0.0) == 0 }.map(\.1)
    if !edges.isEmpty, arguments.step > 0 {
      SourceError.edgeFilledIn(edges: edges, step: arguments.step, range: arguments.range).report(to: &diagnostics)
    }
    let repetition = arguments.time(6, default: arguments.stop)
    guard arguments.resolves(repetition, diagnostics: &diagnostics) else { return nil }
    let count = arguments.value(7).rounded(.down)
    return Pulse(
      initial: arguments.value(0), pulsed: arguments.value(1), delay: arguments.value(2),
      rise: arguments.time(3, default: arguments.step), fall: arguments.time(4, default: arguments.step),
      width: arguments.time(5, default: arguments.stop), repetition: repetition,
      count: count > 0 ? count : .infinity)
  }

  /// Time of one of the four corners of pulse `pulse`; those past the period are cut off with it.
  private func time(ofCorner corner: Int, pulse: Double) -> Double {
    let offset =
      switch corner {
      case 0: 0.0
      case 1: rise
      case 2: rise + width
      default: rise + width + fall
      }
    return delay + (pulse == 0 ? offset : pulse * repetition + offset)
  }

  /// The pulse whose period holds `time`: the last that begins at or before it; nil before the first.
  private func pulse(at time: Double) -> Double? {
    guard time >= delay else { return nil }
    guard repetition.isFinite, repetition > 0 else { return 0 }
    var pulse = min(max(0, ((time - delay) / repetition).rounded(.down)), count - 1)
    // The quotient may round across a corner; the corner itself decides.
    if pulse + 1 < count, self.time(ofCorner: 0, pulse: pulse + 1) <= time { pulse += 1 }
    if pulse > 0, self.time(ofCorner: 0, pulse: pulse) > time { pulse -= 1 }
    return pulse
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    guard let pulse = pulse(at: anchor) else { return (initial, 0) }
    var corner = 0
    while corner < 3, self.time(ofCorner: corner + 1, pulse: pulse) <= anchor { corner += 1 }
    switch corner {
    case 0: return ramp(from: initial, to: pulsed, corner: 0, pulse: pulse, at: time)
    case 1: return (pulsed, 0)
    case 2: return ramp(from: pulsed, to: initial, corner: 2, pulse: pulse, at: time)
    default: return (initial, 0)
    }
  }

  /// The line between two corners as they fall on the clock, so that it meets its neighbours at any hour.
  private func ramp(from start: Double, to end: Double, corner: Int, pulse: Double, at time: Double)
    -> (value: Double, slope: Double)
  {
    let begin = self.time(ofCorner: corner, pulse: pulse)
    let slope = (end - start) / (self.time(ofCorner: corner + 1, pulse: pulse) - begin)
    return (start + slope * (time - begin), slope)
  }

  package func nextCorner(after time: Double) -> Double {
    guard let pulse = pulse(at: time) else { return delay }
    let next = pulse + 1 < count ? self.time(ofCorner: 0, pulse: pulse + 1) : .infinity
    for corner in 1...3 {
      let candidate = self.time(ofCorner: corner, pulse: pulse)
      if candidate > time, candidate < next { return candidate }
    }
    return repetition.isFinite && repetition > 0 ? next : .infinity
  }

  package func period(at time: Double) -> Double? {
    guard repetition.isFinite, let pulse = pulse(at: time), pulse + 1 < count else { return nil }
    return repetition
  }

  package var description: String {
    let numbers = [initial, pulsed, delay, rise, fall, width, repetition, count.isFinite ? count : 0]
    return "PULSE(\(numbers.map(\.description).joined(separator: " ")))"
  }
}
