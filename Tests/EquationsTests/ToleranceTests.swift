import Equations
import Glibc
import Solvers
import Testing

/// The error bound of each unknown.
@Suite struct ToleranceTests {
  /// The absolute part of each unknown's bound, by name, after the operating point.
  static func bounds(_ text: String, _ change: (inout ToleranceSettings) -> Void = { _ in }) throws
    -> (bounds: [String: Double], circuit: TestCircuit)
  {
    var settings = ToleranceSettings()
    change(&settings)
    let circuit = try TestCircuit(text, tolerances: settings)
    try circuit.settle()
    return (absolute(circuit), circuit)
  }

  static func absolute(_ circuit: TestCircuit) -> [String: Double] {
    let count = circuit.evaluator.count
    let zero = circuit.arena.doubles(count)
    let weights = circuit.arena.doubles(count)
    circuit.evaluator.errorWeights(y: zero, into: weights)
    return Dictionary(uniqueKeysWithValues: circuit.unknowns.enumerated().map { ($1, 1 / weights[$0]) })
  }

  static func expect(_ found: Double?, _ expected: Double) {
    #expect(abs((found ?? .nan) / expected - 1) < 1e-12)
  }

  static let text = """
    .memristor cell
      param top = 5
      state g in [0, top] = 0.5
      state x = 20
      state w tol=3u = 1
      ddt(g) = 0
      ddt(x) = -x
      ddt(w) = -w
      i = 1u*v*g
    .endmemristor
    I1 0 a 1m
    L1 a b 1m
    R1 b 0 1k
    N1 b 0 cell
    N2 b 0 cell top=2
    """

  @Test(arguments: [1e-3, 1e-4, 1e-7]) func followReltol(reltol: Double) throws {
    let (bounds, _) = try Self.bounds(Self.text) { $0.relative = reltol }
    Self.expect(bounds["v(b)"], 1e-2 * reltol)
    Self.expect(bounds["i(l1)"], 1e-8 * reltol)
    Self.expect(bounds["@n1[g]"], 5e-2 * reltol)
    Self.expect(bounds["@n2[g]"], 2e-2 * reltol)
    Self.expect(bounds["@n1[x]"], 0.2 * reltol)
    Self.expect(bounds["@n1[w]"], 3e-6)
  }

  @Test func writtenOnesAreObeyed() throws {
    let (bounds, _) = try Self.bounds(Self.text) {
      $0.voltage = 3e-5
      $0.current = 2e-12
    }
    Self.expect(bounds["v(b)"], 3e-5)
    Self.expect(bounds["i(l1)"], 2e-12)
  }

  @Test func relativePartIsOfTheValue() throws {
    let (_, circuit) = try Self.bounds(Self.text)
    let weights = circuit.arena.doubles(circuit.evaluator.count)
    circuit.evaluator.errorWeights(y: circuit.y, into: weights)
    let place = try #require(circuit.unknowns.firstIndex(of: "v(b)"))
    Self.expect(1 / weights[place], 1e-4 * circuit.y[place].magnitude + 1e-6)
  }

  @Test func rangeOfAnUnboundedStateWidens() throws {
    let (_, circuit) = try Self.bounds(Self.text)
    let place = try #require(circuit.unknowns.firstIndex(of: "@n2[x]"))
    circuit.y[place] = -300
    circuit.evaluator.widenRanges(circuit.y)
    Self.expect(Self.absolute(circuit)["@n2[x]"], 3e-4)
    Self.expect(Self.absolute(circuit)["@n1[x]"], 2e-5)
    circuit.y[place] = 1
    circuit.evaluator.widenRanges(circuit.y)
    Self.expect(Self.absolute(circuit)["@n2[x]"], 3e-4)
  }

  @Test func chargesFollowTheirVoltage() throws {
    let (bounds, _) = try Self.bounds(ChargeTests.varactor + "V1 a 0 2\nR1 a b 1k\nN1 b 0 varactor\nR2 b 0 1k")
    let capacitance = 1e-9 + 0.4e-9 + 0.3e-9 * cos(3.0)
    Self.expect(bounds["@n1[charge#1]"], capacitance * 1e-6)
  }
}
