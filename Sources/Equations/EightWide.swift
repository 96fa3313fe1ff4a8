internal import Solvers

/// Eight components of a vector at a time, for passes that the compiler does not turn into vector loops by itself: those
/// with a test or with an inner loop.
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

/// Whether `count` values lie between two bounds, or on one; a NaN does not.
func allLie(_ values: UnsafePointer<Double>, count: Int, from lower: Double, to upper: Double) -> Bool {
  let (low, high) = (SIMD8(repeating: lower), SIMD8(repeating: upper))
  var isInside = SIMDMask<SIMD8<Int64>>(repeating: true)
  var index = 0
  while index + 8 <= count {
    let value = SIMD8(at: values + index)
    isInside = isInside .& (value .>= low) .& (value .<= high)
    index += 8
  }
  guard all(isInside) else { return false }
  while index < count {
    guard values[index] >= lower, values[index] <= upper else { return false }
    index += 1
  }
  return true
}
