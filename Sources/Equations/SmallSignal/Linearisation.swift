internal import Circuits
internal import Devices
internal import Expressions
internal import Glibc
internal import Kernels
package import Solvers

/// The equations of the transient linearised at a point of rest: (dF/dy + jω dF/dy') δy + (dF/de + jω dF/de') δe = 0, e
/// being what sources give.
///
/// The derivatives are the exact ones of every device's rows, of values and of rates apart, so that the frequency enters
/// without rounding. A state on a bound that its rate presses against stands still.
package final class Linearisation {
  package let evaluator: SystemEvaluator
  /// The values at the point of rest.
  package let y: UnsafeMutablePointer<Double>
  private var slopes = GroupSlopes.Slopes(entries: [], sources: [])
  package var entries: [LinearEntry] { slopes.entries }
  package var delayedEntries: [DelayedEntry] { slopes.delayed }
  /// Whether an expression reads `hertz`.
  package let dependsOnFrequency: Bool
  /// A state whose rate is not 0 at the point of rest, by far.
  package private(set) var movingState: (name: String, rate: Double)?
  private let groups: [GroupSlopes]
  private let zeroRates: UnsafeMutablePointer<Double>
  private let arena = Arena()

  /// `y` is the full vector at a point of rest that `evaluator` has just found.
  package init(_ evaluator: SystemEvaluator, at point: UnsafePointer<Double>) {
    self.evaluator = evaluator
    y = arena.doubles(evaluator.count)
    y.update(from: point, count: evaluator.count)
    zeroRates = arena.doubles(evaluator.count)
    groups = evaluator.groups.map { GroupSlopes($0) }
    dependsOnFrequency = evaluator.groups.contains { $0.model.readsFrequency }
    evaluator.refreshSourcesAtRest()
    evaluator.gather(y: y, rate: zeroRates)
    for group in groups { group.findResting(y: y, rate: zeroRates, bounds: evaluator.bounds) }
    findMovingState()
    collect()
  }

  /// Brings the slopes to `frequency`, Hz; true where that changes `entries`.
  package func move(to frequency: Double) -> Bool {
    evaluator.setFrequency(frequency)
    guard dependsOnFrequency else { return false }
    collect()
    return true
  }

  private func collect() {
    slopes = GroupSlopes.Slopes(
      entries: evaluator.linear.entries, sources: evaluator.linear.sourceTerms.map { ($0, 0) })
    for group in groups {
      group.evaluate(y: y, rate: zeroRates)
      group.add(to: &slopes)
    }
  }

  /// A state drifts where its rate would move it by more than its tolerance within a second or its own time constant.
  private func findMovingState() {
    var largest = 1.0
    for group in groups {
      for (unknown, rate, slope) in group.restingRates {
        let excess = rate.magnitude / (evaluator.absoluteTolerances[unknown] * max(1, slope.magnitude))
        guard excess > largest else { continue }
        largest = excess
        movingState = (evaluator.system.name(of: unknown), rate)
      }
    }
  }

  /// -(dF/de + jω dF/de') δe into `result`, pairs of real and imaginary part.
  package func excite(_ phasors: SourcePhasors, angularFrequency: Double, into result: UnsafeMutablePointer<Double>) {
    result.update(repeating: 0, count: 2 * evaluator.count)
    for (term, delay) in slopes.sources {
      var phasor =
        switch term.source {
        case .waveform(let waveform): phasors.waveforms[Int(waveform)]
        case .node(let node): phasors.tied[Int(node)]
        }
      if phasor == .zero { continue }
      if delay > 0 { phasor = ComplexNumber(cos(angularFrequency * delay), -sin(angularFrequency * delay)) * phasor }
      let row = 2 * Int(term.row)
      let (direct, reactive) = (term.conductance, angularFrequency * term.capacitance)
      result[row] -= direct * phasor.real - reactive * phasor.imaginary
      result[row + 1] -= direct * phasor.imaginary + reactive * phasor.real
    }
  }
}

extension DeviceModel {
  var readsFrequency: Bool { parameters.contains { $0.origin == .frequency } }
}

extension SystemEvaluator {
  /// Gives `hertz` its value everywhere.
  func setFrequency(_ value: Double) {
    frequency = value
    for group in groups where group.model.readsFrequency { group.setFrequency(value) }
  }
}
