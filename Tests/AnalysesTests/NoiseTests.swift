import Glibc
import Testing

/// Noise of devices in time, against the statistics of the stochastic differential equations that the lines state.
@Suite struct NoiseTests {
  /// dx = -x/τ dt + √(S/2) dW with a variance of 1; `count` of them.
  private static func relaxations(_ count: Int, _ lines: String) -> NetlistRun {
    NetlistRun(
      """
      .memristor relaxation
        param tau = 1m
        noise w = 4/tau
        state x = 0
        ddt(x) = -x/tau + w
        i = 1u*v
      .endmemristor
      V1 a 0 1
      .for k = 1 to \(count)
      N{k} a 0 relaxation
      .endfor
      .save @n*[x]
      \(lines)
      """)
  }

  private static func columns(_ run: NetlistRun, _ count: Int, of state: String = "x") -> [[Double]] {
    (1...count).map { run.column("@n\($0)[\(state)]") }
  }

  /// Variance and covariance one time constant apart of 300 processes over 30 time constants, within three standard
  /// errors of the stationary process driven by noise of the same band.
  @Test func relaxationHasItsVarianceAndCorrelationTime() throws {
    let count = 300
    let run = Self.relaxations(count, ".options noise=on noisedt=50u\n.tran 0.5m 35m")
    try #require(run.isCompleted, "\(run.words)")
    let columns = Self.columns(run, count)
    let (first, lag) = (10, 2)
    var variance = 0.0
    var covariance = 0.0
    var samples = 0.0
    for column in columns {
      try #require(column.count == 71)
      for k in first..<column.count - lag {
        variance += column[k] * column[k]
        covariance += column[k] * column[k + lag]
        samples += 1
      }
    }
    variance /= samples
    covariance /= samples
    // The kernel of 0.8 samples makes noise correlated over √2 0.8 samples.
    let width = 2.0.squareRoot() * 0.8 * 50e-6 / 1e-3
    let band = exp(width * width / 2)
    // Squares forget in half a time constant: a sample of half a time constant counts for tanh(1/2) of one.
    let standardError = (2 / (samples * tanh(0.5))).squareRoot()
    #expect(abs(variance - band * erfc(width / 2.0.squareRoot())) < 3 * standardError, "\(variance)")
    #expect(abs(covariance - band * exp(-1)) < 3 * standardError, "\(covariance)")
    let mean = columns.map { $0[first...].reduce(0, +) }.reduce(0, +) / Double(count * (71 - first))
    #expect(abs(mean) < 3 * (2 / (Double(count) * 30)).squareRoot())
  }

  /// dx = b x dW keeps its mean in Itô's sense; smooth noise without the drift taken off would multiply it by exp(b² t/2).
  @Test func coefficientsAreMeantInItosSense() throws {
    let count = 800
    let run = NetlistRun(
      """
      .memristor growth
        noise w = 2
        state x = 1
        ddt(x) = sqrt(500)*x*w
        i = 1u*v
      .endmemristor
      V1 a 0 1
      .for k = 1 to \(count)
      N{k} a 0 growth
      .endfor
      .save @n*[x]
      .options noise=on noisedt=10u
      .tran 0.1m 1m
      """)
    try #require(run.isCompleted, "\(run.words)")
    let ends = Self.columns(run, count).compactMap(\.last)
    let mean = ends.reduce(0, +) / Double(count)
    let standardError = ((exp(0.5) - 1) / Double(count)).squareRoot()
    #expect(abs(mean - 1) < 3 * standardError, "\(mean)")
    // Stratonovich's mean is eight standard errors away.
    #expect(exp(0.25) - 1 > 8 * standardError)
  }

  /// A current of density S into a resistor beside a capacitor: kT/C, with S = 4 k T/R.
  @Test func thermalNoiseOfAResistorIsKToverC() throws {
    let count = 300
    let run = NetlistRun(
      """
      .memristor warm
        param r = 1k
        noise i = 4*P_K*300/r
        i = v/r
      .endmemristor
      .for k = 1 to \(count)
      N{k} a{k} 0 warm
      C{k} a{k} 0 1p
      .endfor
      .options noise=on noisedt=0.02n vntol=0.1u
      .save v(a*)
      .tran 0.5n 20n uic
      """)
    try #require(run.isCompleted, "\(run.words)")
    var sum = 0.0
    var samples = 0.0
    for k in 1...count {
      for value in run.column("v(a\(k))")[10...] {
        sum += value * value
        samples += 1
      }
    }
    let exact = 1.380649e-23 * 300 / 1e-12
    let width = 2.0.squareRoot() * 0.8 * 0.02
    let band = exp(width * width / 2) * erfc(width / 2.0.squareRoot())
    let standardError = (2 / (samples * tanh(0.5))).squareRoot()
    #expect(abs(sum / samples / exact - band) < 3 * standardError, "\(sum / samples / exact)")
  }

  @Test func seedsDecide() throws {
    let lines = ".options noise=on noisedt=0.1m seed="
    let runs = ["1", "1", "2"].map { Self.relaxations(2, lines + $0 + "\n.tran 0.5m 5m") }
    #expect(runs[0].column("@n1[x]") == runs[1].column("@n1[x]"))
    #expect(runs[0].column("@n1[x]") != runs[2].column("@n1[x]"))
    #expect(runs[0].column("@n1[x]") != runs[0].column("@n2[x]"))
  }

  /// A device's noise is its own: others change steps, and so no more than the integration's error.
  @Test func otherDevicesDoNotMatter() throws {
    let lines = ".options noise=on noisedt=0.1m reltol=1e-6\n.tran 0.5m 5m"
    let alone = Self.relaxations(1, lines).column("@n1[x]")
    let among = Self.relaxations(7, lines).column("@n1[x]")
    #expect(alone.count == among.count)
    for (left, right) in zip(alone, among) { #expect(abs(left - right) < 1e-4) }
  }

  @Test func restIsWithoutNoise() {
    let run = Self.relaxations(1, ".options noise=on\n.op\n.tran 0.1m 1m")
    #expect(run.rest("@n1[x]") == 0)
    #expect(run.column("@n1[x]").last != 0)
  }

  @Test func noiseIsOffUnlessAskedFor() {
    let run = Self.relaxations(1, ".tran 0.1m 1m")
    #expect(run.column("@n1[x]").allSatisfy { $0 == 0 })
  }

  /// Without `noisedt` a twentieth of the state's time constant.
  @Test func samplesFollowTheStatesTimeConstant() {
    let chosen = Self.relaxations(1, ".options noise=on\n.tran 0.5m 5m").column("@n1[x]")
    let written = Self.relaxations(1, ".options noise=on noisedt=50u\n.tran 0.5m 5m").column("@n1[x]")
    for (left, right) in zip(chosen, written) { #expect(abs(left - right) < 1e-9) }
  }
}

/// Noise of sources, TRNOISE, against what its arguments state.
@Suite struct SourceNoiseTests {
  private static func run(_ shape: String, step: String = "1u", stop: String = "20m", seed: Int = 1) -> NetlistRun {
    NetlistRun(
      "V1 a 0 DC 0 \(shape)\nR1 a 0 1k\n.options seed=\(seed) points=steps\n.save v(a)\n.tran \(step) \(stop)")
  }

  /// Samples of the white part: mean 0, standard deviation NA, independent; straight lines between them.
  @Test func whiteNoiseHasItsDeviation() throws {
    let run = Self.run("TRNOISE(2 10u)")
    try #require(run.isCompleted, "\(run.words)")
    let times = run.column("time")
    let values = run.column("v(a)")
    var samples: [Double] = []
    for (time, value) in zip(times, values) where abs(time - Double(samples.count) * 10e-6) < 1e-12 {
      samples.append(value)
    }
    try #require(samples.count == 2001)
    #expect(samples[0] == 0)
    let drawn = samples.dropFirst()
    let count = Double(drawn.count)
    let mean = drawn.reduce(0, +) / count
    let variance = drawn.reduce(0) { $0 + $1 * $1 } / count
    let product = zip(drawn, drawn.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / count
    #expect(abs(mean) < 3 * 2 / count.squareRoot())
    #expect(abs(variance - 4) < 3 * 4 * (2 / count).squareRoot())
    #expect(abs(product) < 3 * 4 / count.squareRoot())
  }

  /// Flicker noise: the mean square difference of samples k apart grows as a filter of (1 - z)^(-1/2) makes it.
  @Test func colouredNoiseHasItsIncrements() throws {
    let run = Self.run("TRNOISE(0 10u 1 1)", stop: "40m")
    try #require(run.isCompleted, "\(run.words)")
    var samples: [Double] = []
    for (time, value) in zip(run.column("time"), run.column("v(a)"))
    where abs(time - Double(samples.count) * 10e-6) < 1e-12 { samples.append(value) }
    try #require(samples.count == 4001)
    func increment(_ lag: Int) -> Double {
      let pairs = zip(samples[1000...], samples[(1000 + lag)...])
      return pairs.reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } / Double(samples.count - 1000 - lag)
    }
    // Σ (h_j - h_(j-k))² of the same filter, h_j = Γ(j + 1/2)/(Γ(1/2) j!).
    var filter = [1.0]
    for k in 1..<4096 { filter.append(filter[k - 1] * (Double(k) - 0.5) / Double(k)) }
    func expected(_ lag: Int) -> Double {
      (0..<4096).reduce(0) { sum, j in
        let earlier = j >= lag ? filter[j - lag] : 0
        return sum + (filter[j] - earlier) * (filter[j] - earlier)
      }
    }
    for lag in [1, 4] { #expect(abs(increment(lag) / expected(lag) - 1) < 0.12, "\(lag)") }
  }

  /// A telegraph signal stands at 0 and RTSAM for times of the stated means.
  @Test func telegraphSignalStandsForItsMeanTimes() throws {
    let run = Self.run("TRNOISE(0 0 0 0 1 30u 10u)", stop: "40m")
    try #require(run.isCompleted, "\(run.words)")
    let (times, values) = (run.column("time"), run.column("v(a)"))
    #expect(values.allSatisfy { $0 == 0 || $0 == 1 })
    var high = 0.0
    for k in 1..<times.count where values[k - 1] == 1 { high += times[k] - times[k - 1] }
    // 1000 cycles of exponential times: the share of 1 is a quarter, its standard error 0.25 0.75 √(2/1000).
    #expect(abs(high / 40e-3 - 0.25) < 3 * 0.25 * 0.75 * (2.0 / 1000).squareRoot())
  }

  @Test func seedsAndNamesDecide() {
    let first = Self.run("TRNOISE(1 10u)", stop: "1m").column("v(a)")
    #expect(first == Self.run("TRNOISE(1 10u)", stop: "1m").column("v(a)"))
    #expect(first != Self.run("TRNOISE(1 10u)", stop: "1m", seed: 2).column("v(a)"))
    let pair = NetlistRun("V1 a 0 TRNOISE(1 10u)\nV2 b 0 TRNOISE(1 10u)\nR1 a b 1k\n.save v(a) v(b)\n.tran 10u 1m")
    #expect(pair.column("v(a)") != pair.column("v(b)"))
  }
}
