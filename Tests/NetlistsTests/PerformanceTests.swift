import Diagnostics
import Glibc
import Netlists
import Testing

@Suite(.serialized) struct PerformanceTests {
  /// Generous where the build is not optimised.
  static let patience: Double = {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return isDebug ? 200 : 1
  }()

  /// Processor time of this thread, which other tests do not lengthen.
  func seconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    work()
    return now() - start
  }

  @Test func tenThousandLinesAreQuick() {
    var text = "ten thousand lines\n"
    for k in 0..<5000 {
      text += "R\(k) n\(k) n\(k + 1) {2*r} tc1=1m\nB\(k) n\(k) 0 I = v(n\(k))*2 + exp(v(n\(k)))\n"
    }
    let time = seconds { #expect(ParsedNetlist(text).elements.count == 10_000) }
    #expect(time < 0.2 * Self.patience)
  }

  @Test(.enabled(if: patience == 1, "needs an optimised build")) func aHundredMegabyteLineIsRefusedQuickly() {
    for start in ["R1 a 0 ", "* ", "+ ", ".param x=", "V1 a 0 PWL("] {
      let bytes = Array("title\n\(start)".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100_000_000)
      let time = seconds { #expect(ParsedNetlist(bytes: bytes).diagnostics.hasErrors) }
      #expect(time < 2)
    }
  }

  @Test func manyContinuationsAreLinear() {
    func time(_ count: Int) -> Double {
      let text = "title\nV1 a 0 PWL(\n" + String(repeating: "+ 1n 2\n", count: count) + "+ )\n"
      return seconds { #expect(ParsedNetlist(text).elements.first?.fields.count == 2 * count + 5) }
    }
    let short = time(4_000)
    let long = time(16_000)
    #expect(long < 10 * short + 0.05)
  }
}
