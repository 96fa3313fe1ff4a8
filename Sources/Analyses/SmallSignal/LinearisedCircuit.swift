package import Diagnostics
package import Equations
internal import Expressions
internal import Circuits
internal import Solvers
internal import Waveforms

/// A circuit linearised at its operating point, solved at one frequency after the other.
package final class LinearisedCircuit {
  package let linearisation: Linearisation
  private let matrix: FrequencyMatrix
  private let solutionVector: UnsafeMutablePointer<Double>
  private let range: SourceRange?
  package private(set) var diagnostics = DiagnosticBag()
  private var frequency = Double.nan

  /// Nil, with `diagnostics` saying why, where there is no operating point.
  package static func make(
    _ evaluator: SystemEvaluator, at range: SourceRange?, diagnostics: inout DiagnosticBag
  ) -> LinearisedCircuit? {
    let point = OperatingPoint(evaluator, at: range)
    defer { diagnostics.append(point.diagnostics) }
    do throws(SolverFailure) { try point.solve(initial: false) } catch {
      diagnostics.report(point.report(error))
      return nil
    }
    let circuit = LinearisedCircuit(Linearisation(evaluator, at: point.y), at: range)
    if let state = circuit.linearisation.movingState {
      diagnostics.report(.movingOperatingPoint(range, state: state.name, rate: state.rate))
    }
    return circuit
  }

  private init(_ linearisation: Linearisation, at range: SourceRange?) {
    self.linearisation = linearisation
    self.range = range
    matrix = FrequencyMatrix(
      order: linearisation.evaluator.count, entries: linearisation.entries, delayed: linearisation.delayedEntries)
    solutionVector = .allocate(capacity: 2 * max(1, linearisation.evaluator.count))
    solutionVector.initialize(repeating: 0, count: 2 * max(1, linearisation.evaluator.count))
  }

  deinit { solutionVector.deallocate() }

  /// Factors the system at `frequency`, Hz; false after reporting that it has no unique solution there.
  package func move(to frequency: Double) -> Bool {
    if frequency == self.frequency { return true }
    self.frequency = frequency
    if linearisation.move(to: frequency) { matrix.update(linearisation.entries) }
    if matrix.factor(angularFrequency: 2 * .pi * frequency) { return true }
    diagnostics.report(.singularAtFrequency(range, frequency: frequency))
    return false
  }

  /// δy for the phasors of sources at the frequency moved to, pairs of real and imaginary part; valid until the next call.
  package func solve(_ phasors: SourcePhasors) -> UnsafePointer<Double> {
    linearisation.excite(phasors, angularFrequency: 2 * .pi * frequency, into: solutionVector)
    matrix.solve(solutionVector)
    return UnsafePointer(solutionVector)
  }

  /// What a unit in each row would add to the quantity whose gradient `fill` writes: the adjoint solution.
  package func solveAdjoint(_ fill: (UnsafeMutablePointer<Double>) -> Void) -> UnsafePointer<Double> {
    fill(solutionVector)
    matrix.solve(solutionVector, transposed: true)
    return UnsafePointer(solutionVector)
  }
}

extension Diagnostic {
  static func movingOperatingPoint(_ range: SourceRange?, state: String, rate: Double) -> Diagnostic {
    Diagnostic(
      .note, "moving-operating-point", "the operating point is no equilibrium: \(state) moves there", at: range,
      notes: ["its rate is \(NumberFormat.significant(rate, digits: 5)) per second; the answer holds for the moment"],
      fixIts: [FixIt("start the state where its rate is 0, with steady(), if an equilibrium is meant")])
  }

  static func singularAtFrequency(_ range: SourceRange?, frequency: Double) -> Diagnostic {
    Diagnostic(
      .error, "singular-frequency",
      "the circuit has no unique answer at \(NumberFormat.quantity(frequency, unit: "Hz", digits: 6))", at: range,
      notes: ["what was computed before is kept"],
      fixIts: [FixIt("look for an ideal resonance, or at 0 Hz for nodes that capacitors alone hold")])
  }
}
