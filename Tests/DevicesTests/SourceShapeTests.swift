import Devices
import Testing

/// Values and slopes on both sides of every corner, and corners that do not drift.
struct SourceShapeTests {
  /// Every corner of `shape` in a window, and that its left and right formulas meet there where it does not jump.
  private func corners(of shape: some SourceShape, from start: Double, to end: Double) -> [Double] {
    var corners: [Double] = []
    var time = start
    while true {
      time = shape.nextCorner(after: time)
      if time > end || corners.count > 1000 { return corners }
      corners.append(time)
    }
  }

  @Test func pulseIsALineBetweenItsCorners() {
    let pulse = Pulse(
      initial: 0, pulsed: 2, delay: 1, rise: 0.25, fall: 0.5, width: 1, repetition: 4)
    #expect(corners(of: pulse, from: 0, to: 5.5) == [1, 1.25, 2.25, 2.75, 5, 5.25])
    #expect(pulse.evaluate(at: 0.5, segmentOf: 0) == (0, 0))
    #expect(pulse.evaluate(at: 1.125, segmentOf: 1) == (1, 8))
    #expect(pulse.evaluate(at: 1.25, segmentOf: 1) == (2, 8))
    #expect(pulse.evaluate(at: 1.25, segmentOf: 1.25) == (2, 0))
    #expect(pulse.evaluate(at: 2.5, segmentOf: 2.25) == (1, -4))
    #expect(pulse.evaluate(at: 3, segmentOf: 2.75) == (0, 0))
    #expect(pulse.evaluate(at: 5.125, segmentOf: 5) == (1, 8))
    #expect(pulse.period(at: 0) == nil)
    #expect(pulse.period(at: 1) == 4)
  }

  @Test func frozenSegmentIsUsedBeyondItsEnd() {
    let pulse = Pulse(initial: 0, pulsed: 1, delay: 1, rise: 1, fall: 1, width: 1, repetition: 10)
    #expect(pulse.evaluate(at: 2.5, segmentOf: 1.5) == (1.5, 1))
    #expect(pulse.evaluate(at: 1.5, segmentOf: 0.5) == (0, 0))
  }

  @Test func millionthPulseIsAsTrueAsTheFirst() {
    let pulse = Pulse(
      initial: 0, pulsed: 1, delay: 0.1e-6, rise: 1e-9, fall: 1e-9, width: 0.3e-6, repetition: 0.7e-6)
    for period in [0.0, 1, 999_999, 1_000_000, 3_333_333] {
      let begin = 0.1e-6 + period * 0.7e-6
      let before = begin - 0.05e-6
      #expect(pulse.nextCorner(after: before) == (period == 0 ? 0.1e-6 : begin))
      let corners = corners(of: pulse, from: before, to: begin + 0.35e-6)
      #expect(corners.count == 4, "period \(period)")
      for corner in corners {
        #expect(pulse.nextCorner(after: corner) > corner)
        let left = pulse.evaluate(at: corner, segmentOf: corner.nextDown)
        let right = pulse.evaluate(at: corner, segmentOf: corner)
        #expect(abs(left.value - right.value) < 1e-9)
        #expect(left.slope != right.slope)
      }
    }
  }

  @Test func everyCornerOfAMillionPeriodsIsFoundOnce() {
    let pulse = Pulse(initial: 0, pulsed: 1, delay: 0, rise: 0.1, fall: 0.1, width: 0.1, repetition: 0.7)
    var time = -1.0
    for index in 0..<40_000 {
      let next = pulse.nextCorner(after: time)
      let period = Double(index / 4)
      let expected = period * 0.7 + [0, 0.1, 0.2, 0.1 + 0.1 + 0.1][index % 4]
      #expect(abs(next - expected) <= 1e-15 * max(1, expected) * 4)
      time = next
    }
  }

  @Test func pulseCutOffByItsPeriodJumps() {
    let pulse = Pulse(initial: 0, pulsed: 1, delay: 0, rise: 0.5, fall: 0.5, width: 1, repetition: 1)
    #expect(corners(of: pulse, from: -1, to: 2.2) == [0, 0.5, 1, 1.5, 2])
    #expect(pulse.evaluate(at: 1, segmentOf: 0.9).value == 1)
    #expect(pulse.evaluate(at: 1, segmentOf: 1).value == 0)
  }

  @Test func countedPulsesEnd() {
    let pulse = Pulse(initial: 0, pulsed: 1, delay: 0, rise: 0.1, fall: 0.1, width: 0.1, repetition: 1, count: 2)
    #expect(corners(of: pulse, from: -1, to: 100).count == 8)
    #expect(pulse.evaluate(at: 50.15, segmentOf: 50.15) == (0, 0))
  }

  @Test func pulseWithoutEdgesJumps() {
    let pulse = Pulse(initial: 0, pulsed: 1, delay: 1, rise: 0, fall: 0, width: 1)
    #expect(corners(of: pulse, from: 0, to: 10) == [1, 2])
    #expect(pulse.evaluate(at: 1, segmentOf: 1) == (1, 0))
    #expect(pulse.evaluate(at: 1, segmentOf: 0.5) == (0, 0))
  }

  @Test func sineKeepsItsPhaseOverAMillionPeriods() {
    let sine = Sine(offset: 1, amplitude: 2, frequency: 50, delay: 0.5, phase: 30)
    #expect(abs(sine.evaluate(at: 0.2, segmentOf: 0.2).value - 2) < 1e-15)
    #expect(sine.evaluate(at: 0.2, segmentOf: 0.2).slope == 0)
    #expect(abs(sine.evaluate(at: 0.5, segmentOf: 0.5).value - 2) < 1e-14)
    #expect(abs(sine.evaluate(at: 0.5, segmentOf: 0.5).slope - 200 * .pi * 0.8660254037844386) < 1e-9)
    #expect(sine.nextCorner(after: 0) == 0.5)
    #expect(sine.nextCorner(after: 0.5) == .infinity)
    let plain = Sine(offset: 0, amplitude: 1, frequency: 1024)
    for period in [1.0, 1000, 1_000_000, 1_000_001] {
      #expect(plain.evaluate(at: period / 1024, segmentOf: 0).value == 0)
      #expect(plain.evaluate(at: (period + 0.25) / 1024, segmentOf: 0).value == 1)
      #expect(plain.evaluate(at: (period + 0.5) / 1024, segmentOf: 0).value == 0)
    }
  }

  @Test func dampedSineHasTheSlopeOfItsFormula() {
    let sine = Sine(offset: 0, amplitude: 3, frequency: 2, damping: 0.7, phase: 20)
    let step = 1e-6
    let high = sine.evaluate(at: 0.3 + step, segmentOf: 0).value
    let low = sine.evaluate(at: 0.3 - step, segmentOf: 0).value
    #expect(abs(sine.evaluate(at: 0.3, segmentOf: 0).slope - (high - low) / (2 * step)) < 1e-7)
  }

  /// Values of ngspice 39 for SFFM(0.1 1 10k 5 1k 30 20) and AM(2 0.5 1k 20k).
  @Test func modulatedSinesAreThoseOfNgspice() {
    let frequency = FrequencyModulation(
      offset: 0.1, amplitude: 1, carrier: 1e4, index: 5, signal: 1e3, carrierPhase: .pi / 6, signalPhase: .pi / 9)
    let amplitude = AmplitudeModulation(amplitude: 2, offset: 0.5, modulation: 1e3, carrier: 2e4, delay: 0)
    for (time, first, second) in [
      (3.28e-6, 0.6690456, 0.4171158), (93.28e-6, -0.732304, -1.57464), (326.28e-6, -0.565298, -0.44438),
    ] {
      #expect(abs(frequency.evaluate(at: time, segmentOf: 0).value - first) < 1e-6)
      #expect(abs(amplitude.evaluate(at: time, segmentOf: 0).value - second) < 1e-5)
    }
    for shape in [frequency, amplitude] as [any SourceShape] {
      let step = 1e-10
      let high = shape.evaluate(at: 2e-4 + step, segmentOf: 0).value
      let low = shape.evaluate(at: 2e-4 - step, segmentOf: 0).value
      let slope = shape.evaluate(at: 2e-4, segmentOf: 0).slope
      #expect(abs(slope - (high - low) / (2 * step)) < 1e-4 * abs(slope))
    }
  }

  @Test func exponentialRisesAndFalls() {
    let shape = Exponential(
      initial: 1, final: 3, riseDelay: 1, riseConstant: 0.5, fallDelay: 2, fallConstant: 0.25)
    #expect(corners(of: shape, from: 0, to: 10) == [1, 2])
    #expect(shape.evaluate(at: 0.5, segmentOf: 0.5) == (1, 0))
    #expect(shape.evaluate(at: 1, segmentOf: 1) == (1, 4))
    let rising = shape.evaluate(at: 2, segmentOf: 1)
    #expect(abs(rising.value - (3 - 2 * 0.1353352832366127)) < 1e-15)
    let falling = shape.evaluate(at: 2, segmentOf: 2)
    #expect(falling.value == rising.value)
    #expect(abs(falling.slope - (rising.slope - 8)) < 1e-14)
  }

  @Test func pointsAreJoinedByLines() {
    let shape = PiecewiseLinear(times: [1, 2, 2, 4], values: [0, 1, 3, 3])
    #expect(corners(of: shape, from: 0, to: 10) == [1, 2, 4])
    #expect(shape.evaluate(at: 0, segmentOf: 0) == (0, 0))
    #expect(shape.evaluate(at: 1.5, segmentOf: 1) == (0.5, 1))
    #expect(shape.evaluate(at: 2, segmentOf: 1.5) == (1, 1))
    #expect(shape.evaluate(at: 2, segmentOf: 2) == (3, 0))
    #expect(shape.evaluate(at: 9, segmentOf: 4) == (3, 0))
    #expect(shape.period(at: 3) == nil)
  }

  @Test func repeatedStretchDoesNotDrift() {
    let shape = PiecewiseLinear(times: [0, 0.1, 0.3, 0.8], values: [0, 1, -1, 1], repeatFrom: 0.1, delay: 0.5)
    for pass in [1.0, 2, 999_999, 1_000_000] {
      let end = 0.5 + (pass * (0.8 - 0.1) + 0.8)
      let found = corners(of: shape, from: end - 0.71, to: end + 1e-6)
      #expect(found.last == end)
      #expect(found.count == 3, "pass \(pass): \(found)")
      #expect(abs(shape.evaluate(at: end, segmentOf: end - 0.1).value - 1) < 1e-9)
      #expect(abs(shape.evaluate(at: end, segmentOf: end).slope + 10) < 1e-2)
      #expect(abs(shape.evaluate(at: end - 0.5, segmentOf: end - 0.5).value + 1) < 1e-8)
    }
    #expect(abs((shape.period(at: 10) ?? 0) - 0.7) < 1e-15)
  }

  @Test func manyPointsAreSearchedNotScanned() {
    let count = 100_000
    let shape = PiecewiseLinear(
      times: (0..<count).map { Double($0) * 1e-6 }, values: (0..<count).map { Double($0 % 7) })
    #expect(shape.nextCorner(after: 0.05) == 50_001 * 1e-6)
    #expect(abs(shape.evaluate(at: 0.07, segmentOf: 0.07).value - Double(70_000 % 7)) < 1e-9)
  }
}
