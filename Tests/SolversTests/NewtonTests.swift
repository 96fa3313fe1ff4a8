import Glibc
import Solvers
import Testing

/// Newton's method with damping, on equations as diodes have them.
@Suite struct NewtonTests {
  /// A diode of 1e-14 A behind 1 kΩ at `voltage`: the exponential overflows 18 V above the solution.
  static func diode(_ voltage: Double) -> ScalarProblem {
    ScalarProblem(
      { v, scale in (v - scale * voltage) / 1e3 + 1e-14 * (exp(v / 0.02585) - 1) },
      derivative: { 1e-3 + 1e-14 / 0.02585 * exp($0 / 0.02585) })
  }

  @Test(arguments: [0.3, 1, 5, 100], [-50.0, 0, 0.7, 2]) func diodeIsFound(voltage: Double, guess: Double) throws {
    let problem = Self.diode(voltage)
    let v = try #require(problem.newton(from: guess))
    // Solved to rounding: the two currents agree to the last digits.
    let resistor = (voltage - v) / 1e3
    let diode = 1e-14 * (exp(v / 0.02585) - 1)
    #expect(abs(resistor - diode) <= 1e-12 * abs(resistor) + 1e-18)
  }

  @Test func longStepsAreDamped() throws {
    // Undamped Newton on arctan runs away from any guess beyond 1.39.
    let problem = ScalarProblem({ v, _ in atan(v) }, derivative: { 1 / (1 + $0 * $0) })
    let v = try #require(problem.newton(from: 30))
    #expect(abs(v) < 1e-9)
  }

  @Test func domainsAreKept() throws {
    // ln v = 1: the first full step from 20 leads below 0.
    let problem = ScalarProblem({ v, _ in v > 0 ? log(v) - 1 : .nan }, derivative: { 1 / $0 })
    let v = try #require(problem.newton(from: 20))
    #expect(abs(v - exp(1)) < 1e-12)
  }

  @Test func linearEquationsTakeOneStep() {
    let problem = ScalarProblem({ v, _ in 3 * v - 6 }, derivative: { _ in 3 })
    #expect(problem.newton(from: 1e6) == 2)
    #expect(problem.evaluations < 8)
  }

  @Test func noSolutionIsNoSolution() {
    let problem = ScalarProblem({ v, _ in v * v + 1 }, derivative: { 2 * $0 })
    #expect(problem.newton(from: 3) == nil)
  }
}
