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
