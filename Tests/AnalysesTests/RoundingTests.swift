import Analyses
import Testing

/// Whole numbers of running quantities turn at located instants.
@Suite struct RoundingTests {
  /// The mean over a period of 2 sin, by the time it spends above each whole number.
  @Test(arguments: [
    ("floor(v(a))", -0.5), ("ceil(v(a))", 0.5), ("nint(2*v(a))", 0), ("int(2*v(a))", 0), ("v(a) - floor(v(a))", 0.5),
    ("5k*time - floor(5k*time)", 0.5), ("floor(37k*time)", 18),
  ])
  func meansAreThoseOfStairs(function: String, mean: Double) {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 2 1k)
      R0 a 0 1k
      B1 b 0 V=\(function)
      R1 b 0 1k
      .tran 10u 1m
      .measure tran mean avg v(b)
      .options reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["mean"] - mean) < 1e-5)
  }

  @Test func sweepsTakeTheValueAtTheEdge() {
    let run = NetlistRun(
      """
      V1 x 0 0
      B1 a 0 V=floor(v(x))
      B2 b 0 V=ceil(v(x))
      B3 c 0 V=nint(v(x))
      B4 d 0 V=int(v(x))
      R1 a 0 1
      R2 b 0 1
      R3 c 0 1
      R4 d 0 1
      .dc V1 -3 3 0.25
      .save v(x) v(a) v(b) v(c) v(d)
      """)
    #expect(run.isCompleted, "\(run.words)")
    for (place, x) in run.column("v(x)").enumerated() {
      #expect(run.column("v(a)")[place] == x.rounded(.down), "\(x)")
      #expect(run.column("v(b)")[place] == x.rounded(.up), "\(x)")
      #expect(run.column("v(c)")[place] == x.rounded(.toNearestOrEven), "\(x)")
      #expect(run.column("v(d)")[place] == x.rounded(.towardZero), "\(x)")
    }
  }
}
