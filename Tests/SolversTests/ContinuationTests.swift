import Glibc
import Solvers
import Testing

/// Each continuation where Newton's method from the guess fails, for its derivative is 0 there.
@Suite struct ContinuationTests {
  static func method(_ problem: ScalarProblem, from guess: Double) throws -> (method: String, value: Double) {
    let arena = Arena()
    let y = arena.copy([guess])
    let newton = NewtonSolver(problem, matrix: BorderedMatrix(problem.structure))
    let outcome = try OperatingPointSolver.solve(newton, y)
    #expect(outcome.iterations > 0)
    return (outcome.method, y[0])
  }

  /// v³ = 1 from 0: with a conductance the derivative is not 0.
  @Test func gminStepping() throws {
    let problem = ScalarProblem({ v, scale in v * v * v - scale }, derivative: { 3 * $0 * $0 })
    #expect(problem.newton(from: 0) == nil)
    let v = try #require(problem.solution(from: 0) { GminStepping.run($0, $1) })
    #expect(abs(v - 1) < 1e-12)
    #expect(try Self.method(problem, from: 0).method == GminStepping.name)
  }

  /// v³ - 3 v + 1.5 = 0 from its fold at 1; the branch connected to zero sources ends at v = 2 sin(asin(3/4)/3).
  static func folded() -> ScalarProblem {
    ScalarProblem({ v, scale in v * v * v - 3 * v + 1.5 * scale }, derivative: { 3 * $0 * $0 - 3 })
  }

  @Test func sourceStepping() throws {
    #expect(Self.folded().newton(from: 1) == nil)
    let v = try #require(Self.folded().solution(from: 1) { SourceStepping.run($0, $1) })
    #expect(abs(v - 2 * sin(asin(0.75) / 3)) < 1e-12)
    #expect(abs(v * v * v - 3 * v + 1.5) < 1e-14)
  }

  /// C v' = -(v³ - 3 v + 1.5) moves from 1 upwards to where it comes to rest.
  @Test func pseudoTransient() throws {
    let v = try #require(Self.folded().solution(from: 1) { PseudoTransient.run($0, $1) })
    #expect(v > 1)
    #expect(abs(v * v * v - 3 * v + 1.5) < 1e-14)
  }

  @Test func easyProblemsAreLeftToNewton() throws {
    let found = try Self.method(NewtonTests.diode(5), from: 0)
    #expect(found.method == "Newton")
    #expect(found.value > 0.6 && found.value < 0.75)
  }

  /// Newton's steps down an exponential are 26 mV each: too many from 15 V, and the sources are started from 0 instead.
  @Test func guessFarUpADiode() throws {
    let found = try Self.method(NewtonTests.diode(5), from: 15)
    #expect(found.method == SourceStepping.name)
    #expect(found.value > 0.6 && found.value < 0.75)
  }

  @Test func failureNamesWhatWasTried() {
    let problem = ScalarProblem({ v, _ in v * v + 1 }, derivative: { 2 * $0 })
    let failure = #expect(throws: SolverFailure.self) { try Self.method(problem, from: 3) }
    #expect(
      failure?.reason
        == .noOperatingPoint(["Newton", GminStepping.name, SourceStepping.name, PseudoTransient.name]))
  }
}
