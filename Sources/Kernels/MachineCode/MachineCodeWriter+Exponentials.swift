/// Exponentials written out, with the operations of `Exponential.fast` in its order; arguments that are too large for it, and
/// NaN, take a detour.
extension MachineCodeWriter {
  /// factor exp(x)
  mutating func exponential(of x: Register, factor: Double) -> Register {
    openDetour = assembler.jump(ifLarge: x, limit: Exponential.fastFactorLimit, orZero: false)
    let (scale, minusOne) = reduce(x, factor: factor)
    // scale (exp(r) - 1) + scale
    assembler.fuse(.multiplyAdd, minusOne, scale, .register(scale))
    return minusOne
  }

  /// factor x/(exp(x) - 1)
  mutating func bernoulli(of x: Register, factor: Double) -> Register {
    openDetour = assembler.jump(ifLarge: x, limit: ExponentialQuotients.limit, orZero: true)
    let (scale, minusOne) = reduce(x, factor: 1)
    // scale (exp(r) - 1) + (scale - 1)
    let rest = registers.free()
    assembler.load(rest, .constant(-1))
    assembler.apply(.add, rest, rest, .register(scale))
    assembler.fuse(.multiplyAdd, minusOne, scale, .register(rest))
    assembler.apply(.divide, minusOne, x, .register(minusOne))
    assembler.apply(.multiply, minusOne, minusOne, .constant(factor))
    return minusOne
  }

  /// factor 2^k and exp(r) - 1, where x = k ln 2 + r.
  private mutating func reduce(_ x: Register, factor: Double) -> (scale: Register, minusOne: Register) {
    typealias E = Exponential
    let shifted = registers.free()
    assembler.load(shifted, .constant(E.inverseLogarithmOf2))
    assembler.fuse(.multiplyAdd, shifted, x, .constant(E.rounding))
    let k = registers.free()
    assembler.load(k, .constant(-E.rounding))
    assembler.apply(.add, k, k, .register(shifted))
    let r = registers.free()
    assembler.load(r, .constant(-E.upperLogarithmOf2))
    assembler.fuse(.multiplyAdd, r, k, .register(x))
    let lower = registers.free()
    assembler.load(lower, .constant(-E.lowerLogarithmOf2))
    assembler.fuse(.multiplyAdd, lower, k, .register(r))
    let r1 = lower
    let (r2, r4) = (r, k)
    assembler.apply(.multiply, r2, r1, .register(r1))
    assembler.apply(.multiply, r4, r2, .register(r2))
    /// c1 r + c0
    func line(_ writer: inout MachineCodeWriter, _ k: Int) -> Register {
      let result = writer.registers.free()
      writer.assembler.load(result, .constant(E.coefficient(k + 1)))
      writer.assembler.fuse(.multiplyAdd, result, r1, .constant(E.coefficient(k)))
      return result
    }
    let q01 = line(&self, 0)
    let q03 = line(&self, 2)
    assembler.fuse(.multiplyAdd, q03, r2, .register(q01))
    let q45 = line(&self, 4)
    let q47 = line(&self, 6)
    assembler.fuse(.multiplyAdd, q47, r2, .register(q45))
    let q = line(&self, 8)
    assembler.fuse(.multiplyAdd, q, r4, .register(q47))
    assembler.fuse(.multiplyAdd, q, r4, .register(q03))
    let minusOne = r2
    assembler.fuse(.multiplyAdd, minusOne, q, .register(r1))
    assembler.scale(factor, byPowerOfTwo: shifted, shifted, scratch: q01)
    return (shifted, minusOne)
  }
}
