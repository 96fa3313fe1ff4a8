internal import Glibc

/// Random numbers as a function of a key and a counter: Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and
/// D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011), doi 10.1145/2063384.2063405.
///
/// A number depends on what it is drawn for and on nothing else: neither on those drawn before nor on who draws it.
package struct Philox: Sendable {
  package var key: (UInt32, UInt32)

  package init(key: (UInt32, UInt32)) { self.key = key }

  /// The generator of one run of one seed. Runs lie on a Weyl sequence of the golden ratio.
  package init(seed: UInt64, run: UInt64 = 0) {
    let bits = seed &+ run &* 0x9e37_79b9_7f4a_7c15
    key = (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
  }

  /// Ten rounds on a counter of 128 bits.
  package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var x = counter
    var (first, second) = key
    for _ in 0..<10 {
      let (high0, low0) = UInt32(0xd251_1f53).multipliedFullWidth(by: x[0])
      let (high1, low1) = UInt32(0xcd9e_8d57).multipliedFullWidth(by: x[2])
      x = SIMD4(high1 ^ x[1] ^ first, low1, high0 ^ x[3] ^ second, low0)
      first &+= 0x9e37_79b9
      second &+= 0xbb67_ae85
    }
    return x
  }

  /// Even over (0, 1), 53 bits of it, neither end ever reached.
  package func uniform(_ counter: SIMD4<UInt32>) -> Double {
    let bits = block(counter)
    return Self.fraction(bits[0], bits[1])
  }

  /// Normal with mean 0 and variance 1, by the method of Box and Muller (1958).
  package func normal(_ counter: SIMD4<UInt32>) -> Double {
    let bits = block(counter)
    let radius = (-2 * log(Self.fraction(bits[0], bits[1]))).squareRoot()
    return radius * cos(2 * .pi * Self.fraction(bits[2], bits[3]))
  }

  /// The stream of what is called `name`: FNV-1a (Fowler, Noll, Vo), 64 bits.
  package static func stream(of name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func fraction(_ low: UInt32, _ high: UInt32) -> Double {
    (Double((UInt64(high) << 32 | UInt64(low)) >> 11) + 0.5) * 0x1p-53
  }
}

extension SIMD4<UInt32> {
  /// A counter of two halves: what is drawn for, and which draw it is.
  package init(_ stream: UInt64, _ draw: UInt64) {
    self.init(
      UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32), UInt32(truncatingIfNeeded: draw),
      UInt32(truncatingIfNeeded: draw >> 32))
  }
}
