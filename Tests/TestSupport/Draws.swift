import Foundation

/// Random numbers of a seed (SplitMix64; Steele, Lea and Flood 2014), so that what was drawn can be drawn again.
public struct Draws {
  private var state: UInt64

  /// The same seed, the same numbers.
  public init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  private mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Evenly between the bounds.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + fraction() * (range.upperBound - range.lowerBound)
  }

  /// Evenly in the logarithm: each decade is as likely as the next.
  public mutating func scaled(_ range: ClosedRange<Double>) -> Double {
    exp(uniform(log(range.lowerBound)...log(range.upperBound)))
  }

  /// A whole number, the bounds included.
  public mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// One of a list that is not empty.
  public mutating func pick<Element>(_ list: [Element]) -> Element { list[whole(0...list.count - 1)] }

  /// True with this probability.
  public mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  /// A number as a netlist has it, four digits.
  public mutating func value(_ range: ClosedRange<Double>) -> String { Self.text(uniform(range)) }

  /// The same, evenly in the logarithm.
  public mutating func magnitude(_ range: ClosedRange<Double>) -> String { Self.text(scaled(range)) }

  /// Four digits.
  public static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}
