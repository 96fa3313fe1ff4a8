/// Numbers, or lanes of them, that a processor may multiply and add in one operation.
@usableFromInline
package protocol ProductSum {
  static func + (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  func addingProduct(_ x: Self, _ y: Self) -> Self
}

extension Double: ProductSum {}
extension SIMD8: ProductSum where Scalar == Double {}

/// x*y + z, in one operation where the processor has it: half the latency of two.
@inlinable
@inline(__always)
package func productPlus<Number: ProductSum>(_ x: Number, _ y: Number, _ z: Number) -> Number {
  #if NEURISTOR_FMA
    z.addingProduct(x, y)
  #else
    x * y + z
  #endif
}
