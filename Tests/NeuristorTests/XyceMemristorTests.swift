import Neuristor
import TestSupport
import Testing

/// `YMEMRISTOR` and the library models it stands for. References: two other integrators, agreeing to 1e-9.
@Suite struct XyceMemristorTests {
  private static func run(_ lines: String) -> SimulationResult {
    Simulator(models: Repository.path(of: "Sources/Devices/Models")).run(Source("title\n\(lines)\n.end\n"))
  }

  private static let level3 = """
    .model mrm memristor level=3 a1=0.17 a2=0.17 b=0.05 vp=0.16 vn=0.15
    + ap=4000 an=4000 xp=0.3 xn=0.5 alphap=1 alphan=5 eta=1 xscaling=10
    """

  private static func value(_ name: String, in result: SimulationResult) -> Double {
    result.analyses.flatMap(\.measures).first { $0.name == name }?.value ?? .nan
  }

  @Test func levelThreeIsYakopcic() {
    let result = Self.run(
      """
      \(Self.level3)
      V1 a 0 0.5
      YMEMRISTOR up a 0 mrm xo=0.11
      V2 b 0 -0.2
      YMemristor down b 0 mrm xo=0.9
      N1 a 0 yakopcic
      .options reltol=1e-8
      .tran 10u 20m
      .measure tran set when @up[x]=0.9
      .measure tran same when @n1[x]=0.9
      .measure tran reset when @down[x]=0.11
      .measure tran i find i(down) at=0
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(abs(Self.value("set", in: result) / 1.174620772e-3 - 1) < 1e-6)
    #expect(abs(Self.value("same", in: result) / 1.174620772e-3 - 1) < 1e-6)
    #expect(abs(Self.value("reset", in: result) / 13.90983139e-3 - 1) < 1e-6)
  }

  /// Fits to devices of Miao (TaOx) and Jo (Si:Ag), at constant voltage.
  @Test(arguments: [
    ("a1=.11 a2=.11 b=.5 ap=7.5 an=2 vp=.09 vn=.75 alphap=1 alphan=5 xp=.3 xn=.5", 0.75, 0.11, 0.9, 0.2910587736),
    ("a1=.11 a2=.11 b=.5 ap=7.5 an=2 vp=.09 vn=.75 alphap=1 alphan=5 xp=.3 xn=.5", -1.25, 0.9, 0.11, 1.20667312),
    ("a1=.37u a2=.435u b=.7 ap=5m an=80m vp=1.5 vn=.5 alphap=1.2 alphan=3 xp=.2 xn=.5", 4, 0.1, 0.9, 12.27934532),
    ("a1=.37u a2=.435u b=.7 ap=5m an=80m vp=1.5 vn=.5 alphap=1.2 alphan=3 xp=.2 xn=.5", -2, 0.9, 0.1, 4.802316213),
  ])
  func fitsOfNamedDevices(parameters: String, voltage: Double, from: Double, to: Double, time: Double) {
    let result = Self.run(
      """
      .model fit yakopcic(\(parameters))
      V1 a 0 \(voltage)
      N1 a 0 fit x0=\(from)
      .options reltol=1e-8
      .tran 10m \(2 * time)
      .measure tran reached when @n1[x]=\(to)
      """)
    #expect(abs(Self.value("reached", in: result) / time - 1) < 1e-6, "\(result.report.text())")
  }

  /// Level 2 at constant current: dx/dt = k_off (i/i_off - 1)^3 without a window, by hand with the others.
  @Test func levelTwoIsTeam() {
    let result = Self.run(
      """
      .model plain memristor(level=2 ion=-8.9u koff=1u)
      .model shrinking memristor(level=2 ion=-10u kon=-1u)
      I1 0 a 230u
      YMEMRISTOR off a 0 plain
      I2 0 b -30u
      YMEMRISTOR on b 0 shrinking xo=3n
      I3 0 c 230u
      YMEMRISTOR exponent c 0 plain ivrelation=1
      .options reltol=1e-8
      .tran 10u 1m
      .measure tran grown find @off[x] at=1m
      .measure tran shrunk find @on[x] at=0.2m
      .measure tran linear find v(a) at=1m
      .measure tran exponential find v(c) at=1m
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(abs(Self.value("grown", in: result) / 1e-9 - 1) < 1e-6)
    #expect(abs(Self.value("shrunk", in: result) / 1.4e-9 - 1) < 1e-6)
    #expect(abs(Self.value("linear", in: result) / (230e-6 * (50 + 950.0 / 3)) - 1) < 1e-6)
    // 50 exp(ln(20)/3) ohm.
    #expect(abs(Self.value("exponential", in: result) / (230e-6 * 135.72088082974532) - 1) < 1e-6)
  }

  /// ngspice's code model: R moves by beta (v - vt) beyond its threshold, and stops at its bounds.
  @Test(arguments: ["A1 a 0 memr", "Amem %gd(a 0) memr"]) func codeModelIsAThreshold(card: String) {
    let result = Self.run(
      """
      V1 a 0 2
      \(card)
      .model memr memristor(rmin=1k rmax=10k rinit=7k alpha=0 beta=1e6 vt=1)
      .tran 10u 5m
      .measure tran begin find i(v1) at=0
      .measure tran later find i(v1) at=1m
      .measure tran end find i(v1) at=5m
      """)
    #expect(abs(Self.value("begin", in: result) * 7e3 + 2) < 1e-9, "\(result.report.text())")
    #expect(abs(Self.value("later", in: result) * 8e3 + 2) < 1e-6)
    #expect(abs(Self.value("end", in: result) * 10e3 + 2) < 1e-6)
  }

  @Test func whatCannotBeMeantIsSaid() {
    func codes(_ lines: String) -> [String] {
      Self.run("V1 a 0 1\nR1 a 0 1\n.op\n" + lines).report.complaints.map(\.code)
    }
    #expect(codes(".model m memristor(a1=1)") == ["memristor-level"])
    #expect(codes(".model m memristor(level=5)") == ["memristor-level"])
    #expect(codes(".model m memristor(level=3 resnoise=1)") == ["unknown-parameter"])
    #expect(
      codes(".model m memristor(level=2)\nYMEMRISTOR r a 0 m") == ["recognised-dialect", "parameter-out-of-range"])
    #expect(codes("YMEMRISTOR r a") == ["recognised-dialect", "missing-node"])
    #expect(codes("YDELAY r a 0 m") == ["foreign-element"])
    #expect(codes("A1 a 0 g\n.model g gain(gain=2)") == ["foreign-model", "foreign-model"])
  }
}
