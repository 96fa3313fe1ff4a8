import Diagnostics
import Testing
import Waveforms

/// `.dc`: a chain of equilibria.
@Suite struct SweepTests {
  /// v_in = 2 v³ - v turns back at v = ±1/sqrt(6), where v_in = ∓0.27217.
  static let bistable = """
    .memristor cubic
      i = 1m*(v**3 - v)
    .endmemristor
    V1 in 0 0
    R1 in a 2k
    N1 a 0 cubic

    """

  @Test func thereAndBackShowsHysteresis() {
    let run = NetlistRun(
      Self.bistable + """
        .dc V1 -1 1 1m back
        .measure dc up when v(a)=0 rise=1
        .measure dc down when v(a)=0 fall=1
        """)
    let fold = 4 / (6 * 6.0.squareRoot())
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["up"] - fold) < 1e-3)
    #expect(abs(run["down"] + fold) < 1e-3)
    #expect(run.column("v-sweep").count == 2 * 2001 - 1)
  }

  @Test func twoSweepsAreIndependentChains() throws {
    let run = NetlistRun(Self.bistable + ".dc V1 -1 0 10m\n.dc V1 1 0 -10m")
    try #require(run.tables.count == 2)
    let (up, down) = (run.tables[0].column(named: "v(a)") ?? [], run.tables[1].column(named: "v(a)") ?? [])
    #expect(isClose(up.last ?? 0, -0.5.squareRoot(), 1e-9))
    #expect(isClose(down.last ?? 0, 0.5.squareRoot(), 1e-9))
  }

  @Test func theSecondVariableIsTheOuterLoop() throws {
    let run = NetlistRun(
      """
      V1 a 0 0
      V2 b 0 0
      R1 a b 1k
      .dc V1 0 2 1 V2 10 20 10
      .save v(a) v(b)
      """)
    #expect(run.column("v-sweep") == [0, 1, 2, 0, 1, 2])
    #expect(run.column("v(b)") == [10, 10, 10, 20, 20, 20])
  }

  @Test(arguments: [
    ("V1 list 3 -1 2", [3, -1, 2]), ("list V1 3 -1 2", [3, -1, 2]), ("dec V1 1 100 1", [1, 10, 100]),
    ("oct V1 1 8 1", [1, 2, 4, 8]), ("V1 dec 1 100 1", [1, 10, 100]), ("lin V1 2 1 -0.5", [2, 1.5, 1]),
  ])
  func scalesStandBeforeOrBehindTheName(line: String, values: [Double]) throws {
    let run = NetlistRun("V1 a 0 0\nR1 a 0 1k\n.dc \(line)\n.save v(a)")
    let found = run.column("v(a)")
    try #require(found.count == values.count, "\(run.words)")
    for (value, expected) in zip(found, values) { #expect(isClose(value, expected, 1e-12)) }
  }

  @Test func constantStartsStayPut() {
    let run = NetlistRun(
      """
      .memristor drift
        state x in [0, 1] = 0.25
        ddt(x) = v
        i = 1m*x*v
      .endmemristor
      V1 a 0 0
      N1 a 0 drift
      .dc V1 -1 1 0.5
      .save i(n1)
      """)
    #expect(run.column("i(n1)") == [-0.25e-3, -0.125e-3, 0, 0.125e-3, 0.25e-3])
  }

  /// y - y³ = v turns back at v = 2/sqrt(27) = 0.3849: the branch from zero bias ends there, however the steps fall.
  @Test(arguments: ["0.2", "50m", "7m"])
  func theEndOfABranchIsReported(step: String) throws {
    let run = NetlistRun(
      """
      .memristor fold
        var y = 0
        0 = y - y**3 - v
        i = 1m*y
      .endmemristor
      V1 a 0 0
      N1 a 0 fold
      .dc V1 0 0.6 \(step)
      .save @n1[y]
      """)
    let warnings = run.diagnostics.filter { $0.code.name == "lost-branch" }
    #expect(warnings.count == 1)
    #expect(warnings.first?.message.contains("v1 = 0.384") == true, "\(run.words)")
    let inputs = run.column("v-sweep")
    let outputs = run.column("@n1[y]")
    for (v, y) in zip(inputs, outputs) where v < 0.38 { #expect(y >= 0 && y < 0.577) }
  }

  /// There and back the branches end twice, at ±0.3849: one warning tells of both, and of what was found in their place.
  @Test func everyEndOfABranchIsReported() throws {
    let run = NetlistRun(
      """
      .memristor fold
        var y = 0
        0 = y - y**3 - v
        i = 1m*y
      .endmemristor
      V1 a 0 0
      N1 a 0 fold
      .dc V1 0 0.6 10m
      .dc V1 -0.6 0.6 10m back
      .save @n1[y]
      """)
    let warnings = run.diagnostics.filter { $0.code.name == "lost-branch" }
    #expect(run.isCompleted, "\(run.words)")
    try #require(warnings.count == 3)
    #expect(warnings.allSatisfy { $0.range != nil && $0.notes.contains("what resisted there: @n1[y]") })
    #expect(warnings[0].message.contains("v1 = 0.384") && warnings[0].notes.count == 2)
    // The second sweep begins beyond the branch of zero bias, and loses one on the way up and one on the way down.
    #expect(warnings[1].message.contains("% of the sources"))
    #expect(warnings[2].message.contains("v1 = 0.384"))
    #expect(warnings[2].notes.contains("pseudo-transient continuation found another: @n1[y] goes from 0.577 to -1.16"))
    #expect(warnings[2].notes.contains("a branch ends again at v1 = -0.3849"))
    let there = zip(run.column("v-sweep"), run.column("@n1[y]")).prefix(121)
    for (v, y) in there { #expect(abs(y - y * y * y - v) < 1e-9 && (v < 0.384 ? y > 0.57 : y < -1.1)) }
  }

  @Test func aPointWithoutSolutionIsNamedAndPointsAreKept() throws {
    let run = NetlistRun(
      """
      .memristor pump
        i = v**2
      .endmemristor
      I1 a 0 0
      R1 a 0 1k
      N1 a 0 pump
      .dc I1 -1u 1u 0.1u
      """)
    // v/1k + v² = -I has no solution beyond 0.25 uA.
    let complaint = try #require(run.complaint("no-operating-point"))
    #expect(run.hasFailed)
    #expect(complaint.notes.contains { $0.contains("i1 =") && $0.contains("of 21") })
    #expect(run.column("i-sweep").count == 13)
  }

  @Test func unknownSourcesAreNamed() {
    let run = NetlistRun("V1 a 0 1\nR1 a 0 1k\n.dc V2 0 1 0.1")
    #expect(run.codes == ["unknown-source"])
  }
}
