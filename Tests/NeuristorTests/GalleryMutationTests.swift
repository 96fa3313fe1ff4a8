import Foundation
import Neuristor
import TestSupport
import Testing

/// Netlists of the gallery with bytes and words changed at random: no trap, no hang, every error has its place.
///
/// The seed is fixed, `NEURISTOR_MUTATIONS` asks for more of them.
@Suite struct GalleryMutationTests {
  static let netlists = Repository.files(below: "netlists", endingWith: ".cir").filter { !$0.contains("/lines/") }
  static let count = ProcessInfo.processInfo.environment["NEURISTOR_MUTATIONS"].flatMap { Int($0) } ?? 200

  @Test(arguments: netlists)
  func survives(netlist: String) throws {
    let text = Array(try Repository.text(of: netlist).utf8)
    let simulator = Simulator()
    for seed in 0..<Self.count {
      var generator = Generator(state: UInt64(seed))
      var source = Source("", name: "mutant.cir")
      source.bytes = Self.mutant(of: text, &generator)
      let report = simulator.check(source)
      for complaint in report.complaints where complaint.severity == .error {
        #expect(complaint.place != nil, "seed \(seed) of \(netlist): \(complaint)")
      }
    }
  }

  private static func mutant(of text: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var text = text
    for _ in 0...Int.random(in: 0..<4, using: &generator) {
      let place = Int.random(in: 0..<text.count, using: &generator)
      let end = min(text.count, place + Int.random(in: 1..<20, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: text[place] = UInt8.random(in: 32..<127, using: &generator)
      case 1: text.removeSubrange(place..<end)
      case 2: text.insert(contentsOf: text[place..<end], at: Int.random(in: 0..<text.count, using: &generator))
      case 3: text.insert(contentsOf: words.randomElement(using: &generator)?.utf8 ?? "".utf8, at: place)
      default: text.swapAt(place, Int.random(in: 0..<text.count, using: &generator))
      }
    }
    return text
  }

  private static let words = [
    ".ends\n", ".for k = 1 to 3\n", "{", "}", "(", ")", "=", "1e999", "-", "**", ".memristor x\n", "\n+ ", "'", "\"",
    "@", "v(",
    ".param a={b} b={a}\n", "0/0", "[", ";", "*", ".include \"/\"\n", "\u{0}", "state x\n", "ddt(", "if(",
  ]

  /// SplitMix64.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
