/// Some instances side by side: one (`Double`) or eight (`SIMD8<Double>`).
///
/// The vector functions are written once over this protocol and specialised in this module. Every operation is IEEE's,
/// so an instance's result does not depend on how many lanes it was computed in.
protocol Lanes: SendableMetatype {
  associatedtype Mask

  static var count: Int { get }
  init(broadcast value: Double)
  static func load(_ pointer: UnsafePointer<Double>) -> Self
  func store(to pointer: UnsafeMutablePointer<Double>)

  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static func / (x: Self, y: Self) -> Self
  /// x*y + z, rounded once where the processor can (`NEURISTOR_FMA`).
  static func multiplyAdd(_ x: Self, _ y: Self, _ z: Self) -> Self
  var negated: Self { get }
  func roundedDown() -> Self

  static func isLess(_ x: Self, _ y: Self) -> Mask
  static func isLessOrEqual(_ x: Self, _ y: Self) -> Mask
  static func isEqual(_ x: Self, _ y: Self) -> Mask
  /// `other` where `mask` holds; whole bit patterns, so that a NaN not chosen leaves no trace.
  func replaced(by other: Self, where mask: Mask) -> Self

  /// factor*2**k for every lane of `Exponential.rounding` + k, whose low bits hold the integer k: added to the factor's
  /// exponent. Both factor and product are to be normal numbers.
  static func scaled(_ factor: Self, byPowerOfTwo shifted: Self) -> Self
  /// `function` of every lane, one by one.
  func mapped(_ function: (Double) -> Double) -> Self
  /// Lanes of which some bit pattern, sign aside, is above `limit`'s: larger in magnitude or NaN.
  static func exceeds(_ x: Self, magnitude limit: Double) -> Mask
  static func any(_ mask: Mask) -> Bool
  static func or(_ x: Mask, _ y: Mask) -> Mask
  static var noMask: Mask { get }
}

extension Lanes {
  /// Moves `place` to the beginning of the next group of `count` instances; false behind the last, which ends at `count`.
  /// As a jump that is always predicted, for a minimum would be an operation of every group.
  @inline(__always) static func nextGroup(_ place: inout Int, _ count: Int) -> Bool {
    place &+= Self.count
    if _fastPath(place <= count &- Self.count) { return true }
    if place >= count { return false }
    place = count &- Self.count
    return true
  }

  @inline(__always) static func constant(_ value: Double) -> Self { Self(broadcast: value) }

  /// Where `mask` holds `then`, else `otherwise`.
  @inline(__always) static func choose(_ mask: Mask, _ then: Self, _ otherwise: Self) -> Self {
    otherwise.replaced(by: then, where: mask)
  }

  /// The smaller of `self` and `limit`; NaN stays.
  @inline(__always) func limited(above limit: Double) -> Self {
    replaced(by: Self(broadcast: limit), where: Self.isLess(Self(broadcast: limit), self))
  }

  /// The larger of `self` and `limit`; NaN stays.
  @inline(__always) func limited(below limit: Double) -> Self {
    replaced(by: Self(broadcast: limit), where: Self.isLess(self, Self(broadcast: limit)))
  }
}

extension Double: Lanes {
  @inline(__always) static var count: Int { 1 }
  @inline(__always) init(broadcast value: Double) { self = value }
  @inline(__always) static func load(_ pointer: UnsafePointer<Double>) -> Double { pointer.pointee }
  @inline(__always) func store(to pointer: UnsafeMutablePointer<Double>) { pointer.pointee = self }

  @inline(__always) static func multiplyAdd(_ x: Double, _ y: Double, _ z: Double) -> Double {
    #if NEURISTOR_FMA
      z.addingProduct(x, y)
    #else
      x * y + z
    #endif
  }
  @inline(__always) var negated: Double { -self }
  @inline(__always) func roundedDown() -> Double { rounded(.down) }

  @inline(__always) static func isLess(_ x: Double, _ y: Double) -> Bool { x < y }
  @inline(__always) static func isLessOrEqual(_ x: Double, _ y: Double) -> Bool { x <= y }
  @inline(__always) static func isEqual(_ x: Double, _ y: Double) -> Bool { x == y }
  @inline(__always) func replaced(by other: Double, where mask: Bool) -> Double { mask ? other : self }

  @inline(__always) static func scaled(_ factor: Double, byPowerOfTwo shifted: Double) -> Double {
    Double(bitPattern: (shifted.bitPattern &<< 52) &+ factor.bitPattern)
  }
  func mapped(_ function: (Double) -> Double) -> Double { function(self) }
  @inline(__always) static func exceeds(_ x: Double, magnitude limit: Double) -> Bool {
    x.magnitude.bitPattern > limit.bitPattern
  }
  @inline(__always) static func any(_ mask: Bool) -> Bool { mask }
  @inline(__always) static func or(_ x: Bool, _ y: Bool) -> Bool { x || y }
  @inline(__always) static var noMask: Bool { false }
}

extension SIMD8: Lanes where Scalar == Double {
  @inline(__always) static var count: Int { 8 }
  @inline(__always) init(broadcast value: Double) { self.init(repeating: value) }
  @inline(__always) static func load(_ pointer: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
  }
  @inline(__always) func store(to pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Double>.self)
  }

  @inline(__always)
  static func multiplyAdd(_ x: SIMD8<Double>, _ y: SIMD8<Double>, _ z: SIMD8<Double>) -> SIMD8<Double> {
    #if NEURISTOR_FMA
      z.addingProduct(x, y)
    #else
      x * y + z
    #endif
  }
  @inline(__always) var negated: SIMD8<Double> {
    let bits = unsafeBitCast(self, to: SIMD8<Int64>.self) ^ SIMD8<Int64>(repeating: Int64.min)
    return unsafeBitCast(bits, to: SIMD8<Double>.self)
  }
  @inline(__always) func roundedDown() -> SIMD8<Double> { rounded(.down) }

  @inline(__always) static func isLess(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMDMask<SIMD8<Int64>> { x .< y }
  @inline(__always) static func isLessOrEqual(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMDMask<SIMD8<Int64>> {
    x .<= y
  }
  @inline(__always) static func isEqual(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMDMask<SIMD8<Int64>> { x .== y }
  @inline(__always)
  func replaced(by other: SIMD8<Double>, where mask: SIMDMask<SIMD8<Int64>>) -> SIMD8<Double> {
    replacing(with: other, where: mask)
  }

  @inline(__always)
  static func scaled(_ factor: SIMD8<Double>, byPowerOfTwo shifted: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< SIMD8<Int64>(repeating: 52)
    return unsafeBitCast(bits &+ unsafeBitCast(factor, to: SIMD8<Int64>.self), to: SIMD8<Double>.self)
  }
  func mapped(_ function: (Double) -> Double) -> SIMD8<Double> {
    var result = self
    for index in indices { result[index] = function(self[index]) }
    return result
  }
  @inline(__always)
  static func exceeds(_ x: SIMD8<Double>, magnitude limit: Double) -> SIMDMask<SIMD8<Int64>> {
    let magnitude = unsafeBitCast(x, to: SIMD8<Int64>.self) & SIMD8<Int64>(repeating: Int64.max)
    return magnitude .> SIMD8<Int64>(repeating: Int64(bitPattern: limit.bitPattern))
  }
  @inline(__always) static func any(_ mask: SIMDMask<SIMD8<Int64>>) -> Bool { Swift.any(mask) }
  @inline(__always)
  static func or(_ x: SIMDMask<SIMD8<Int64>>, _ y: SIMDMask<SIMD8<Int64>>) -> SIMDMask<SIMD8<Int64>> { x .| y }
  @inline(__always) static var noMask: SIMDMask<SIMD8<Int64>> { SIMDMask(repeating: false) }
}
