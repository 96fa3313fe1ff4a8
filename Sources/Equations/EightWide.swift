/// Eight components of a vector at a time, or four, for passes that the compiler does not turn into vector loops by itself:
/// those with a running maximum or a test.
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
