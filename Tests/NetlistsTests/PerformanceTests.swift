import Diagnostics
import Glibc
import Netlists
import Testing

/// Reading takes time in proportion to the text. Ratios of times of one process alone are compared, for machines differ.
@Suite(.serialized) struct PerformanceTests {
  private static let isOptimised: Bool = {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return !isDebug
  }()

  /// Processor time of this thread, which other tests do not lengthen: the least of some attempts.
  private func seconds(attempts: Int = 3, _ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    return (0..<attempts).map { _ in
      let start = now()
      work()
      return now() - start
    }.min() ?? 0
  }

  @Test func tenTimesAsManyLinesTakeTenTimesAsLong() {
    func time(_ pairs: Int) -> Double {
      var text = "many lines\n"
      for k in 0..<pairs {
        text += "R\(k) n\(k) n\(k + 1) {2*r} tc1=1m\nB\(k) n\(k) 0 I = v(n\(k))*2 + exp(v(n\(k)))\n"
      }
      return seconds { #expect(ParsedNetlist(text).elements.count == 2 * pairs) }
    }
    let short = time(500)
    let long = time(5000)
    #expect(long < 25 * short)
  }

  @Test(.enabled(if: isOptimised, "needs an optimised build")) func aHundredMegabyteLineIsRefusedInProportion() {
    func time(_ start: String, _ megabytes: Int) -> Double {
      let bytes = Array("title\n\(start)".utf8) + Array(repeating: UInt8(ascii: "1"), count: megabytes * 1_000_000)
      return seconds(attempts: 1) { #expect(ParsedNetlist(bytes: bytes).diagnostics.hasErrors) }
    }
    for start in ["R1 a 0 ", "* ", "+ ", ".param x=", "V1 a 0 PWL("] {
      let short = time(start, 10)
      let long = time(start, 100)
      #expect(long < 25 * short)
    }
  }

  @Test func manyContinuationsAreLinear() {
    func time(_ count: Int) -> Double {
      let text = "title\nV1 a 0 PWL(\n" + String(repeating: "+ 1n 2\n", count: count) + "+ )\n"
      return seconds { #expect(ParsedNetlist(text).elements.first?.fields.count == 2 * count + 5) }
    }
    let short = time(4_000)
    let long = time(16_000)
    #expect(long < 10 * short)
  }
}
