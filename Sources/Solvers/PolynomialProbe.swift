internal import CSundials

/// The polynomial of IDA's last step in a few unknowns:
///
///     y(t) = Σ c_j(t) φ_j,   c_0 = 1,   c_j = c_{j-1} (t - t_n + ψ_{j-2}) / ψ_{j-1}   (ψ_{-1} = 0)
///
/// with the modified divided differences φ and sums of steps ψ of Brenan, Campbell & Petzold (Numerical Solution of
/// Initial-Value Problems in DAEs, 1996, section 5.2.1). One call of `IDAGetDky` a step tells both; evaluating it then
/// costs a few multiplications a point.
package final class PolynomialProbe {
  /// The unknowns at the time last evaluated, and their rates where they were asked for.
  package let y: UnsafeMutablePointer<Double>
  package let rate: UnsafeMutablePointer<Double>
  package let count: Int
  /// Row j holds φ_j of every unknown.
  private let differences: UnsafeMutablePointer<Double>
  private let unknowns: UnsafeMutablePointer<Int32>
  private let terms: N_Vector
  private let arena = Arena()
  private let integrator: IDAIntegrator
  private var order = 0
  private var end = 0.0
  /// ψ_0 ... ψ_4, s, and their inverses.
  private var spans = SIMD8<Double>(repeating: 1)
  private var inverseSpans = SIMD8<Double>(repeating: 1)

  package init(_ unknowns: [Int], of integrator: IDAIntegrator) throws(SolverFailure) {
    count = unknowns.count
    self.integrator = integrator
    y = arena.doubles(count)
    rate = arena.doubles(count)
    self.unknowns = arena.copy(unknowns.map(Int32.init))
    guard let terms = StateVector_NewProbe(sunindextype(unknowns.count), self.unknowns, integrator.context),
      let differences = StateVector_Data(terms)
    else { throw SolverFailure(.solver(-1), time: integrator.time) }
    self.terms = terms
    self.differences = differences
  }

  deinit { N_VDestroy(terms) }

  /// Takes over the last step's polynomial; to be called after a step, before the next.
  package func read() {
    end = integrator.time
    // In the middle of the step no coefficient vanishes, so that the ψ can be told from them.
    let distance = -0.5 * integrator.lastStep
    guard IDAGetDky(integrator.memory, end + distance, 0, terms) >= 0 else { return }
    let captured = StateVector_Captured(terms)
    order = Int(captured.count) - 1
    withUnsafeBytes(of: captured.coefficients) { bytes in
      let coefficients = bytes.bindMemory(to: Double.self)
      var before = 0.0
      for j in 0..<order {
        spans[j] = coefficients[j] * (distance + before) / coefficients[j + 1]
        inverseSpans[j] = 1 / spans[j]
        before = spans[j]
      }
    }
  }

  /// Fills `y`, and with `rates` also `rate`, at `time`.
  package func evaluate(at time: Double, rates: Bool) {
    let distance = min(max(time, integrator.previousTime), end) - end
    y.update(from: differences, count: count)
    if rates { rate.update(repeating: 0, count: count) }
    var coefficient = 1.0
    var slope = 0.0
    var before = 0.0
    for j in 0..<order {
      slope = (slope * (distance + before) + coefficient) * inverseSpans[j]
      coefficient *= (distance + before) * inverseSpans[j]
      before = spans[j]
      let row = differences + (j + 1) * count
      for unknown in 0..<count { y[unknown] += coefficient * row[unknown] }
      if rates {
        for unknown in 0..<count { rate[unknown] += slope * row[unknown] }
      }
    }
  }

  /// Bounds between which unknown `place` stays throughout the last step: every |c_j| is at most 1 there. They are read
  /// off IDA's own differences, for most steps need nothing else; nil before the first step.
  package func bounds(of place: Int) -> (lower: Double, upper: Double)? {
    guard integrator.differences.pointee.count > 0 else { return nil }
    var middle = 0.0
    var reach = StateVector_Reach(integrator.differences, sunindextype(unknowns[place]), &middle)
    reach += 4 * Double.ulpOfOne * (middle.magnitude + reach)
    return (middle - reach, middle + reach)
  }
}
