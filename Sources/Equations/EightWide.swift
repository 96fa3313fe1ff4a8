/// Eight components of a vector at a time, for passes that the compiler does not turn into vector loops by itself: those
/// with a running maximum or a test.
extension SIMD8<Double> {
  @inline(__always)
  init(at pointer: UnsafePointer<Double>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
  }

  /// |x|
  @inline(__always)
  static func magnitude(at pointer: UnsafePointer<Double>) -> SIMD8<Double> {
    let bits = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<UInt64>.self)
    return unsafeBitCast(bits & 0x7fff_ffff_ffff_ffff, to: SIMD8<Double>.self)
  }

  @inline(__always)
  func store(at pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Double>.self)
  }
}
