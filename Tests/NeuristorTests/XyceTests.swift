import Foundation
import Neuristor
import Testing

/// What netlists written for Xyce say in their own words.
@Suite struct XyceTests {
  private func run(_ netlist: String) -> SimulationResult {
    Simulator().run(Source("title\n" + netlist + "\n.end\n"))
  }

  private func measured(_ netlist: String, _ name: String) -> [Double?] {
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())")
    return result.runs.map { $0[name] }
  }

  private static let lowPass = "V1 in 0 PULSE(0 1 0 1n 1n 1)\nR1 in out 1k\nC1 out 0 1u\n"

  /// Lines between the points of a run without tstep follow the exponential to 2e-4 of its range.
  @Test func aRunWithoutAStepFollowsItsCurve() throws {
    let result = run(Self.lowPass + ".tran 0 5m\n.print tran format=noindex v(out)")
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let times = waveforms.axis.values
    let values = try #require(waveforms["v(out)"])
    #expect(times.first == 0 && times.last == 5e-3)
    for (index, time) in times.enumerated().dropFirst() {
      let middle = 0.5 * (time + times[index - 1])
      let line = 0.5 * (values[index] + values[index - 1])
      #expect(abs(line - (1 - exp(-middle / 1e-3))) < 1e-3, "\(middle)")
    }
  }

  /// tau = R C where a resistor, a source's amplitude and a model are stepped by name.
  @Test func valuesOfElementsAreSteppedByName() throws {
    let tau = ".options reltol=1e-6\n.tran 10u 20m\n.measure tran m when v(out)={1-exp(-1)}"
    for (index, value) in measured(Self.lowPass + ".step R1:R 1k 3k 1k\n" + tau, "m").enumerated() {
      #expect(abs((value ?? 0) / (1e-3 * Double(index + 1)) - 1) < 2e-5)
    }
    #expect(measured(Self.lowPass + ".step C1 list 1u 2u\n" + tau, "m").count == 2)
    let sine = "V1 a 0 SIN(0 1 1k)\nR1 a 0 1k TC1=0\n.tran 1u 1m\n"
    #expect(
      measured(sine + ".step V1:VA 1 3 1\n.measure tran m max v(a)", "m").map { ($0 ?? 0).rounded() } == [1, 2, 3])
    let warm = measured(sine + ".options temp=37\n.step R1:TC1 list 0 0.1\n.measure tran m max i(R1)", "m")
    #expect(warm.count == 2 && abs((warm[0] ?? 0) / (warm[1] ?? 1) - 2) < 1e-4, "\(warm)")
  }

  @Test func aParameterIsSweptLikeASource() throws {
    let result = run(".global_param r=1k\nV1 a 0 1\nR1 a 0 {r}\n.dc r 1k 3k 1k\n.print dc {R1:R} i(R1)")
    #expect(result.status == .completed, "\(result.report.text())")
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    #expect(waveforms.axis.values == [1e3, 2e3, 3e3])
    for (r, i) in zip(waveforms.axis.values, waveforms["i(r1)"] ?? []) { #expect(abs(i * r - 1) < 1e-12) }
    #expect(waveforms.signals.count >= 2)
  }

  @Test func namesInSubcircuitsTakeColons() {
    let netlist = """
      .subckt half a b
      R1 a m 1k
      R2 m b 1k
      .ends
      V1 in 0 2
      X1 in 0 half
      .op
      .expect op v(x1:m) = 1 tol=1n
      .expect op i(x1:r1) = 1m tol=1p
      .expect op {x1:r1:r/1k} = 1 tol=1n
      """
    #expect(run(netlist).status == .completed)
  }

  @Test func optionPackagesAreReadAndNamed() {
    let result = run(
      Self.lowPass + """
        .options timeint reltol=1e-5 method=7 erroption=1
        .options output initial_interval=1m
        .options nonlin maxstep=200 searchmethod=2
        .tran 0 5m
        """)
    #expect(result.status == .completed)
    let notes = result.report.complaints.filter { $0.code == "option-without-effect" }
    #expect(notes.map(\.message).contains { $0.contains("method, erroption") })
    #expect(notes.count == 2)
    #expect(result.runs.first?.analyses.first?.waveforms?.axis.values.contains { abs($0 - 3e-3) < 1e-15 } == true)
  }

  @Test func initialConditionsComeInPairs() {
    let circuit = "C1 a 0 1u\nR1 a 0 1k\n.tran 1u 1m\n"
    for line in [".ic a 2", ".ic v(a) 2", ".dcvolt v(a)=2", ".ic v(a) {1+1}"] {
      let value = measured(circuit + line + "\n.measure tran m find v(a) at=0", "m").first ?? nil
      #expect(abs((value ?? 0) - 2) < 1e-6, "\(line)")
    }
  }

  @Test func measuresOfXyce() {
    let sine = "V1 a 0 SIN(0 1 1k)\nR1 a 0 1k\n.options reltol=1e-6\n.tran 0 2m\n"
    let expected: [(String, Double)] = [
      ("deriv v(a) at=0.5m", -2e3 * .pi), ("duty v(a) on=0.5 off=0.5", 1.0 / 3),
      ("trig v(a) 0.5 targ v(a)=0.5 fall=1", 1e-3 / 3),
      ("max v(a) output=time", 0.25e-3), ("eqn {2*v(a)} to=0.25m", 2), ("when v(a)=0.5 cross=-1", 1e-3 + 5e-3 / 12),
      ("when v(a)=7 default_val=42", 42), ("avg v(a) from=0 to=2m precision=3", 0),
    ]
    for (measure, value) in expected {
      let found = measured(sine + ".measure tran m " + measure, "m").first ?? nil
      #expect(abs((found ?? .nan) - value) < 2e-4 * max(abs(value), 1e-3), "\(measure): \(String(describing: found))")
    }
    let refused = run(
      sine + ".measure tran_cont m when v(a)=0\n.measure tran e error v(a) file=x.prn comp_function=l2norm")
    #expect(refused.status == .completed)
    #expect(refused.report.complaints.filter { $0.code == "refused-measure" }.count == 2)
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

  @Test func printedNames() throws {
    let result = run(
      """
      .param p=3
      .subckt half in out
      R1 in out 1k
      .ends
      V1 a 0 1
      X1 a 0 half
      .dc V1 1 2 1
      .print dc v(x1:in) x1:r1 V1 p {2*p} w(x1:r1) n(a) X1:R1:R V1:dcv0
      .print homotopy v(a)
      .result {2*v(a)}
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.report.complaints.map(\.code) == ["recognised-dialect", "not-printed"])
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let last = ["v(x1:in)": 2.0, "x1:r1": 1e3, "v1": 2, "p": 3, "2*p": 6, "w(x1:r1)": 4e-3, "v(a)": 2, "x1:r1:r": 1e3]
    for (name, value) in last { #expect(waveforms[name]?.last == value, "\(name): \(waveforms.signals.map(\.name))") }
    #expect(result.runs.first?["2*v(a)"] == 4)
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

  @Test func parametersMayFollowTheTime() {
    let netlist = """
      .global_param ramp={2*time} double={2*ramp} fixed=3
      .func twice(x) {2*x}
      V1 a 0 1
      R1 a 0 {fixed*1k}
      B1 b 0 V={twice(ramp) + fixed}
      R2 b 0 1k
      .tran 1m 1
      .print tran v(b) double
      .measure tran m find v(b) at=0.5
      .expect m = 5 tol=1u
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    let faulty = run(".param ramp={time}\nV1 a 0 1\nR1 a 0 {ramp}\n.op")
    #expect(faulty.report.hasErrors)
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

  /// What only Xyce means by the same words; `.options dialect=` says that it is meant.
  @Test func wordsThatMeanSomethingElse() {
    let netlist = """
      .options dialect=xyce
      .param hot={vt*1000}
      V1 $g_1 0 100
      R1 $g_1 0 1k
      B1 b 0 V={log(v($g_1)) + hot*0}
      R2 b 0 1k
      C1 c 0 1u ic=2
      R3 c 0 1k
      .tran 1m 5m
      .print tran v(b) v(c)
      .measure tran base find v(b) at=1m
      .measure tran start find v(c) at=0
      .measure tran later find v(c) at=1m
      .expect base = 2 tol=1u
      .expect start = 2 tol=1m
      .expect later = {2*exp(-1)} reltol=1e-3
      .expect {hot > 25 and hot < 26}
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect((result.runs.first?.analyses.first?.waveforms?.axis.values.count ?? 0) > 20)
  }
}
