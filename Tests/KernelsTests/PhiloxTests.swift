import Kernels
import Testing

/// The generator behind every random number.
@Suite struct PhiloxTests {
  /// The known answers of the authors' library Random123 (file `kat_vectors`, philox4x32, 10 rounds).
  @Test func knownAnswers() {
    #expect(
      Philox(key: (0, 0)).block(SIMD4(repeating: 0)) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox(key: (.max, .max)).block(SIMD4(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox(key: (0xa409_3822, 0x299f_31d0)).block(SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  /// Moments within five standard errors over 2^18 numbers.
  @Test(arguments: [1, 2, 1 << 40] as [UInt64]) func momentsAreThoseOfTheDistribution(seed: UInt64) {
    let generator = Philox(seed: seed, run: 3)
    let count = 1 << 18
    var (even, evenSquares, bell, bellSquares, bellFourths) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for k in 0..<count {
      let counter = SIMD4<UInt32>(7, 9, UInt32(k), 0)
      let u = generator.uniform(counter)
      #expect(u > 0 && u < 1)
      let z = generator.normal(counter &+ SIMD4(0, 0, 0, 1))
      even += u
      evenSquares += (u - 0.5) * (u - 0.5)
      bell += z
      bellSquares += z * z
      bellFourths += z * z * z * z
    }
    let n = Double(count)
    let error = 5 / n.squareRoot()
    #expect(abs(even / n - 0.5) < error * (1.0 / 12).squareRoot())
    #expect(abs(evenSquares / n - 1.0 / 12) < error * (1.0 / 180).squareRoot())
    #expect(abs(bell / n) < error)
    #expect(abs(bellSquares / n - 1) < error * 2.0.squareRoot())
    #expect(abs(bellFourths / n - 3) < error * 96.0.squareRoot())
  }

  @Test func seedsRunsAndCountersDiffer() {
    var seen: Set<Double> = []
    for seed in 0..<8 as Range<UInt64> {
      for run in 0..<8 as Range<UInt64> {
        let generator = Philox(seed: seed, run: run)
        for k in 0..<8 as Range<UInt32> { seen.insert(generator.uniform(SIMD4(0, k, 0, k))) }
      }
    }
    #expect(seen.count == 512)
  }
}
