import Glibc
import Testing
import Waveforms

/// What is given for t = 0: `.ic`, `ic=`, states on an N line, with and without `uic`.
@Suite struct InitialConditionTests {
  static let states = """
    .memristor leak
      state x = steady(0.1)
      ddt(x) = (0.5 - x)/1m
      i = 1m*x*v
    .endmemristor
    V1 a 0 1
    N1 a 0 leak x=2
    N2 a 0 leak
    N3 a 0 leak
    .ic @n2[x]=3
    .options reltol=1e-7
    .measure tran start1 find @n1[x] at=0
    .measure tran start2 find @n2[x] at=0
    .measure tran end1 find @n1[x] at=1m
    .measure tran end2 find @n2[x] at=1m
    .measure tran end3 find @n3[x] at=1m

    """

  @Test(arguments: ["", "uic"])
  func givenStatesAreReleased(uic: String) {
    let run = NetlistRun(Self.states + ".tran 0.1m 1m \(uic)")
    let decay = exp(-1.0)
    #expect(isClose(run["start1"], 2, 1e-12))
    #expect(isClose(run["start2"], 3, 1e-12))
    #expect(isClose(run["end1"], 0.5 + 1.5 * decay, 1e-6))
    #expect(isClose(run["end2"], 0.5 + 2.5 * decay, 1e-6))
    // With uic the start expression is evaluated: steady's guess.
    #expect(isClose(run["end3"], uic.isEmpty ? 0.5 : 0.5 - 0.4 * decay, 1e-6))
  }

  @Test func givenStatesAreHeldAtRest() {
    let run = NetlistRun(
      Self.states + ".op\n.expect op @n1[x] = 2 tol=1e-12\n.expect op @n2[x] = 3 tol=1e-12\n"
        + ".expect op @n3[x] = 0.5 tol=1e-12\n.tran 0.1m 1m")
    #expect(run.verdicts.map(\.holds) == [true, true, true])
  }

  static let divider = """
    V1 in 0 1
    R1 in a 1k
    C1 a 0 1u ic=0.3
    R2 in b 1k
    C2 b 0 1u
    .ic v(b)=0.5
    .options reltol=1e-7
    .measure tran a0 find v(a) at=0
    .measure tran b0 find v(b) at=0
    .measure tran b1 find v(b) at=1m
    .measure tran i0 find i(v1) at=0

    """

  @Test func withoutUICNodesAreHeldAndCapacitorsAreNot() {
    let run = NetlistRun(Self.divider + ".tran 10u 1m")
    #expect(isClose(run["a0"], 1, 1e-9))
    #expect(isClose(run["b0"], 0.5, 1e-8))
    #expect(isClose(run["b1"], 1 - 0.5 * exp(-1.0), 1e-6))
    #expect(isClose(run["i0"], -0.5e-3, 1e-7))
  }

  @Test func withUICCapacitorsAreObeyed() {
    let run = NetlistRun(Self.divider + ".tran 10u 1m uic")
    #expect(isClose(run["a0"], 0.3, 1e-12))
    #expect(isClose(run["b0"], 0.5, 1e-12))
    #expect(isClose(run["i0"], -1.2e-3, 1e-9))
  }

  @Test func inductorsStartWithTheirCurrent() {
    let run = NetlistRun(
      """
      L1 a 0 1m ic=2m
      R1 a 0 1
      .options reltol=1e-7
      .tran 10u 1m uic
      .measure tran i find i(l1) at=1m
      """)
    #expect(isClose(run["i"], 2e-3 * exp(-1.0), 1e-6))
  }

  /// The start of a state may read the voltage that `uic` gives.
  @Test func startsAreEvaluatedAtTheGivenVoltages() {
    let run = NetlistRun(
      """
      .memristor store
        state x = 10*v
        ddt(x) = 0
        i = 1n*x*v
      .endmemristor
      C1 a 0 1u ic=0.7
      R1 a 0 1k
      N1 a 0 store
      .tran 10u 1m uic
      .measure tran x find @n1[x] at=1m
      """)
    #expect(isClose(run["x"], 7, 1e-12))
  }
}
