import Analyses
import Diagnostics
import Glibc
import Testing

/// E, F, G, H: numbers that ngspice 39 gives, and closed forms.
@Suite struct ControlledSourceTests {
  /// The deck of the first tests; what ngspice 39 prints for it stands in `nodes`.
  static let deck = """
    va a 0 2
    vb b 0 3
    vc c 0 5
    r1 a 0 1
    r2 b 0 1
    r3 c 0 1
    """

  @Test(arguments: [
    ("e1 t 0 b a 0.5", 0.5), ("e1 t 0 poly(1) a 0 7", 7), ("e1 t 0 POLY(2) a 0 b 0 7", 7),
    ("e1 t 0 poly (2) (a,0) (b,0) 0 1 1", 5), ("e1 t 0 vol='v(a)+i(vb)'", -1), ("e1 t 0 value={v(a)*v(b)}", 6),
    ("e1 t 0 VALUE {v(a)*v(b)}", 6), ("e1 t 0 table {v(a)*v(b)-6.5} = (-1,0) (0,2) (1,-3)", 1),
    ("e1 t 0 table {v(a)} = (3 1) (4 2)", 1), ("e1 t 0 table {v(c)} = (3 1) (4 2)", 2),
    ("g1 t 0 a 0 1m m=3\nrt t 0 1k", -6), ("g1 t 0 value={v(a)*2} m=3\nrt t 0 1", -12),
    ("g1 0 t table {v(c)} (0,0) (1m,2m) m=2\nrt t 0 1k", 4), ("g1 t 0 cur='v(a,b)*1m'\nrt t 0 1k", 1),
    ("g1 t 0 poly(2) a 0 b 0 0 1m 0 0 1m\nrt t 0 1k", -8), ("f1 t 0 va 4\nrt t 0 1", 8),
    ("f1 t 0 poly(2) va vb 0 1 2 3\nrt t 0 1", -4), ("f1 0 t vb {1+1} m=2\nrt t 0 1", -12),
    ("h1 t 0 vc 2", -10), ("h1 t 0 poly(2) va vb 1 2 3 4", 4),
  ])
  func sourcesAreAsInNgspice(cards: String, voltage: Double) {
    let run = NetlistRun("\(Self.deck)\n\(cards)\nr9 t 0 1g\n.op")
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run.rest("v(t)"), voltage, 2e-6 * (cards.contains("rt") ? 1 : 1e-6)), "\(run.rest("v(t)"))")
  }

  /// POLY's products in SPICE's order, which ngspice 39 has as well: (a, b, c) = (2, 3, 5).
  @Test(arguments: [
    (1, [1, 2, 4, 8, 16, 32]), (2, [1, 2, 3, 4, 6, 9, 8, 12, 18, 27, 16, 24, 36, 54, 81, 32]),
    (3, [1, 2, 3, 5, 4, 6, 10, 9, 15, 25, 8, 12, 20, 18, 30, 50, 27, 45, 75, 125, 16]),
  ])
  func polynomialsCountTheirProductsAsNgspice(dimension: Int, products: [Double]) {
    let controls = ["a 0", "b 0", "c 0"].prefix(dimension).joined(separator: " ")
    let sources = products.indices.map { place in
      "e\(place) t\(place) 0 poly(\(dimension)) \(controls) \(String(repeating: "0 ", count: place))1"
    }
    let run = NetlistRun(([Self.deck] + sources + [".op"]).joined(separator: "\n"))
    for (place, product) in products.enumerated() { #expect(run.rest("v(t\(place))") == product) }
  }

  /// Gains are parameters: sources that differ in them alone are one group, and linear.
  @Test func aThousandGainsAreOneGroup() {
    let run = NetlistRun(
      """
      V1 a 0 1
      .for k = 1 to 1000
      G{k} 0 b{k} a 0 {k*1m}
      R{k} b{k} 0 1k
      .endfor
      .op
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run.rest("v(b777)"), 777, 1e-12))
  }

  /// The current of an ideal source that is read is an unknown; those below it in the tree add to it.
  @Test func currentsOfSourcesInATreeAreFollowed() {
    let run = NetlistRun(
      """
      V1 a 0 10
      V2 b a 5
      V3 c b 1
      R1 a 0 1k
      R2 b 0 1k
      R3 c 0 1k
      F1 0 x v2 2
      Rx x 0 1k
      H2 y 0 v1 1k
      Ry y 0 1k
      .op
      """)
    #expect(isClose(run.rest("v(x)"), -62, 1e-12))
    #expect(isClose(run.rest("v(y)"), -41, 1e-12))
  }

  /// A gyrator of two transconductances makes an inductor of C/g^2 = 1 H out of a capacitor: a ring of 1 H and 1 uF.
  @Test func aGyratorTurnsACapacitorIntoAnInductor() {
    let run = NetlistRun(
      """
      G1 0 b a 0 1m
      G2 a 0 b 0 1m
      C1 b 0 1u
      C2 a 0 1u ic=1
      .options reltol=1e-7
      .tran 10u 10m uic
      .measure tran last find v(a) at=10m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["last"] - cos(10.0)) < 1e-5)
  }

  /// An ideal transformer of E and F, 2 to 1: the load of 100 ohm looks like 400 from the other side.
  @Test func transformerOfEAndF() {
    let run = NetlistRun(
      """
      V1 in 0 SIN(0 10 50)
      R1 in a 600
      F1 a 0 vs 0.5
      E1 b 0 a 0 0.5
      Vs b c 0
      R2 c 0 100
      .tran 0.1m 20m
      .measure tran top max v(c)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["top"] - 2) < 1e-6)
  }

  /// An integrator around an amplifier of finite gain: index 1, and the closed form of a leaky integrator.
  @Test func operationalAmplifierIntegrates() {
    let run = NetlistRun(
      """
      V1 in 0 1
      R1 in n 1k
      C1 n out 1u ic=0
      E1 out 0 0 n 1e5
      .options reltol=1e-7
      .tran 10u 5m uic
      .measure tran last find v(out) at=5m
      """)
    let gain = 1e5
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["last"] + gain * (1 - exp(-5 / (1 + gain)))) < 1e-4)
  }

  @Test(arguments: [
    ("E1 t 0 a", "missing-control"), ("E1 t 0 a 0", "missing-element-value"), ("F1 t 0", "missing-control"),
    ("F1 t 0 nothing 2", "unknown-device"), ("E1 t 0 poly(0) a 0 1", "malformed-poly"),
    ("E1 t 0 poly a 0 1", "malformed-poly"), ("E1 t 0 poly(2) a 0 b", "missing-control"),
    ("E1 t 0 poly(2) a 0 b 0", "malformed-poly"), ("E1 t 0 table v(a) (0 0) (1 1)", "malformed-table"),
    ("E1 t 0 table {v(a)} (0 0) (1)", "malformed-table"), ("E1 t 0 table {v(a)} (0 0)", "malformed-table"),
    ("E1 t 0 table {v(a)} (1 0) (0 1)", "malformed-table"), ("E1 t 0 laplace {v(a)} {1/(1+s)}", "refused-form"),
    ("E1 t 0 a 0 {v(b)}", "running-value"), ("E1 t 0 a 0 2 3", "unexpected-word"),
    ("G1 t 0 a 0 gain", "not-a-number"), ("H1 t 0 va 2 m=2", "unknown-parameter"),
    ("E1 t 0 value={v(nowhere)}", "unknown-node"),
  ])
  func whatIsWrongIsSaid(card: String, code: String) {
    let run = NetlistRun("\(Self.deck)\n\(card)\nr9 t 0 1\n.op")
    #expect(run.codes.contains(code), "\(run.words)")
    #expect(run.complaint(code)?.range != nil)
  }
}
