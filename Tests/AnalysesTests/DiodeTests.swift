import Analyses
import Diagnostics
import Glibc
import Testing
import Waveforms

/// The diode against ngspice 39 (reltol 1e-7, abstol 1e-18, vntol 1e-12) and closed forms.
///
/// Above a picoampere the currents agree to 3e-5, of which 1.3e-5 is the Boltzmann constant, ngspice's being CODATA's of 2014.
@Suite struct DiodeTests {
  static let voltages = [-6, -5.2, -5.06, -4.9, -2, -0.5, -0.02, 0.04, 0.3, 0.6, 0.8, 1]

  /// From below the breakdown to 1 V at three temperatures, with an area of 2 and three in parallel.
  @Test(arguments: [
    (
      "is=1e-14", -20,
      [
        -6.0000125e-12, -5.2000125e-12, -5.0600125e-12, -4.9000125e-12, -2.0000125e-12, -5.0001247e-13, -2.0007486e-14,
        4.0065561e-14, 1.2006666e-11, 1.098794e-5, 0.10533467, 1009.7792,
      ]
    ),
    (
      "is=1e-14", 27,
      [
        -6.06e-12, -5.26e-12, -5.12e-12, -4.96e-12, -2.0599998e-12, -5.5998884e-13, -5.2309306e-14, 2.6169951e-13,
        6.5377523e-9, 0.00071231777, 1.6249798, 3706.9961,
      ]
    ),
    (
      "is=1e-14", 125,
      [
        -5.4231487e-9, -5.422348e-9, -5.4222078e-9, -5.4220476e-9, -5.4191133e-9, -5.4152972e-9, -2.3929666e-9,
        1.1964523e-8, 3.397031e-5, 0.21309175, 72.471163, 24646.986,
      ]
    ),
    (
      "is=1e-12 n=1.5 rs=2 bv=5 ibv=1m xti=2.5 eg=1.2", -20,
      [
        -2.346028, -0.19182608, -0.015954038, -0.00014101946, -2.0143887e-12, -5.1447735e-13, -2.6631475e-14,
        7.471801e-14, 1.3915769e-10, 1.3312658e-6, 0.00059712529, 0.098946282,
      ]
    ),
    (
      "is=1e-12 n=1.5 rs=2 bv=5 ibv=1m xti=2.5 eg=1.2", 27,
      [
        -2.2304893, -0.14701268, -0.012635936, -0.00022744744, -7.999823e-12, -6.496359e-12, -2.4367869e-12,
        1.0863185e-11, 1.3681839e-8, 3.1216417e-5, 0.0051757135, 0.18740811,
      ]
    ),
    (
      "is=1e-12 n=1.5 rs=2 bv=5 ibv=1m xti=2.5 eg=1.2", 125,
      [
        -1.996245, -0.084493803, -0.0090692811, -0.0004282459, -1.9453701e-8, -1.9424132e-8, -6.2636999e-9,
        2.2864804e-8, 6.5958183e-6, 0.0022178006, 0.069767027, 0.40010634,
      ]
    ),
    (
      "is=1e-14 bv=5 ibv=10u nbv=1.3 tcv=2m tnom=40", -20,
      [
        -8.9844653e8, -0.00050378577, -3.616416e-6, -1.2829048e-8, -2.0000018e-12, -5.0000185e-13, -2.000111e-14,
        4.000972e-14, 2.0356618e-12, 1.6291022e-6, 0.015617202, 149.71258,
      ]
    ),
    (
      "is=1e-14 bv=5 ibv=10u nbv=1.3 tcv=2m tnom=40", 27,
      [
        -1.141191e8, -0.0053029157, -8.2464516e-5, -7.0745916e-7, -2.0088957e-12, -5.0889411e-13, -2.4790265e-14,
        7.2869766e-14, 9.6956029e-10, 0.00010561015, 0.24092388, 549.60924,
      ]
    ),
    (
      "is=1e-14 bv=5 ibv=10u nbv=1.3 tcv=2m tnom=40", 125,
      [
        -7376432.2, -0.11976012, -0.0051897179, -0.00014362728, -8.0515582e-10, -8.0331243e-10, -3.5480471e-10,
        1.7739265e-9, 5.0365299e-6, 0.031593557, 10.74477, 3654.2286,
      ]
    ),
    (
      "is=1e-14 ikf=5m ikr=1u bv=5 rs=0.1 trs1=2m trs2=1u", -20,
      [
        -30.511632, -0.013070589, -0.00052471377, -9.3994034e-6, -1.9895197e-12, -4.9737992e-13, -1.976197e-14,
        4.0412118e-14, 1.2008172e-11, 1.0781522e-5, 0.036040102, 2.3803603,
      ]
    ),
    (
      "is=1e-14 ikf=5m ikr=1u bv=5 rs=0.1 trs1=2m trs2=1u", 27,
      [
        -22.641996, -0.0063888413, -0.00042194461, -1.4829517e-5, -2.0463631e-12, -5.6132876e-13, -5.1958438e-14,
        2.6156854e-13, 6.5347017e-9, 0.00061698233, 0.18199638, 3.4454192,
      ]
    ),
    (
      "is=1e-14 ikf=5m ikr=1u bv=5 rs=0.1 trs1=2m trs2=1u", 125,
      [
        -11.097951, -0.0024661391, -0.00031568642, -2.6204653e-5, -5.2610858e-9, -5.2573732e-9, -2.3929666e-9,
        1.1956972e-8, 3.286379e-5, 0.056917907, 1.0538102, 5.4625652,
      ]
    ),
  ])
  func currentsAreAsInNgspice(model: String, celsius: Double, currents: [Double]) {
    let run = NetlistRun(
      """
      V1 a 0 0
      D1 a 0 dm area=2 m=3
      .model dm d(\(model))
      .temp \(celsius)
      .dc V1 -6 1 0.02
      .save i(d1)
      """)
    #expect(run.isCompleted, "\(run.words)")
    let found = run.column("i(d1)")
    for (voltage, expected) in zip(Self.voltages, currents) {
      let place = Int(((voltage + 6) / 0.02).rounded())
      guard place < found.count else { return #expect(Bool(false), "\(found.count) points") }
      #expect(abs(found[place] - expected) < 3e-5 * abs(expected) + 2e-13, "\(voltage) V: \(found[place])")
    }
  }

  /// A junction's capacitance by the current of a ramp of 5.6 V/us, at three temperatures; numbers of ngspice 39.
  @Test(arguments: [
    (-20.0, [5.5702963e-05, 6.4729420e-05, 8.2558521e-05, 1.6255906e-04]),
    (27.0, [5.6633644e-05, 6.6009182e-05, 8.4880409e-05, 1.7734069e-04]),
    (125.0, [5.7596840e-05, 6.7613552e-05, 8.8730788e-05, 2.1893169e-04]),
  ])
  func capacitanceIsAsInNgspice(celsius: Double, currents: [Double]) {
    let run = NetlistRun(
      """
      V1 a 0 PWL(0 -5 1u 0.6)
      D1 a 0 dm 2
      .model dm d(is=1e-18 cjo=10p vj=0.8 m=0.4 fc=0.5 n=1.2)
      .temp \(celsius)
      .options gmin=1e-15 reltol=1e-6
      .tran 10n 1u
      .save i(d1)
      """)
    #expect(run.isCompleted, "\(run.words)")
    let found = run.column("i(d1)")
    for (place, expected) in zip([25, 50, 75, 100], currents) where place < found.count {
      #expect(abs(found[place] / expected - 1) < 1e-4, "\(found[place])")
    }
    #expect(found.count > 100)
  }

  /// A 1N4148 driven from 5 V to -5 V through 1 kohm: ngspice 39 at reltol 1e-6 and steps of 0.2 ns.
  @Test func reverseRecoveryIsAsInNgspice() {
    let run = NetlistRun(
      """
      V1 in 0 PULSE(5 -5 1u 1n 1n 2u 10u)
      R1 in a 1k
      D1 a 0 dm
      .model dm d(is=2.52n rs=0.568 n=1.752 cjo=4p m=0.4 tt=20n bv=75 ibv=1u)
      .options reltol=1e-6
      .tran 1n 1.3u
      .measure tran trec when i(r1)=-1m cross=last
      .measure tran qrr integ i(r1) from=1u to=1.3u
      .measure tran vlow find v(a) at=1.02u
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["trec"] - 1.01662e-6) < 1e-11)
    #expect(abs(run["qrr"] / -7.80633e-11 - 1) < 1e-4)
    #expect(abs(run["vlow"] + 4.811846) < 5e-4)
  }

  /// A rectifier with nothing that holds a charge, at voltages whose tolerance would be many k T/q: while it conducts,
  /// v = (k T/q) ln(i/is + 1) + i R. The model's name begins with a digit.
  @Test(arguments: [10.0, 100, 300, 1000], ["1e-3", "1e-4", "1e-5"])
  func rectifiersAtHighVoltage(amplitude: Double, reltol: String) {
    let run = NetlistRun(
      """
      Vin 1 0 SIN(0 \(amplitude) 60 0 0 90)
      D1 1 2 1N100
      R1 2 0 100k
      .model 1N100 D
      .options reltol=\(reltol)
      .tran 0.1m 50m
      """)
    #expect(run.isCompleted, "\(run.words)")
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    for (input, output) in zip(run.column("v(1)"), run.column("v(2)")) where input > 1 {
      // The junction's voltage moves with the logarithm of the current: iterated, it converges at once.
      var drop = 0.6
      for _ in 0..<50 { drop = thermal * log((input - drop) / 1e5 / 1e-14 + 1) }
      #expect(abs(output - (input - drop)) < 5e-3, "\(output) at \(input)")
    }
  }

  /// Four 1N4148 round a resistor and a capacitor are a volatile memristor: the reference integrates its state equation, derived
  /// from Kirchhoff's laws (`diode_bridge_1kHz.csv`). At 1e-7 one run in twenty, by how its steps fall, is further off than
  /// this by a quarter.
  @Test(arguments: [
    (5.1e-3, 1.899488e-6, 0.5525756), (5.2e-3, 3.100005e-3, 0.5768772), (5.25e-3, 2.382757e-3, 0.6997442),
    (5.3e-3, 5.939587e-4, 0.7337323), (5.4e-3, 5.236434e-7, 0.6748938), (5.8e-3, -5.939587e-4, 0.7337323),
  ])
  func bridgeIsTheMemristorOfItsStateEquation(time: Double, current: Double, voltage: Double) {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 2 1k)
      D1 a p d
      D2 0 p d
      D3 m a d
      D4 m 0 d
      R1 p m 1k
      C1 p m 1u
      .model d d(is=2.682n n=1.836)
      .options tnom=26.85 gmin=0 reltol=5e-8
      .temp 26.85
      .tran 2.5u 6m
      .measure tran current find i(v1) at=\(time)
      .measure tran voltage find v(p,m) at=\(time)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["current"] + current) < 2e-8)
    #expect(abs(run["voltage"] - voltage) < 1e-6)
  }

  /// The charge that a forward current I leaves behind is tt I: it flows back out of an otherwise ideal diode.
  @Test func storedChargeFlowsBack() {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 1m 1u 1m 1.0001u -1m 2u -1m)
      D1 a 0 dm
      R1 a 0 1g
      .model dm d(tt=100n cjo=1f)
      .options reltol=1e-6
      .tran 1n 1.2u
      .measure tran stored find @d1[charge] at=1u
      .measure tran empty when v(a)=0 cross=1
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["stored"] - 1e-10) < 1e-14)
    // tau dq/dt = -q - tau I from q = tau I: empty after tau ln 2.
    #expect(abs(run["empty"] - 1.00005e-6 - 100e-9 * log(2.0)) < 1e-10)
  }

  @Test(arguments: [
    ("v1 a 0 1000\nr1 a t 1\nd1 t 0 dm\n.model dm d(rs=0.01)", 10.90314),
    ("v1 a 0 -1000\nr1 a t 1k\nd1 t 0 dm\n.model dm d(bv=5)", -5.17853),
    ("i1 0 t 1\nd1 t 0 dm\nd2 0 t dm\n.model dm d", 0.833787), ("i1 0 t 1k\nd1 t 0 dm\n.model dm d is=1e-15", 1.07201),
    ("v1 a t 10\nd1 a p dm\nd2 t p dm\nd3 0 a dm\nd4 0 t dm\nr1 p 0 1k\n.model dm d(is=1e-14)", -0.710709),
    ("v1 a 0 24\nr1 a t 470\nd1 0 t dz\nd2 0 t dz\nr2 t 0 1k\n.model dz d(bv=5.6 ibv=5m rs=5 cjo=100p)", 5.71401),
    ("v1 in 0 1\nr1 in n 10k\nd1 n t dm off\ne1 t 0 0 n 1e6\n.model dm d(is=1e-15)", -0.655117),
  ])
  func operatingPointIsFound(cards: String, voltage: Double) {
    let run = NetlistRun(cards + "\n.op")
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run.rest("v(t)") / voltage - 1) < 1e-5, "\(run.rest("v(t)"))")
  }

  @Test func initialVoltageIsThatOfTheJunction() {
    let run = NetlistRun(
      """
      D1 a 0 dm ic=0.3
      R1 a 0 900
      .model dm d(is=1e-18 cjo=1u m=0 rs=100)
      .options reltol=1e-6
      .tran 10u 1m uic
      .measure tran last find v(a) at=1m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["last"] - 0.27 * exp(-1.0)) < 1e-6)
  }

  /// A current that another device reads, and quantities by ngspice's names.
  /// Level 2, PSpice's and Xyce's: at bv flow ibv and ibvl; forwards sqrt(ikf/(ikf + i)) of the exponential.
  @Test func theSecondLevel() {
    let run = NetlistRun(
      """
      .param u={1.380649e-23/1.602176634e-19*300.15}
      .func plain(v) {1e-14*(exp(v/u) - 1)}
      V1 a 0 -5
      D1 a 0 zener
      V2 b 0 0.7
      D2 b 0 bent
      V3 c 0 -0.3
      D3 c 0 bent
      .model zener d(level=2 is=1e-14 bv=5 ibv=1m ibvl=2m nbvl=3)
      .model bent d(level=2 is=1e-14 ikf=1m isr=1n nr=2 vj=0.8 m=0.4)
      .op
      .expect op i(D1) = -3m reltol=1e-6
      .expect op i(D2) = {plain(0.7)*sqrt(1m/(1m + plain(0.7))) + 1n*(exp(0.7/(2*u)) - 1)*((1 - 0.7/0.8)**2 + 0.005)**0.2} reltol=1e-6
      .expect op i(D3) = {plain(-0.3) + 1n*(exp(-0.15/u) - 1)*((1 + 0.3/0.8)**2 + 0.005)**0.2 - 0.3p} reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.verdicts.count == 3 && run.verdicts.allSatisfy(\.holds), "\(run.words)")
  }

  @Test func whatADiodeIsAskedFor() {
    let run = NetlistRun(
      """
      V1 a 0 0.6
      D1 a 0 dm
      F1 0 b d1 2
      R1 b 0 1k
      .model dm d(is=1e-14 rs=1 cjo=1p)
      .op
      .expect op {abs(@d1[vd] - v(a) + i(d1)) < 1n}
      .expect op {abs(v(b) - 2000*i(d1)) < 1n}
      .expect op {abs(@d1[gd]*25.86491m/(i(d1) - 1p*@d1[vd] + 1e-14) - 1) < 1e-4}
      .expect op {@d1[cd] > 1p}
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.verdicts.count == 4 && run.verdicts.allSatisfy(\.holds), "\(run.words)")
  }

  @Test(arguments: [
    ("D1 a 0", "missing-model"), ("D1 a 0 none", "unknown-model"), ("D1 a 0 res", "wrong-model"),
    ("R1 a 0 dm", "wrong-model"), ("D1 a 0 dm 2 3", "unexpected-word"), ("D1 a 0 dm area=0", "parameter-out-of-range"),
    ("D1 a 0 dm size=2", "unknown-parameter"), ("D1 a 0 dn", "unknown-parameter"), ("D1 a 0 dl", "limited-value"),
    ("D1 a 0 di", "ignored-parameter"),
    ("D1 a 0 dm temp=20 dtemp=3", "ignored-dtemp"), ("D1 a 0 d3", "parameter-out-of-range"), ("D1 a", "missing-node"),
    ("D1 a 0 dm area={v(a)}", "running-value"),
  ])
  func whatIsWrongIsSaid(card: String, code: String) {
    let extra = card.hasSuffix("dn") ? ".model dn d(isat=1)" : ""
    let run = NetlistRun(
      """
      V1 a 0 0.1
      \(card)
      \(extra)
      .model dm d(is=1e-14)
      .model res r(rsh=1)
      .model dl d(fc=0.99 cjo=1p)
      .model d3 d(level=3)
      .model di d(is=2.5n Vpk=75 mfg=OnSemi type=silicon)
      .op
      """)
    #expect(run.codes.contains(code), "\(run.words)")
    #expect(run.complaint(code)?.range != nil)
  }
}
