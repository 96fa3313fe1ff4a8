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
    Dictionary(circuit.unknowns.enumerated().map { ($1, bound(circuit, $0)) }) { first, _ in first }
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

  /// A quantity that another device reads is held by its unit; one of no known unit by how large it has been.
  @Test func quantitiesFollowTheirUnit() throws {
    let (bounds, circuit) = try Self.bounds(
      """
      .memristor cell
        state x in [0, 2] = 1
        rate  = 1e6*x     ; 1/s, of something
        drive = 5*v       ; V, of something
        flow  = 1u*v      ; A, of something
        ddt(x) = -x
        i = 1u*v*x
      .endmemristor
      I1 0 b 1m
      R1 b 0 1k
      N1 b 0 cell
      B1 c 0 I=1p*@n1[rate] + 1n*@n1[drive] + @n1[flow] + 1n*@n1[x] + @n1[i] + @n1[p]
      R2 c 0 1k
      """)
    Self.expect(bounds["@n1[rate]"], 1e-2 * 1e-4 * 1e6)
    Self.expect(bounds["@n1[drive]"], 1e-6)
    Self.expect(bounds["@n1[flow]"], 1e-12)
    Self.expect(bounds["@n1[i]"], 1e-12)
    let power = try #require(circuit.unknowns.firstIndex(of: "@n1[p]"))
    Self.expect(bounds["@n1[p]"], 1e-6 * circuit.y[power])
    // The state itself, and its copy for the reader.
    for (unknown, name) in circuit.unknowns.enumerated() where name == "@n1[x]" {
      Self.expect(Self.bound(circuit, unknown), 2e-6)
    }
    let rate = try #require(circuit.unknowns.firstIndex(of: "@n1[rate]"))
    circuit.y[rate] = -3e6
    circuit.evaluator.widenRanges(circuit.y)
    Self.expect(Self.bound(circuit, rate), 3)
    circuit.y[rate] = 0
    circuit.evaluator.widenRanges(circuit.y)
    Self.expect(Self.bound(circuit, rate), 3)
  }

  /// The absolute part of one unknown's bound.
  static func bound(_ circuit: TestCircuit, _ unknown: Int) -> Double {
    let zero = circuit.arena.doubles(circuit.evaluator.count)
    let weights = circuit.arena.doubles(circuit.evaluator.count)
    circuit.evaluator.errorWeights(y: zero, into: weights)
    return 1 / weights[unknown]
  }
}
