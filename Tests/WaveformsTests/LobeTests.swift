import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct LobeTests {
  /// X = sin w, Y = X (1 + k cos w): the positive lobe is the integral of k sin w cos^2 w over half a period, 2 k/3.
  private let x: (Double) -> Double = { sin(2 * .pi * $0) }
  private let y: (Double) -> Double = { sin(2 * .pi * $0) * (1 + 0.3 * cos(2 * .pi * $0)) }

  private func lobe(_ side: LobeSide, _ window: AxisWindow? = nil, over times: [Double]) -> ResultTable {
    results(of: [y, x], at: times, [.lobe(y: 0, x: 1, side: side, window)])
  }

  @Test func bothLobesOfThePinchedLoop() {
    #expect(isNear(lobe(.positive, over: steps(50, to: 3)).number("m0"), 0.2, within: 1e-10))
    #expect(isNear(lobe(.negative, over: steps(50, to: 3)).number("m0"), -0.2, within: 1e-10))
  }

  @Test func aRunThatEndsBetweenZerosUsesTheLastWholePeriod() {
    #expect(isNear(lobe(.positive, over: steps(50, to: 2.7)).number("m0"), 0.2, within: 1e-10))
  }

  @Test func onePeriodFromZeroToZeroIsWhole() {
    #expect(isNear(lobe(.positive, over: steps(33, to: 1)).number("m0"), 0.2, within: 1e-10))
  }

  @Test func lessThanAPeriodFails() {
    #expect(lobe(.positive, over: steps(33, to: 0.9)).failure("m0") == .noWholePeriod)
  }

  @Test func aWindowOfItsOwn() {
    let table = lobe(.positive, AxisWindow(from: 0, to: 0.25), over: steps(33, to: 1))
    // Integral of (s + 0.3 s c) dX over the first quarter: 1/2 + 0.1.
    #expect(isNear(table.number("m0"), 0.6, within: 1e-10))
  }

  /// Steps so short that X has lost its digits: halving them would find nothing but rounding.
  @Test func shortStepsAreNotHalvedForTheirRounding() {
    var evaluations = 0
    let counted: (Double) -> Double = { time in
      evaluations += 1
      return x(time)
    }
    let times = steps(100, from: 0.2, to: 0.2 + 1e-6)
    let window = AxisWindow(from: 0.2, to: 0.2 + 1e-6)
    let table = results(of: [y, counted], at: times, [.lobe(y: 0, x: 1, side: .positive, window)])
    let exact = y(0.2 + 5e-7) * (x(0.2 + 1e-6) - x(0.2))
    #expect(isNear(table.number("m0"), exact, within: 1e-6 * exact))
    #expect(evaluations < 100 * 50)
  }
}
