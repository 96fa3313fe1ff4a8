internal import Solvers

/// Eight components of a vector at a time, or four, for passes that the compiler does not turn into vector loops by itself:
/// those with a running maximum or a test, or with an inner loop.
extension SIMD where Self: BitwiseCopyable, Scalar == Double {
  @inline(__always)
  init(at pointer: UnsafePointer<Double>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}

extension SIMD4<Double> {
  /// |x|
  @inline(__always)
  static func magnitude(at pointer: UnsafePointer<Double>) -> SIMD4<Double> {
    let bits = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<UInt64>.self)
    return unsafeBitCast(bits & 0x7fff_ffff_ffff_ffff, to: SIMD4<Double>.self)
  }
}

extension SIMD8<Double> {
  /// |x|
  @inline(__always)
  static func magnitude(at pointer: UnsafePointer<Double>) -> SIMD8<Double> {
    let bits = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<UInt64>.self)
    return unsafeBitCast(bits & 0x7fff_ffff_ffff_ffff, to: SIMD8<Double>.self)
  }
}

/// 1/x within 2e-14 of itself: a quotient of single precision and a step of Newton's, where x allows, take half as long as
/// one of double precision.
@inline(__always)
func inverse(of x: SIMD8<Double>) -> SIMD8<Double> {
  guard all((x .> 1e-35) .& (x .< 1e35)) else { return 1 / x }
  let estimate = SIMD8<Double>(1 / SIMD8<Float>(x))
  let rest = productPlus(-x, estimate, SIMD8(repeating: 1))
  return productPlus(estimate, rest, estimate)
}
