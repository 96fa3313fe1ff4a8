import Analyses
import Diagnostics
import Expressions
import Glibc
import Testing
import Waveforms

/// `.noise` against closed forms and ngspice 39.
@Suite struct NoiseSpectrumTests {
  private static let boltzmann = 1.380649e-23
  private static let charge = 1.602176634e-19

  /// 4 k T r behind r and c: k T/c in all, and 4 k T r flat at the input.
  @Test func lowPass() {
    let run = NetlistRun(
      "v1 in 0 dc 0 ac 1\nr1 in out 1k\nc1 out 0 1n\n.noise v(out) v1 dec 20 1k 1g\n.options temp=50")
    #expect(run.isCompleted, "\(run.words)")
    let white = 4 * Self.boltzmann * 323.15 * 1e3
    let (frequencies, output, input) = (
      run.column("frequency"), run.column("onoise_spectrum"), run.column("inoise_spectrum")
    )
    #expect(frequencies.count == 121)
    for (index, frequency) in frequencies.enumerated() {
      let turn = 2 * Double.pi * frequency * 1e-6
      #expect(isClose(output[index], (white / (1 + turn * turn)).squareRoot(), 1e-12))
      #expect(isClose(input[index], white.squareRoot(), 1e-12))
    }
    func angle(_ frequency: Double) -> Double { atan(2 * .pi * frequency * 1e-6) }
    let power = Self.boltzmann * 323.15 / 1e-9 * 2 / .pi * (angle(1e9) - angle(1e3))
    // A power law between points, twenty of them in a decade.
    #expect(isClose(run["onoise_total"], power.squareRoot(), 5e-4))
    #expect(isClose(run["inoise_total"], (white * (1e9 - 1e3)).squareRoot(), 1e-9))
  }

  /// A divider: both resistors in parallel; one without noise adds none; multiplicity and the instance's temperature count.
  @Test(arguments: [
    // 300.15 K of both in parallel, of R1 alone, and 400.15 K of R2's share.
    ("r2 out 0 3k", 225_112.5), ("r2 out 0 3k noisy=0", 168_834.375), ("r2 out 0 6k m=2", 225_112.5),
    ("r2 out 0 3k temp=127", 243_862.5),
  ])
  func divider(card: String, product: Double) {
    let run = NetlistRun("v1 in 0 ac 1\nr1 in out 1k\n\(card)\n.noise v(out) v1 lin 3 1 3")
    let expected = (4 * Self.boltzmann * product).squareRoot()
    #expect(run.column("onoise_spectrum").allSatisfy { isClose($0, expected, 1e-12) }, "\(run.words)")
    #expect(run.column("onoise_spectrum").count == 3)
    #expect(run.column("inoise_spectrum").allSatisfy { isClose($0, expected / 0.75, 1e-12) })
  }

  /// Shot noise 2 q i and flicker noise kf i^af/f of a junction, and the heat of its resistance.
  @Test func diode() {
    let run = NetlistRun(
      """
      .model d1 d is=1e-14 kf=1e-15 af=1.2 rs=20
      i1 0 a dc 1m ac 1
      d1 a 0 d1
      .op
      .noise v(a) i1 dec 2 10 100k 1
      .save @d1[gd]
      """)
    #expect(run.isCompleted, "\(run.words)")
    let slope = run.rest("@d1[gd]")
    let (white, heat) = (2 * Self.charge * 1e-3 / (slope * slope), 4 * Self.boltzmann * 300.15 * 20)
    for (index, frequency) in run.column("frequency").enumerated() {
      let flicker = 1e-15 * pow(1e-3, 1.2) / frequency / (slope * slope)
      #expect(isClose(run.column("onoise_d1_id")[index], white.squareRoot(), 1e-8))
      #expect(isClose(run.column("onoise_d1_1overf")[index], flicker.squareRoot(), 1e-8))
      #expect(isClose(run.column("onoise_d1_rs")[index], heat.squareRoot(), 1e-8))
      #expect(isClose(run.column("onoise_d1")[index], (white + heat + flicker).squareRoot(), 1e-8))
    }
    #expect(run.column("frequency").count == 9)
    #expect(isClose(run["onoise_total_d1"], run["onoise_total"], 1e-12))
    // Flicker noise alone: the power law is exact, ln(100k/10) of it.
    let flicker = 1e-15 * pow(1e-3, 1.2) * log(1e4) / (slope * slope)
    #expect(isClose(run["onoise_total_d1_1overf"], flicker.squareRoot(), 1e-8))
  }

  /// A noise in a state's rate reaches the current through the state, together with the same noise in the current.
  @Test func noiseLinesOfADevice() {
    let run = NetlistRun(
      """
      .memristor m
        param tau = 1m
        param g = 2m
        state x = 0
        noise w = 3u
        ddt(x) = -x/tau + w
        i = g*v - g*x + 4*w
      .endmemristor
      i1 0 a dc 0 ac 1
      n1 a 0 m
      .noise v(a) i1 dec 5 1 10k 2
      .options noise=on
      """)
    #expect(run.isCompleted, "\(run.words)")
    // v = x - 4 w/g,  x = w/(s + 1/tau)
    let deviation = run.column("frequency").enumerated().map { index, frequency in
      let state = ComplexNumber(1) / ComplexNumber(1e3, 2 * .pi * frequency)
      let expected = (3e-6).squareRoot() * (state - ComplexNumber(2000)).magnitude
      return abs(run.column("onoise_n1_w")[index] / expected - 1)
    }.max()
    #expect((deviation ?? 1) < 1e-12)
    #expect(run.column("frequency").count == 11, "every second of 21")
  }

  /// The currents of the subtree of a source that is read drive its own row as well.
  @Test func noiseThroughReadCurrents() {
    let run = NetlistRun(
      """
      i1 0 a dc 0 ac 1
      r1 a 0 1k
      v1 b 0 0
      r2 a b 1k
      h1 out 0 v1 500
      rl out 0 1 noisy=0
      .noise v(out) i1 lin 2 10 20
      """)
    // The noise current through r2 of both: each e drives e/2k around the loop.
    let expected = 500 * (2 * 4 * Self.boltzmann * 300.15 * 1e3).squareRoot() / 2e3
    #expect(run.column("onoise_spectrum").allSatisfy { isClose($0, expected, 1e-12) }, "\(run.words)")
  }

  /// A netlist with every kind of source, and what ngspice 39 gives for it at `reltol=1e-9`.
  @Test func namesAndNumbersOfNgspice() {
    let run = NetlistRun(
      """
      v1 in 0 dc 1 ac 1
      r1 in out 1k
      c1 out 0 1n
      r2 out 0 10k noisy=0
      d1 out 0 dm
      r3 out b 5k
      x1 b sub
      .subckt sub a
      r4 a 0 3k
      .ends
      .model dm d is=1e-14 kf=1e-12 af=1.1 rs=10
      .noise v(out) v1 dec 3 10 10meg 1
      .print noise onoise_r.x1.r4 {onoise_d1_1overf/onoise_spectrum}
      .measure noise middle find onoise_spectrum at=1k
      .expect noise onoise_total = 3.626492e-06 reltol=1e-4
      """)
    #expect(run.isCompleted && run.verdicts.map(\.holds) == [true], "\(run.words)")
    #expect(isClose(run["middle"], 3.044e-8, 1e-3))
    #expect(isClose(run["onoise_total_r.x1.r4"], 1.32588e-07, 1e-4))
    #expect(isClose(run.column("onoise_r.x1.r4_thermal").first ?? 0, 9.078315e-11, 1e-4))
  }

  @Test(arguments: [
    (".noise i(v1) v1 dec 3 1 10", "noise-output"), (".noise v(out) v2 dec 3 1 10", "unknown-source"),
    (".noise v(out) v1 dec 3 1", "wrong-analysis"), (".noise v(out) v1 lin 3 0 10", "wrong-frequencies"),
    (".noise v(out) v1 dec 3 1 10 0.5", "wrong-analysis"),
    (".noise v(out) v1 dec 3 1 10\n.print noise onoise_r1", "unknown-name"),
    (".noise v(out) v1 dec 3 1 10\n.measure noise m find {v(out)} at=1", "noise-signal"),
  ])
  func faults(line: String, code: String) {
    let run = NetlistRun("v1 in 0 ac 1\nr1 in out 1k\nr2 out 0 1k\n\(line)")
    #expect(run.codes == [code], "\(run.words)")
  }
}
