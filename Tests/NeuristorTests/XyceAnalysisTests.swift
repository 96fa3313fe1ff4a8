import Foundation
import Neuristor
import Testing

/// Values, analyses and measures as Xyce has them.
@Suite struct XyceAnalysisTests {
  private func run(_ netlist: String) -> SimulationResult {
    Simulator().run(Source("title\n" + netlist + "\n.end\n"))
  }

  private func measured(_ netlist: String, _ name: String) -> [Double?] {
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())")
    return result.runs.map { $0[name] }
  }

  /// A voltage across an inductor whose card says a current is what the rest of the circuit then needs.
  @Test func currentsOfInductorsHoldTheOperatingPoint() {
    let netlist = """
      .options dialect=xyce
      V1 1 0 1
      R1 1 2 1m
      L1 2 0 10m ic=1500
      .tran 0 1m
      .measure tran start find v(2) at=0
      .expect start = -0.5 tol=1u
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  @Test func constantsFollowTheOptions() {
    let netlist = """
      .global_param hot={vt} x=2.5X
      .options device temp=100 gmin=1n
      V1 1 0 1
      R1 1 0 1X
      .op
      .expect op i(R1) = 1u tol=1f
      .expect {abs(gmin - 1n) < 1f and x == 2.5meg}
      .expect {abs(hot - 1.380649e-23/1.602176634e-19*373.15) < 1f}
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// Degrees, and radians where the option says so; numbers of `.print` as Xyce writes them.
  @Test func phasesAreInDegrees() {
    let netlist = """
      V1 1 0 AC 1 30
      R1 1 0 1
      .ac lin 1 1 1
      .print ac vp(1) {ph(v(1))} {vm(1)}
      .measure ac p find vp(1) at=1
      """
    let degrees = run(netlist)
    #expect(abs((degrees.runs.first?["p"] ?? 0) - 30) < 1e-9, "\(degrees.report.text())")
    #expect(degrees.tables.contains("Index") && degrees.tables.contains("3.00000000e+01"), "\(degrees.tables)")
    let radians = run(netlist + "\n.options output phase_output_radians=true")
    #expect(abs((radians.runs.first?["p"] ?? 0) - .pi / 6) < 1e-12)
    #expect(abs((run(".options dialect=ngspice\n" + netlist).runs.first?["p"] ?? 0) - .pi / 6) < 1e-12)
  }

  /// A level that is touched is crossed once; a trigger's delay is its target's; windows of a falling sweep.
  @Test func measuresAsXyceTakesThem() {
    let netlist = """
      V1 1 0 PWL(0 0 0.5 0.5 1 0)
      R1 1 0 1
      .tran 0 1
      .measure tran touch when v(1)=0.5 rise=1
      .measure tran leave when v(1)=0.5 fall=1
      .measure tran delay trig v(1)=0.2 td=0.35 targ v(1)=0.3 cross=1
      .options dialect=xyce
      .expect touch = 0.5 tol=1u
      .expect delay = -0.1 tol=1u
      """
    let result = run(netlist)
    #expect(
      result.runs.first?["leave"] == nil && result.status == .completed, "\(result.report.text())\(result.tables)")
    let sweep = measured(
      ".options dialect=xyce\nV1 1 0 1\nR1 1 0 1\n.dc V1 5 1 -1\n.measure dc a avg v(1) from=3\n.measure dc b rms v(1)",
      "a")
    #expect(sweep == [2])
    // Squares of the points joined by lines: (12.5 + 16 + 9 + 4 + 0.5)/4.
    let squares = measured(".options dialect=xyce\nV1 1 0 1\nR1 1 0 1\n.dc V1 5 1 -1\n.measure dc b rms v(1)", "b")
    #expect(abs((squares[0] ?? 0) - 10.5.squareRoot()) < 1e-12)
  }

  @Test(arguments: [
    ".print tran {v(1)}", ".print tran v(1) m\n.measure tran m max v(1)", "* checked with Xyce",
    ".measure tran m eqn {v(1)}",
    ".print tran\n+ {v(1)}",
  ])
  func whatPointsToXyce(line: String) {
    let circuit = "V1 1 0 1\nR1 1 0 1\n.tran 1 2\n"
    #expect(run(circuit + line).report.complaints.contains { $0.code == "recognised-dialect" }, "\(line)")
    let own = ".expect op v(1) = 1 tol=1\n"
    let isStrong = line.hasPrefix(".measure")
    #expect(run(circuit + own + line).report.complaints.contains { $0.code == "recognised-dialect" } == isStrong)
  }

  @Test func namesInsideDevicesAndOfElements() throws {
    let result = run(
      """
      .options dialect=xyce
      .model slow memristor level=2 ron=50 roff=1000 koff=1.46e-18 kon=-4.68e-22 alphaoff=10 alphaon=10
      + wc=1.0e-12 ioff=115e-6 ion=-8.9e-6 xscaling=1.0e9 wt=4
      V1 a 0 0.1
      ymemristor mr1 a 0 slow
      R1 a b {2*v(a)*1k}
      R2 b 0 100
      T1 a 0 c 0 z0=50 td=1n
      R3 c 0 50
      .dc V1 0.5 1 0.5
      .print dc n(ymemristor!mr1:r) {n(ymemristor!mr1_x)+1} R1:R {R2} {R2/2} I1(T1) I2(T1)
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let last = ["n(mr1:r)": 50.0, "n(mr1_x)+1": 1, "r1:r": 2e3, "r2": 100, "r2/2": 50, "i1(t1)": 0.02, "i2(t1)": -0.02]
    for (name, value) in last {
      let found = waveforms[name]?.last
      #expect(
        abs((found ?? .nan) - value) < 1e-6 * abs(value),
        "\(name) \(String(describing: found)): \(waveforms.signals.map(\.name))")
    }
  }

  /// `freq` is the frequency, unless a parameter bears the name.
  @Test func resistancesOverFrequency() {
    let netlist =
      "I1 0 1 AC 1\nR1 1 0 {freq}\n.ac dec 1 10 1000\n.measure ac m find vm(1) at 100\n.print ac format=csv {R1:R}"
    #expect(abs((measured(netlist, "m")[0] ?? 0) - 100) < 1e-9)
    #expect(abs((measured(".global_param freq=7\n" + netlist, "m")[0] ?? 0) - 7) < 1e-9)
  }

  @Test func operatorsAndFunctions() {
    let netlist = """
      .options dialect=xyce
      .param p={2 + 6*5/2%4 - 1} q={m(-3) + fmod(-7.5, 2)} e={exp}
      V1 1 0 PWL(0 0 1 1)
      B1 2 0 V={time%0.3}
      B3 3 0 V={if((v(1) > 0.2) ^ (v(1) > 0.5), 3, 1)}
      R3 3 0 1
      R1 2 0 1
      R2 1 0 1
      .tran 0 1
      .measure tran saw find v(2) at=0.7
      .measure tran one find v(3) at=0.4
      .measure tran both find v(3) at=0.9
      .expect saw = 0.1 tol=1u
      .expect {one == 3 and both == 1}
      .expect {p == 4 and q == 1.5 and abs(e - 2.718281828459045) < 1e-15}
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
  }

  /// A run for each row, at the frequency of its column.
  @Test func tablesOfFrequencies() throws {
    let netlist = """
      .global_param mag=1 res=1
      V1 1 0 AC {mag}
      R1 1 2 {res}
      R2 2 0 10
      .data t
      + mag freq res
      + 1 10 10
      + 2 100 30
      .enddata
      .ac data=t
      .noise v(2) V1 data=t
      .print ac vm(2)
      .print noise onoise
      .measure ac m find vm(2) at 10
      .measure ac n max vm(2)
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.runs.count == 2)
    #expect(result.runs.map { $0["n"] ?? .nan }.elementsEqual([0.5, 0.5]) { abs($0 - $1) < 1e-12 })
    let noise = result.runs.compactMap { $0.analyses.last?.waveforms?["onoise"]?.last }
    let expected = [5.0, 7.5].map { 4 * 1.380649e-23 * 300.15 * $0 }
    #expect(noise.count == 2 && zip(noise, expected).allSatisfy { abs($0 / $1 - 1) < 1e-9 }, "\(noise)")
  }

  @Test func parametersOfAnInstanceReadOneAnother() {
    let netlist = """
      .options dialect=xyce
      .subckt sub a b params: p=1 q=1
      R1 a b {q}
      .ends
      V1 a 0 {1k*time}
      X1 a 0 sub p=2 q={p*3}
      I1 0 b {time}
      R2 b 0 2
      .tran 0 1m
      .measure tran m find i(V1) at=1m
      .measure tran n find v(b) at=1m
      .result {1/4}
      .expect m = {-1/6} tol=1u
      .expect n = 2m tol=1n
      """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.runs.first?["1/4"] == 0.25)
  }

  /// The operating point is a point of its own where the first instant jumps from it.
  @Test func theOperatingPointIsWritten() throws {
    let result = run("I1 1 0 PWL(0 0 1 1)\nL1 2 0 1\nR1 1 2 1\n.tran 0 1\n.print tran format=noindex v(2)")
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let values = try #require(waveforms["v(2)"])
    #expect(Array(waveforms.axis.values.prefix(2)) == [0, 0] && values[0] == 0 && abs(values[1] + 1) < 1e-9)
  }

  /// `ddx` derives by a signal as it is written; values that run have what stands still beside them.
  @Test func slopesOfSignalsAndRunningValues() throws {
    let result = run(
      """
      .options dialect=xyce temp=37 tnom=27
      V1 c 0 2
      V2 1 0 2
      R1 1 2 1
      R2 2 0 R={1 + 2*v(c)} tce=3
      C1 1 0 C={v(c)*1u} age=1000 d=0.1
      .dc V2 2 2 1
      .print dc R2:R C1:C {ddx(v(2)/(1 + 2*v(c)), v(c))} {ddx(v(c)**3, v(c))} {ddx(v(2), v(c))}
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let resistance = 5 * exp(30 * log(1.01))
    let voltage = 2 * resistance / (1 + resistance)
    let expected = [
      "r2:r": resistance, "c1:c": 1.4e-6, "ddx(v(2)/(1+2*v(c)),v(c))": -2 * voltage / 25, "ddx(v(c)**3,v(c))": 12,
      "ddx(v(2),v(c))": 0,
    ]
    for (name, value) in expected {
      let found = waveforms[name]?.last ?? .nan
      #expect(abs(found - value) <= 1e-6 * abs(value), "\(name) \(found): \(waveforms.signals.map(\.name))")
    }
  }
}
