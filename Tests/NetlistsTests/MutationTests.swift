import Diagnostics
import Netlists
import Testing

/// Netlists broken at random, always in the same way: parsing them never traps, and every complaint has a place.
@Suite struct MutationTests {
  /// A linear congruential generator (Knuth's MMIX constants): the same sequence everywhere.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 32) ^ (state << 17)
    }
  }

  static let pieces: [String] = [
    "(", ")", "{", "}", "[", "]", "'", "\"", "=", "==", "\n", "\n+", "\n*", "\n.", ";", "$ ", ",", " ", ".end\n",
    ".ends\n",
    ".for k = 1 to 2\n", ".endfor\n", ".if (1)\n", ".else\n", ".endif\n", ".memristor q\n", ".endmemristor\n",
    ".lib tt\n",
    ".endl\n", ".include a\n", ".subckt\n", "1e999", "-", "**", "and", "\u{FEFF}", "\u{A0}", "é", ".param ", ".model ",
    ".func ", ".expect ",
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func brokenNetlistsNeverTrap(seed: UInt64) {
    var generator = Generator(state: seed)
    let sample = Array(PrinterTests.sample.utf8)
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(500)
    while clock.now < end {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
        case 1:
          let piece = Self.pieces.randomElement(using: &generator) ?? ""
          bytes.insert(contentsOf: Array(piece.utf8), at: place)
        case 2 where place < bytes.count:
          bytes[place] = UInt8.random(in: 1...255, using: &generator)
        default:
          let copied = bytes[place..<min(bytes.count, place + 60)]
          bytes.insert(contentsOf: Array(copied), at: Int.random(in: 0...bytes.count, using: &generator))
        }
      }
      let parsed = ParsedNetlist(bytes: bytes, files: ["a": "R1 a 0 1\n.include b", "b": ".include a"])
      for diagnostic in parsed.diagnostics.diagnostics {
        guard let range = diagnostic.range else {
          Issue.record("seed \(seed): \(diagnostic.code) has no place")
          continue
        }
        #expect(range.start <= range.end && Int(range.end) <= parsed.sources[range.file].bytes.count)
      }
      _ = parsed.netlist.description
    }
  }
}
