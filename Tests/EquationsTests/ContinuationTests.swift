import Circuits
import Equations
import Glibc
import Solvers
import Testing

/// Each continuation forced alone on a circuit whose operating point Newton's method does not find from the guess.
@Suite struct ContinuationTests {
  /// The operating point by `solve` alone from v(a) = `guess`; nil where it finds none.
  static func voltage(
    _ text: String, guess: Double, _ solve: (NewtonSolver, UnsafeMutablePointer<Double>) -> Bool
  ) throws -> Double? {
    let circuit = try TestCircuit(text)
    let matrix = BorderedMatrix(circuit.evaluator.structure, method: .sparse)
    circuit.evaluator.prepareRest(initial: false)
    let node = try #require(circuit.elaboration.circuit.nodeNames.firstIndex(of: "a"))
    circuit.evaluator.guess(into: circuit.y, voltages: [(NodeIndex(node), guess)])
    circuit.evaluator.settleTolerances(matrix, y: circuit.y)
    guard solve(NewtonSolver(circuit.evaluator, matrix: matrix), circuit.y) else { return nil }
    circuit.evaluator.endRest(circuit.y)
    return circuit.value("v(a)")
  }

  /// A device without conductance at 0 V, the guess; it takes 8 mA at 2 V.
  static let threshold = """
    .memristor threshold
      i = 1m*v**3
    .endmemristor
    I1 0 a 8m
    N1 a 0 threshold
    """

  /// v³ - 3 v = j, j in mA: from v = 1, where the conductance is 0. Its roots are those of 4 c³ - 3 c = j/2 at v = 2 c.
  static let fold = """
    .memristor cubic
      i = 1m*(v**3 - 3*v)
    .endmemristor
    I1 0 a -1.5m
    N1 a 0 cubic
    """

  static func root(_ k: Double) -> Double { 2 * cos((acos(-0.75) + 2 * Double.pi * k) / 3) }

  @Test func newtonAloneFindsNone() throws {
    #expect(try Self.voltage(Self.threshold, guess: 0) { $0.solve($1) } == nil)
    #expect(try Self.voltage(Self.fold, guess: 1) { $0.solve($1) } == nil)
  }

  @Test func gminStepping() throws {
    let lone = try #require(try Self.voltage(Self.threshold, guess: 0) { GminStepping.run($0, $1) })
    #expect(abs(lone - 2) < 1e-12)
  }

  /// From 0 V without current to the root connected to it.
  @Test func sourceStepping() throws {
    let connected = try #require(try Self.voltage(Self.fold, guess: 1) { SourceStepping.run($0, $1) })
    #expect(abs(connected - Self.root(2)) < 1e-12)
  }

  /// The node moves as a capacitor's would: up, to the nearest root at which it rests.
  @Test func pseudoTransient() throws {
    let lone = try #require(try Self.voltage(Self.threshold, guess: 0) { PseudoTransient.run($0, $1) })
    #expect(abs(lone - 2) < 1e-12)
    let rest = try #require(try Self.voltage(Self.fold, guess: 1) { PseudoTransient.run($0, $1) })
    #expect(abs(rest - Self.root(0)) < 1e-12)
  }
}
