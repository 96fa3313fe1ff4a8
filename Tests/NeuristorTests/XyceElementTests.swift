import Foundation
import Neuristor
import Testing

/// Elements and expressions of netlists written for Xyce: switches without memory, several instances in one, curves through
/// points.
@Suite struct XyceElementTests {
  /// 1 kohm where nothing is written, PSpice's names of models, roots of what is negative, and a source of its own current.
  @Test func elementsAsXyceTakesThem() {
    let result = Simulator().run(
      Source(
        """
        title
        .options dialect=xyce
        V1 a 0 -4
        R1 a 0
        .model coil IND(l=2)
        .model double RES(r=2)
        R3 a 0 double 1k
        L1 a b coil 1m
        Rb b 0 4
        B1 c 0 V=1 + sqrt(v(a)) + acosh(v(a)) + sign(3, v(a))
        R2 c 0 1
        V2 d 0 6
        B2 d 0 V=2*i(V2)
        X1 a 0 part
        .subckt part p q
        Rg p $g_rail 1
        .ends
        Vg $g_rail 0 0
        .op
        .expect op i(R1) = -4m
        .expect op i(R3) = -2m
        .expect op v(c) = -2 tol=1n
        .expect op i(V2) = 3
        .expect op i(Vg) = -4
        .end
        """))
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.report.complaints.map(\.code).contains("default-resistance"))
  }

  private func run(_ netlist: String) -> SimulationResult {
    Simulator().run(Source("title\n" + netlist + "\n.end\n"))
  }

  /// The cubic of the control between open and closed, 1 ohm and 1 megohm: 1 kilohm half way.
  @Test func switchesWithoutMemory() {
    func currents(_ card: String, _ model: String, _ sweep: String) -> [Double] {
      let netlist = """
        Vc c 0 0
        Rc c 0 1k
        V1 a 0 1
        \(card)
        .model sw \(model)
        .dc Vc \(sweep)
        .print dc i(s1)
        """
      let result = run(netlist)
      #expect(result.status == .completed, "\(result.report.text())")
      return result.runs.first?.analyses.first?.waveforms?["i(s1)"] ?? []
    }
    let expected = [1e-6, 1e-6, exp(-13.815510557964274 + 13.815510557964274 * 0.15625), 1e-3, 1, 1]
    let cases = [
      ("S1 a 0 c 0 sw", "VSWITCH(ron=1 roff=1meg von=1 voff=0)"),
      ("S1 a 0 sw control={v(c)}", "SWITCH(ron=1 roff=1meg on=1 off=0)"),
      ("S1 a 0 sw control={-1k*i(Vc)}", "ISWITCH(ron=1 roff=1meg ion=1 ioff=0)"),
    ]
    for (card, model) in cases {
      let found = currents(card, model, "list -1 0 0.25 0.5 1 2")
      #expect(found.count == expected.count)
      for (value, wanted) in zip(found, expected) { #expect(abs(value / wanted - 1) < 1e-6, "\(card): \(found)") }
    }
  }

  @Test func instancesAreMultiplied() {
    let netlist = """
      .subckt pair a b
      R1 a b 1k
      X1 a b one m=2
      .ends
      .subckt one a b
      G1 a b a b 0.25m
      B1 a b I=0.25m*v(a, b)
      S1 a b a b on
      N1 a b quarter
      .ends
      .model on sw(ron=4k vt=-1)
      .memristor quarter
        i = 0.25m*v
      .endmemristor
      V1 in 0 1
      X1 in 0 pair m=3
      .op
      .expect op i(v1) = -9m tol=1p
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    let noisy = ".memristor hiss\n  i = 1m*v\n  noise i = 1e-24\n.endmemristor\n"
    let faulty = run(noisy + ".subckt s a\nN1 a 0 hiss\n.ends\nV1 a 0 1\nX1 a s m=2\n.op")
    #expect(faulty.report.complaints.map(\.code) == ["unmultiplied-device"])
  }

  @Test func bareFormulasPolynomialsAndParameters() {
    let netlist = """
      .param res=2k
      V1 a 0 2
      V2 b 0 3
      R1 a 0 res
      B1 c 0 V={POLY(2) v(a) v(b) 1 10 100 1k 10k 100k}
      E1 d 0 VALUE 2*v(a)+1
      E2 e 0 TABLE v(a)*v(b)/6 = (0, 0) (2, 4)
      R2 c 0 1k
      R3 d e 1k
      .op
      .expect op i(r1) = 1m tol=1p
      .expect op v(c) = 964321 tol=1u
      .expect op v(d) = 5 tol=1n
      .expect op v(e) = 2 tol=1n
      .expect op {~(v(a) > v(b))} = 1 tol=0
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// The same points as a table, Akima's curve and a natural spline; a parabola's spline is checked by its own equations.
  @Test func curvesThroughPoints() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "neuristor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "* time, value\n0 0\n1m, 1\n2m 0\n3m -1\n4m 0\n".write(
      to: folder.appending(path: "wave.dat"), atomically: true, encoding: .utf8)
    let netlist = """
      Curves through the points of a file
      B1 a 0 V={table("wave.dat")}
      B2 b 0 V={akima("wave.dat")}
      B3 c 0 V={cubic("wave.dat")}
      V4 d 0 PWL FILE "wave.dat"
      R1 a b 1k
      R2 c d 1k
      .options reltol=1e-6
      .tran 0 5m
      .measure tran line find v(a) at=0.5m
      .measure tran akima find v(b) at=0.5m
      .measure tran spline find v(c) at=0.5m
      .measure tran source find {v(a)-v(d)} at=2.25m
      .measure tran behind find v(b) at=4.5m
      .expect line = 0.5 tol=1e-9
      .expect akima = 0.875 tol=1e-9
      .expect spline = 0.6875 tol=1e-9
      .expect source = 0 tol=1e-9
      .expect behind = 0 tol=1e-9
      .end
      """
    try netlist.write(to: folder.appending(path: "curves.cir"), atomically: true, encoding: .utf8)
    let result = Simulator().run(try Source(contentsOf: folder.appending(path: "curves.cir").path()))
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// Sources' shapes in expressions are those of the sources.
  @Test func shapesOfSourcesInExpressions() {
    let shapes = [
      ("PULSE(0 1 1m 1m 2m 3m 10m)", "spice_pulse(0, 1, 1m, 1m, 2m, 3m, 10m)"),
      ("PULSE(1 3 1m 1m 1m 2m)", "spice_pulse(1, 3, 1m, 1m, 1m, 2m)"),
      ("SIN(1 2 100 1m 50)", "spice_sin(1, 2, 100, 1m, 50)"),
      ("EXP(0 1 1m 2m 8m 3m)", "spice_exp(0, 1, 1m, 2m, 8m, 3m)"),
      ("SFFM(0 1 1k 2 100)", "spice_sffm(0, 1, 1k, 2, 100)"),
    ]
    for (source, formula) in shapes {
      let result = run(
        "V1 a 0 \(source)\nB1 b 0 V={\(formula)}\nR1 a b 1k\n.tran 10u 25m\n.measure tran m max {abs(v(a)-v(b))}")
      #expect(abs(result.runs.first?["m"] ?? 1) < 1e-4, "\(source): \(result.report.text())\(result.tables)")
    }
  }

  /// `TABLE {x} (x1, y1) ...` in the braces of an expression.
  @Test func tablesInBraces() {
    let netlist = """
      V1 a 0 3
      B1 b 0 V = {TABLE {v(a) - 1} = (0, 0) (1, 10)
      + (3, 30)}
      B2 c 0 V = {table {v(a)} (0, 0) (1, 5)}
      R1 b c 1k
      .op
      .expect op v(b) = 20 tol=1n
      .expect op v(c) = 5 tol=1n
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// An adder bit of switches whose controls are other switches' outputs: 10 mV lead from open to closed.
  @Test func switchesThatDriveSwitches() {
    let netlist = """
      .model sw VSWITCH(ron=1 roff=1meg von=2.51 voff=2.5)
      .subckt xor a b out vdd
      RL out 0 1k
      S1 vdd out a b sw
      S2 vdd out b a sw
      .ends
      .subckt and a b out vdd
      RL out 0 1k
      S1 vdd m a 0 sw
      S2 m out b 0 sw
      .ends
      VCC vdd 0 5
      VA a 0 PULSE(0 3 0 10n 10n 10n 50n)
      VB b 0 PULSE(0 3 0 10n 10n 20n 100n)
      VC c 0 PULSE(0 3 100n 10n 10n 100n 200n)
      X1 a b s1 vdd xor
      X2 a b c1 vdd and
      X3 s1 c sum vdd xor
      X4 c s1 c2 vdd and
      RA a 0 1k
      RB b 0 1k
      RC c 0 1k
      .tran 0.5n 200n
      .measure tran both find v(c1) at=15n
      .expect both = {5*1000/1002} reltol=1e-3
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// A model's `r`, `c`, `l` are factors in Xyce; what it does not know it ignores with a warning, as every SPICE does.
  @Test func modelsMultiplyTheValues() throws {
    let result = Simulator().run(
      Source(
        """
        t
        .options dialect=xyce
        V1 a 0 PWL(0 0 1 1)
        R1 a b 1k rm
        R2 b 0 1k
        C1 a 0 1u cm age=1000
        .model rm R(R=2 level=2)
        .model cm C(C=3 d=0.1)
        .tran 0 10m
        .measure tran half find v(b) at=6m
        .measure tran charging find i(c1) at=6m
        .expect half = 2m
        .expect charging = 2.1u
        .end
        """))
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    let complaints = result.report.complaints
    #expect(complaints.map(\.code) == ["unknown-parameter"] && !result.report.hasErrors)
  }

  /// Edges stand about the instants between bits.
  @Test(arguments: [
    ("PAT (5 0 0 1n 2n 5n b1010)", 5e-9, 2.5), ("PAT (5 0 0 1n 2n 5n b1010)", 10.25e-9, 3.75),
    ("pat 5 1 5n 1n 2n 5n b01", 3e-9, 1), ("pat 5 1 5n 1n 2n 5n b01", 90e-9, 5),
    ("PAT (5 0 0 2n 2n 5n b10 R=1)", 12e-9, 5), ("PAT (5 0 0 2n 2n 5n b10 R=1)", 25e-9, 0),
    ("PAT (5 0 0 2n 2n 5n b10 R=-1)", 80.5e-9, 3.75), ("PAT (5 0 -7.5n 1n 1n 5n b1010)", 0, 0),
  ])
  func patternsOfBits(source: String, time: Double, value: Double) {
    let result = Simulator().run(
      Source(
        """
        t
        V1 1 0 DISTOF1 1 0 \(source)
        R1 1 0 1
        .tran 0.25n 100n
        .measure tran m find v(1) at=\(time)
        .end
        """))
    #expect(abs((result["m"] ?? .nan) - value) < 1e-6, "\(result.report.text())\(result.tables)")
  }
}
