import Analyses
import Diagnostics
import Glibc
import Testing
import Waveforms

/// `.op`: the equilibrium, and which of several.
@Suite struct OperatingPointTests {
  static let flipFlop = """
    .memristor inverter (in out ref)
      i(out,ref) = 1m*(v(out,ref) - (0.5 - 0.5*tanh(10*(v(in,ref) - 0.5))))
    .endmemristor
    N1 q qb 0 inverter
    N2 qb q 0 inverter
    C1 q 0 1n
    C2 qb 0 1n
    .op
    """

  /// From a guess alone Newton's method would end on the ridge at 0.5 V: guessed nodes are held while the others settle.
  @Test func nodesetChoosesTheSideOfAFlipFlop() {
    for (given, other) in [(0, 1), (1, 0)] {
      let run = NetlistRun(Self.flipFlop + "\n.nodeset v(q)=\(given)")
      #expect(abs(run.rest("v(q)") - Double(given)) < 1e-3, "\(run.words)")
      #expect(abs(run.rest("v(qb)") - Double(other)) < 1e-3)
    }
  }

  @Test func threeExponentialsAtAHundredVolts() {
    let run = NetlistRun(
      """
      .memristor junction
        i = 1e-14*(exp(v/25.85m) - 1)
      .endmemristor
      V1 a 0 100
      R1 a b 1
      N1 b c junction
      N2 c d junction
      N3 d 0 junction
      .op
      """)
    let drop = run.rest("v(d)")
    let current = 100 - run.rest("v(b)")
    #expect(isClose(run.rest("v(b)"), 3 * drop, 1e-12))
    #expect(isClose(25.85e-3 * log(1 + current / 1e-14), drop, 1e-12))
  }

  @Test func reltolDoesNotBlurTheResult() {
    func point(_ reltol: String) -> Double {
      NetlistRun(
        """
        .memristor junction
          i = 1e-14*(exp(v/25.85m) - 1)
        .endmemristor
        I1 0 a 1m
        N1 a 0 junction
        .options reltol=\(reltol)
        .op
        """
      ).rest("v(a)")
    }
    let exact = 25.85e-3 * log(1 + 1e-3 / 1e-14)
    #expect(isClose(point("1e-2"), exact, 1e-14))
    #expect(isClose(point("1e-8"), exact, 1e-14))
  }

  /// The start of a state holds the circuit's own voltage: v = 2/(1 + v (2 v + 1)) at 1 kohm and x mS.
  @Test func startsAreEquations() {
    let run = NetlistRun(
      """
      .memristor store
        state x = 2*v + 1
        ddt(x) = -x
        i = 1m*x*v
      .endmemristor
      V1 a 0 2
      R1 a b 1k
      N1 b 0 store
      .op
      .expect op @n1[x] = 2.2360679774997896 tol=1e-12
      """)
    #expect(abs(run.rest("v(b)") - 0.6180339887498949) < 1e-12)
    #expect(run.verdicts.allSatisfy { $0.holds })
  }

  @Test func steadyStatesAreFound() {
    let run = NetlistRun(
      """
      .memristor gate
        state n in [0, 1] = steady(0.9)
        ddt(n) = (1/(1 + exp(-v/10m)) - n)/1m
        i = 1m*n**4*v
      .endmemristor
      V1 a 0 20m
      N1 a 0 gate
      .op
      .expect op @n1[n] = 0.8807970779778823 tol=1e-13
      """)
    #expect(run.verdicts.map(\.holds) == [true])
  }

  @Test func aStateThatNothingDeterminesIsNamed() throws {
    let run = NetlistRun(
      """
      .memristor drift
        state x in [0, 1] = steady(0.5)
        ddt(x) = v
        i = v*x
      .endmemristor
      V1 a 0 0
      R1 a b 1k
      N1 b 0 drift
      .op
      """)
    let complaint = try #require(run.complaint("singular-steady"))
    #expect(run.hasFailed)
    #expect(complaint.message.contains("@n1[x]"))
    #expect(complaint.fixIts.first?.message.contains("give state x = value") == true)
    #expect(complaint.range != nil)
  }

  /// f of `0 = f(y) - v` has a bump: from y = 0 Newton's first step lands far beyond it, where another solution lies.
  @Test func algebraicUnknownsFollowFromZeroBias() {
    let run = NetlistRun(
      """
      .memristor bump
        var y = 0
        0 = 0.1*y + 2*y**2*exp(-y**2) - v
        i = 1m*y
      .endmemristor
      V1 a 0 0.5
      N1 a 0 bump
      .op
      .expect op {@n1[y] < 1}
      .expect op {0.1*@n1[y] + 2*@n1[y]**2*exp(-@n1[y]**2)} = 0.5 tol=1e-12
      """)
    #expect(run.verdicts.map(\.holds) == [true, true], "\(run.words)")
    #expect(run.outcomes.first?.method == "following from zero bias")
  }

  @Test func aBranchThatEndsIsReported() {
    let run = NetlistRun(
      """
      .memristor fold
        var y = 0
        0 = y - y**3 - v
        i = 1m*y
      .endmemristor
      V1 a 0 0.5
      N1 a 0 fold
      .op
      """)
    #expect(run.codes.contains("lost-branch"))
  }

  @Test func anUnsolvableCircuitSaysWhatWasTried() throws {
    let run = NetlistRun(
      """
      .memristor pump
        i = 1m + v**2
      .endmemristor
      R1 a 0 1k
      N1 a 0 pump
      .op
      """)
    let complaint = try #require(run.complaint("no-operating-point"))
    #expect(run.hasFailed)
    #expect(complaint.range != nil)
    #expect(complaint.notes.contains { $0.contains("v(a)") })
    #expect(complaint.notes.contains { $0.contains("gmin stepping") && $0.contains("pseudo-transient") })
  }

  @Test func nodesOnCapacitorsAloneAreTiedToGround() {
    let run = NetlistRun(
      """
      V1 in 0 PULSE(0 1 1m 1u 1u 1 2)
      C1 in a 1u
      C2 a 0 3u
      .op
      .tran 10u 2m
      .measure tran a find v(a) at=2m
      """)
    #expect(run.complaint("no-dc-path")?.severity == .warning)
    #expect(run.rest("v(a)") == 0)
    #expect(isClose(run["a"], 0.25, 1e-6))
  }

  /// At zero volts neither formula has a value: what a source computes is guessed from what it computes it from.
  @Test(arguments: [
    ("exp(v(a))", "ln(v(b))", 2.5), ("cosh(v(a))", "acosh(v(b))", 2.5), ("1/v(a)", "v(a)/v(b)", 6.25),
    ("v(a)**2", "sqrt(v(b) - 6)", 0.5),
  ])
  func formulasWithoutAValueAtZero(first: String, second: String, value: Double) {
    let run = NetlistRun(
      """
      V1 a 0 2.5
      B2 c d V={\(second)}
      B1 b 0 V={\(first)}
      V2 d 0 0
      R1 b c 1k
      .op
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run.rest("v(c)"), value, 1e-9))
  }
}
