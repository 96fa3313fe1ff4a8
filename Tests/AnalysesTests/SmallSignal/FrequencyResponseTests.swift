import Analyses
import Diagnostics
import Expressions
import Glibc
import Testing
import Waveforms

/// `.ac` of linear circuits against closed forms.
@Suite struct FrequencyResponseTests {
  /// Phasors of `signal` over the frequencies of the last analysis.
  static func phasors(_ run: NetlistRun, _ signal: String) -> [(frequency: Double, value: ComplexNumber)] {
    let (real, imaginary) = (run.column("re(\(signal))"), run.column("im(\(signal))"))
    if real.isEmpty { return [] }
    return run.column("frequency").indices.map {
      (run.column("frequency")[$0], ComplexNumber(real[$0], imaginary[$0]))
    }
  }

  /// The largest deviation of `signal` from `expected`, relative to its magnitude; infinite where there are no points.
  static func deviation(
    _ run: NetlistRun, _ signal: String, from expected: (_ s: ComplexNumber) -> ComplexNumber
  ) -> Double {
    let points = phasors(run, signal)
    if points.isEmpty { return .infinity }
    return points.map { frequency, value in
      let wanted = expected(ComplexNumber(0, 2 * .pi * frequency))
      return (value - wanted).magnitude / wanted.magnitude
    }.max() ?? .infinity
  }

  static let one = ComplexNumber(1)

  /// 1/(1 + s r c)
  @Test func lowPass() {
    let run = NetlistRun("v1 in 0 dc 3 ac 1\nr1 in out 1k\nc1 out 0 1u\n.ac dec 10 1 100k")
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.column("frequency").count == 51)
    #expect(Self.deviation(run, "v(out)") { Self.one / (Self.one + 1e-3 * $0) } < 1e-14)
    #expect(Self.deviation(run, "i(v1)") { -(1e-6 * $0) / (Self.one + 1e-3 * $0) } < 1e-12)
    #expect(Self.deviation(run, "i(c1)") { 1e-6 * $0 / (Self.one + 1e-3 * $0) } == .infinity, "not saved")
  }

  /// Phases of sources count from a cosine, in degrees; a source without a number is 1.
  @Test func phasesOfSources() {
    let run = NetlistRun("v1 a 0 ac 2 90\ni1 0 b 0 ac\nr1 b 0 50\nr2 a 0 1\n.ac lin 1 1k 1k\n.save v(a) v(b)")
    #expect(Self.phasors(run, "v(a)").first?.value == ComplexNumber(0, 2))
    #expect(Self.deviation(run, "v(b)") { _ in ComplexNumber(50) } < 1e-15)
  }

  /// A series circuit of quality 100 through its resonance.
  @Test func resonance() {
    let run = NetlistRun(
      "v1 in 0 ac 1\nr1 in a 10\nl1 a out 1m\nc1 out 0 1n\n.ac dec 200 100k 250k\n.save v(out) i(l1)")
    let (r, l, c) = (10.0, 1e-3, 1e-9)
    func divider(_ s: ComplexNumber) -> ComplexNumber { Self.one + (r * c) * s + (l * c) * (s * s) }
    #expect(Self.deviation(run, "v(out)") { Self.one / divider($0) } < 1e-11)
    #expect(Self.deviation(run, "i(l1)") { c * $0 / divider($0) } < 1e-11)
  }

  /// Twelve sections of r and c: the product of their chain matrices.
  @Test func ladder() {
    let run = NetlistRun(
      """
      v1 n0 0 ac 1
      .for k = 1 to 12
      r{k} n{k-1} n{k} {100*k}
      c{k} n{k} 0 {1n/k}
      .endfor
      .ac dec 5 1k 10meg
      .save v(n12)
      """)
    let deviation = Self.deviation(run, "v(n12)") { s in
      // From the end: v and i of one section out of those of the next.
      var (voltage, current) = (Self.one, ComplexNumber.zero)
      for k in stride(from: 12.0, through: 1, by: -1) {
        current += (1e-9 / k) * s * voltage
        voltage += (100 * k) * current
      }
      return Self.one / voltage
    }
    #expect(deviation < 1e-12)
  }

  /// A transformer of coupling 0.8 with a load: the 2 by 2 system of its coils.
  @Test func coupledCoils() {
    let run = NetlistRun(
      """
      v1 in 0 ac 1
      r1 in a 5
      l1 a 0 1m
      l2 out 0 4m
      k1 l1 l2 0.8
      r2 out 0 100
      .ac dec 10 10 1meg
      .save v(out) i(l1)
      """)
    let (l1, l2) = (1e-3, 4e-3)
    let m = 0.8 * (l1 * l2).squareRoot()
    // (r1 + s l1) i1 + s m i2 = 1,  s m i1 + (r2 + s l2) i2 = 0
    func determinant(_ s: ComplexNumber) -> ComplexNumber {
      (ComplexNumber(5) + l1 * s) * (ComplexNumber(100) + l2 * s) - (m * s) * (m * s)
    }
    #expect(Self.deviation(run, "v(out)") { 100 * (m * $0) / determinant($0) } < 1e-12)
    #expect(Self.deviation(run, "i(l1)") { (ComplexNumber(100) + l2 * $0) / determinant($0) } < 1e-12)
  }

  /// A line without loss between 50 and 200 ohm: v = z/(rs + z) (1 + r) e^(-s td)/(1 - r rs' e^(-2 s td)).
  @Test func transmissionLine() {
    let run = NetlistRun(
      "v1 in 0 dc 1 ac 1\nr1 in a 20\nt1 a 0 out 0 z0=50 td=1.3n\nr2 out 0 200\n.ac dec 20 1meg 3g\n.save v(out)")
    #expect(run.isCompleted, "\(run.words)")
    let (near, far) = ((20.0 - 50) / (20 + 50), (200.0 - 50) / (200 + 50))
    let deviation = Self.deviation(run, "v(out)") { s in
      let angle = s.imaginary * 1.3e-9
      let once = ComplexNumber(cos(angle), -sin(angle))
      return (50.0 / 70 * (1 + far)) * once / (Self.one - (near * far) * (once * once))
    }
    #expect(deviation < 1e-11, "\(deviation)")
  }

  /// Sources that tie nodes to one another carry phasors along their trees; their currents are recovered, or unknowns where
  /// a device reads them.
  @Test func eliminatedSources() {
    let run = NetlistRun(
      """
      v1 a 0 dc 1 ac 1
      v2 b a dc 2 ac 3 180
      c1 b out 1u
      r1 out 0 1k
      f1 0 f v2 2
      rf f 0 10
      h1 h 0 v1 50
      rh h 0 1
      .ac dec 4 10 10k
      .save v(b) v(out) v(f) v(h) i(v2)
      """)
    func current(_ s: ComplexNumber) -> ComplexNumber { -2 * (1e-6 * s) / (Self.one + 1e-3 * s) }
    #expect(Self.phasors(run, "v(b)").allSatisfy { $0.value == ComplexNumber(-2) })
    #expect(Self.deviation(run, "v(out)") { 1e3 * current($0) } < 1e-13)
    #expect(Self.deviation(run, "i(v2)") { -current($0) } < 1e-13)
    #expect(Self.deviation(run, "v(f)") { -20 * current($0) } < 1e-13)
    #expect(Self.deviation(run, "v(h)") { -50 * current($0) } < 1e-13)
  }

  /// Where each frequency lies, as in ngspice 39.
  @Test(arguments: [
    ("dec 3 10 700", 6, 700), ("oct 2 10 100", 7, 80), ("lin 3 10 20", 3, 20), ("lin 2 10 20", 2, 20),
    ("lin 1 10 20", 1, 10), ("dec 10 1k 1k", 1, 1000),
  ])
  func frequencies(range: String, count: Int, last: Double) {
    let frequencies = NetlistRun("v1 a 0 ac 1\nr1 a 0 1\n.ac \(range)").column("frequency")
    #expect(frequencies.count == count)
    #expect(isClose(frequencies.last ?? 0, last, 1e-14))
  }

  @Test(arguments: ["dec 0 1 10", "dec 1.5 1 10", "dec 3 0 10", "oct 3 10 1", "lin 3 -1 10", "dec 1meg 1 1g"])
  func impossibleFrequencies(range: String) {
    let run = NetlistRun("v1 a 0 ac 1\nr1 a 0 1\n.ac \(range)")
    #expect(run.codes == ["wrong-frequencies"], "\(run.words)")
  }

  @Test func silentCircuitIsWorthAWord() {
    let run = NetlistRun("v1 a 0 1\nr1 a 0 1\n.ac dec 3 1 10")
    #expect(run.codes == ["silent-sources"])
    #expect(run.isCompleted)
  }

  @Test func idealResonanceHasNoAnswer() {
    let run = NetlistRun("i1 0 a 0 ac 1\nl1 a 0 1\nc1 a 0 1\n.ac lin 1 {0.5/pi} 1")
    #expect(run.hasFailed || run.column("re(v(a))").allSatisfy { abs($0) > 1e12 })
    let still = NetlistRun("v1 a 0 ac 1\nc1 a b 1\nc2 b 0 1\n.ac lin 2 0 1")
    #expect(still.codes.contains("singular-frequency"), "\(still.words)")
    #expect(still.hasFailed)
  }
}
