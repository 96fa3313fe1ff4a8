import Analyses
import Diagnostics
import Expressions
import Glibc
import Testing
import Waveforms

/// `.ac` of non-linear devices: their slopes at the operating point, against closed forms.
@Suite struct SmallSignalDeviceTests {
  private typealias Response = FrequencyResponseTests
  private static let one = ComplexNumber(1)

  /// A state that follows the voltage is an inductor behind a resistor: 1/Y = 1/g + s tau/g.
  @Test func inductiveMemristor() {
    let run = NetlistRun(
      """
      .memristor slow
        param g = 2m
        param tau = 1u
        state x = v
        ddt(x) = (v - x)/tau
        i = g*x
      .endmemristor
      v1 a 0 dc 0.3 ac 1
      n1 a 0 slow
      .ac dec 5 1k 10meg
      .save i(n1) @n1[x]
      """)
    #expect(run.isCompleted && run.codes.isEmpty, "\(run.words)")
    #expect(Response.deviation(run, "i(n1)") { ComplexNumber(2e-3) / (Self.one + 1e-6 * $0) } < 1e-14)
    #expect(Response.deviation(run, "@n1[x]") { Self.one / (Self.one + 1e-6 * $0) } < 1e-14)
  }

  /// The voltage less what has followed it: a capacitor behind a resistor, and one of negative resistance at rest where the
  /// conductance itself falls with the state.
  @Test func capacitiveMemristor() {
    let run = NetlistRun(
      """
      .memristor fatigue
        param g = 1m
        param tau = 1m
        state x = v
        ddt(x) = (v - x)/tau
        i = g*(v - x) + g*v*(1 - x)
      .endmemristor
      v1 a 0 dc 0.8 ac 1
      n1 a 0 fatigue
      .ac dec 5 1 1meg
      .save i(n1)
      """)
    // i = g (dv - dx) + g (1 - x0) dv - g v0 dx,  dx = dv/(1 + s tau)
    let deviation = Response.deviation(run, "i(n1)") { s in
      let follower = Self.one / (Self.one + 1e-3 * s)
      return 1e-3 * (ComplexNumber(1.2) - 1.8 * follower)
    }
    #expect(deviation < 1e-13)
  }

  /// The potassium channel at -20 mV from rest: Hodgkin & Huxley's equivalent inductance (1952, J Physiol 117:500, p 541).
  @Test func potassiumChannel() {
    let run = NetlistRun(
      """
      .memristor potassium
        param gmax = 36m
        x     = v/1m - 12
        alpha = 0.01*(10 - x)/(exp((10 - x)/10) - 1)
        beta  = 0.125*exp(-x/80)
        state n in [0, 1] = alpha/(alpha + beta)
        ddt(n) = (alpha*(1 - n) - beta*n)/1m
        i      = gmax*n**4*v
      .endmemristor
      v1 a 0 dc 30m ac 1
      n1 a 0 potassium
      .ac dec 10 1 10k
      .save i(n1)
      """)
    #expect(run.codes.isEmpty, "\(run.words)")
    let (v, g) = (30e-3, 36e-3)
    func rates(_ v: Double) -> (alpha: Double, beta: Double) {
      let x = v * 1e3 - 12
      return (0.01 * (10 - x) / expm1((10 - x) / 10), 0.125 * exp(-x / 80))
    }
    let (alpha, beta) = rates(v)
    let n = alpha / (alpha + beta)
    // Slopes by a difference of fourth order, whose error is 1e-12.
    func slope(_ f: (Double) -> Double) -> Double {
      let h = 1e-4
      return (8 * (f(v + h) - f(v - h)) - (f(v + 2 * h) - f(v - 2 * h))) / (12 * h)
    }
    let drive = 1e3 * (slope { rates($0).alpha } * (1 - n) - slope { rates($0).beta } * n)
    let deviation = Response.deviation(run, "i(n1)") { s in
      let gate = ComplexNumber(drive) / (s + ComplexNumber(1e3 * (alpha + beta)))
      return ComplexNumber(g * n * n * n * n) + (4 * g * n * n * n * v) * gate
    }
    #expect(deviation < 1e-10, "\(deviation)")
  }

  /// gd + s cd of a junction with transit time and depletion, behind its resistance.
  @Test func diode() {
    let run = NetlistRun(
      """
      .model d1 d is=1e-14 n=1.5 tt=5n cjo=2p vj=0.8 m=0.4 rs=3
      v1 a 0 dc 0.9 ac 1
      d1 a 0 d1
      .op
      .ac dec 5 1k 10g
      .save i(d1) @d1[gd] @d1[cd] all
      """)
    #expect(run.isCompleted, "\(run.words)")
    let (gd, cd) = (run.rest("@d1[gd]"), run.rest("@d1[cd]"))
    #expect(gd > 1e-3 && cd > 1e-12)
    #expect(
      Response.deviation(run, "i(d1)") { Self.one / (ComplexNumber(3) + Self.one / (ComplexNumber(gd) + cd * $0)) }
        < 1e-12)
    // By the formula: is/(n v_T) exp(v/(n v_T)) + gmin at the voltage of the junction.
    let thermal = 1.5 * 1.380649e-23 * 300.15 / 1.602176634e-19
    let junction = 0.9 - 3 * run.rest("i(d1)")
    #expect(isClose(gd, 1e-14 / thermal * exp(junction / thermal) + 1e-12, 1e-9))
  }

  /// A charge that is not linear in its voltage.
  @Test func nonlinearCharge() {
    let run = NetlistRun(
      "v1 a 0 dc 2 ac 1\nb1 a 0 i=ddt(1n*v(a)**3)\nr1 a 0 1meg\n.ac dec 3 1k 1meg\n.save i(b1)")
    #expect(Response.deviation(run, "i(b1)") { 12e-9 * $0 } < 1e-13)
  }

  /// What B sources make of the frequency itself.
  @Test func frequencyInExpressions() {
    let run = NetlistRun(
      """
      v1 a 0 dc 1 ac 1
      b1 b 0 v=v(a)/(1+hertz/1k)
      b2 0 c i=v(a)*hertz*1u
      rc c 0 1
      .ac dec 3 10 100k
      .save v(b) i(b2) v(c)
      .measure ac gain find vm(b) at=1k
      .measure ac same find {mag(v(b))*(1+hertz/1k)} at=10k
      .op
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(Response.deviation(run, "v(b)") { Self.one / ComplexNumber(1 + $0.imaginary / (2e3 * .pi)) } < 1e-14)
    #expect(Response.deviation(run, "i(b2)") { ComplexNumber(1e-6 * $0.imaginary / (2 * .pi)) } < 1e-14)
    #expect(isClose(run["gain"], 0.5, 1e-12) && isClose(run["same"], 1, 1e-12))
    #expect(run.rest("v(b)") == 1, "there is no frequency at rest")
  }

  @Test func controlledSources() {
    let run = NetlistRun(
      """
      v1 a 0 ac 1
      r1 a b 1k
      c1 b 0 1u
      e1 e 0 b 0 5
      re e 0 1
      g1 0 g b 0 2m
      rg g 0 100
      e2 q 0 value={v(a)*v(e)+v(e)}
      rq q 0 1
      .ac dec 4 10 10k
      .save v(e) v(g) v(q)
      """)
    func low(_ s: ComplexNumber) -> ComplexNumber { Self.one / (Self.one + 1e-3 * s) }
    #expect(Response.deviation(run, "v(e)") { 5 * low($0) } < 1e-14)
    #expect(Response.deviation(run, "v(g)") { 0.2 * low($0) } < 1e-14)
    #expect(Response.deviation(run, "v(q)") { 5 * low($0) } < 1e-14, "at rest v(a) is 0")
  }

  @Test func switchKeepsItsMode() {
    let run = NetlistRun(
      """
      .model s1 sw vt=1 vh=0.1 ron=10 roff=1meg
      v1 a 0 ac 1
      vc c 0 2
      s1 a b c 0 s1
      c1 b 0 1u
      .ac dec 3 10 1meg
      .save v(b)
      """)
    #expect(Response.deviation(run, "v(b)") { Self.one / (Self.one + 1e-5 * $0) } < 1e-13)
  }

  /// A state on a bound against which its rate presses stands still; one whose rate is not 0 there is worth a word.
  @Test func statesOnBoundsAndOnTheMove() {
    let block = """
      .memristor m
        state x in [0, 1] = START
        ddt(x) = 1k*v
        i = 1m*(1 + x)*v
      .endmemristor
      v1 a 0 dc 1 ac 1
      n1 a 0 m
      .ac dec 2 1 10k
      .save i(n1)
      """
    let held = NetlistRun(block.replacing("START", with: "1"))
    #expect(held.isCompleted && held.codes.isEmpty, "\(held.words)")
    #expect(Response.deviation(held, "i(n1)") { _ in ComplexNumber(2e-3) } < 1e-14)
    let moving = NetlistRun(block.replacing("START", with: "0.5"))
    #expect(moving.codes == ["moving-operating-point"])
    #expect(Response.deviation(moving, "i(n1)") { ComplexNumber(1.5e-3) + ComplexNumber(1) / $0 } < 1e-13)
  }
}

extension String {
  fileprivate func replacing(_ word: String, with other: String) -> String {
    split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
  }
}
