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
      sine + ".measure tran m four v(a) at=1k\n.measure tran e error v(a) file=x.prn comp_function=l2norm")
    #expect(refused.status == .completed)
    #expect(refused.report.complaints.filter { $0.code == "refused-measure" }.count == 2)
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

  /// Densities are those of power: 4 k T of 50 kohm at the output; at the input over the square of the phasor that the AC value
  /// makes there, 1 V here.
  @Test func densitiesOfNoiseByXycesNames() throws {
    let result = run(
      """
      V1 1 0 DC 5 AC 2
      R1 1 2 100k
      R2 2 0 100k
      .noise v(2) V1 dec 1 100 10k 2
      .print noise v(2) onoise inoise {sqrt(onoise)} dno(r1) dni(r1)
      .measure noise most max dno(r2)
      .measure noise half max vm(2)
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.report.complaints.map(\.code) == ["recognised-dialect"])
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let output = 4 * 1.380649e-23 * 300.15 * 50e3
    let expected = [
      "onoise": output, "inoise": output, "sqrt(onoise)": output.squareRoot(), "dno(r1)": output / 2,
      "dni(r1)": output / 2, "re(v(2))": 1, "onoise_spectrum": output.squareRoot(),
    ]
    #expect(waveforms.axis.values.count == 3)
    for (name, value) in expected {
      let last = try #require(waveforms[name]?.last, "\(name): \(waveforms.signals.map(\.name))")
      #expect(abs(last / value - 1) < 1e-9, "\(name) \(last)")
    }
    #expect(abs((result.runs[0]["most"] ?? 0) / (output / 2) - 1) < 1e-9)
    #expect(abs((result.runs[0]["half"] ?? 0) - 1) < 1e-9)
    #expect(run("V1 1 0 AC 1\nR1 1 0 1\n.noise v(1) V1 dec 1 1 10\n.print noise onoise v(9)").report.hasErrors)
    let inNgspice = ".options dialect=ngspice\nV1 1 0 AC 1\nR1 1 0 1\n.noise v(1) V1 dec 1 1 10\n.print noise v(1)"
    #expect(run(inNgspice).report.hasErrors)
  }
}
