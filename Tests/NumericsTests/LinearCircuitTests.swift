import Foundation
import Neuristor
import Testing

/// Linear circuits against closed forms: errors fall with reltol.
@Suite struct LinearCircuitTests {
  static let tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7]

  /// The largest errors at falling reltol are below `factor` reltol each, and the last below a hundredth of the first.
  private func expectFalling(
    _ text: String, _ signal: String, factor: Double, _ exact: (Double) -> Double
  ) throws {
    let errors = try Self.tolerances.map { reltol in
      Circuits.error(of: signal, in: try Circuits.transient(text, reltol: reltol), from: exact)
    }
    for (reltol, error) in zip(Self.tolerances, errors) { #expect(error < factor * reltol, "\(errors)") }
    #expect(errors[errors.count - 1] < errors[0] / 100, "\(errors)")
  }

  @Test func chargingCapacitor() throws {
    let text = "RC\nV1 a 0 1\nR1 a b 1k\nC1 b 0 1u ic=0\n.tran 10u 5m uic\n.end\n"
    try expectFalling(text, "v(b)", factor: 10) { 1 - exp(-$0 / 1e-3) }
  }

  @Test func ringingLoop() throws {
    let text = "RLC\nV1 a 0 1\nR1 a b 20\nL1 b c 10m\nC1 c 0 1u\n.tran 1u 2m uic\n.end\n"
    let (decay, frequency) = (1e3, sqrt(1e8 - 1e6))
    try expectFalling(text, "v(c)", factor: 100) {
      1 - exp(-decay * $0) * (cos(frequency * $0) + decay / frequency * sin(frequency * $0))
    }
  }

  /// A chain of equal stages, open at its end, has modes sin((2k - 1) pi n/(2 N + 1)).
  @Test func ladder() throws {
    let stages = 10
    let lines = (1...stages).map { "R\($0) n\($0 - 1) n\($0) 1k\nC\($0) n\($0) 0 1u" }.joined(separator: "\n")
    let text = "A ladder\nV1 n0 0 1\n\(lines)\n.tran 1m 500m uic\n.end\n"
    let modes = (1...stages).map { k in
      let angle = Double(2 * k - 1) * .pi / Double(2 * stages + 1)
      let shape = (1...stages).map { sin(angle * Double($0)) }
      let weight = shape.reduce(0, +) / shape.reduce(0) { $0 + $1 * $1 }
      return (rate: (2 - 2 * cos(angle)) / 1e-3, amplitude: weight * shape[stages - 1])
    }
    try expectFalling(text, "v(n\(stages))", factor: 10) { t in
      1 - modes.reduce(0) { $0 + $1.amplitude * exp(-$1.rate * t) }
    }
  }

  /// Two equal tuned loops, coupled: their sum and their difference ring by themselves, at 1/sqrt(1 + k) and 1/sqrt(1 - k).
  @Test func coupledCoils() throws {
    let text =
      "Coupled\nC1 a 0 1u ic=1\nL1 a 0 1m\nC2 b 0 1u ic=0\nL2 b 0 1m\nK1 L1 L2 0.2\n.tran 1u 2m uic\n.end\n"
    let own = 1 / sqrt(1e-9)
    try expectFalling(text, "v(b)", factor: 500) {
      (cos(own / 1.2.squareRoot() * $0) - cos(own / 0.8.squareRoot() * $0)) / 2
    }
  }

  /// What is left of the amplitude of an undamped loop after 1000 periods; `Docs/manual/accuracy.md` has the table.
  @Test func undampedLoopKeepsItsAmplitude() throws {
    let text = """
      A loop without loss, a period of 1 ms
      C1 a 0 1u ic=1
      L1 a 0 25.330296m
      .tran 1m 1 0.995 uic
      .measure tran top max v(a) from=0.995
      .measure tran bottom min v(a) from=0.995
      .end

      """
    let result = try Circuits.run(text, reltol: 1e-6)
    #expect(abs(try #require(result["top"]) - 1) < 0.01)
    #expect(abs(try #require(result["bottom"]) + 1) < 0.01)
  }
}
