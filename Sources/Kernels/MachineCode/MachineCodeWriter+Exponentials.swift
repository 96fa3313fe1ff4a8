/// Exponentials written out, with the operations of `Exponential.fast` in its order; arguments that are too large for it, and
/// NaN, take a detour.
extension MachineCodeWriter {
  /// factor exp(x)
  mutating func exponential(of x: Register, factor: Double) -> Register {
    openDetour = assembler.jump(ifLarge: x, limit: Exponential.fastLimit, orZero: false)
    let (scale, minusOne) = reduce(x)
    // scale (exp(r) - 1) + scale
    assembler.fuse(.multiplyAdd, minusOne, scale, .register(scale))
    assembler.apply(.multiply, minusOne, minusOne, .constant(factor))
    return minusOne
  }

  /// factor x/(exp(x) - 1)
  mutating func bernoulli(of x: Register, factor: Double) -> Register {
    openDetour = assembler.jump(ifLarge: x, limit: ExponentialQuotients.limit, orZero: true)
    let (scale, minusOne) = reduce(x)
    // scale (exp(r) - 1) + (scale - 1)
    let rest = registers.free()
    assembler.load(rest, .constant(-1))
    assembler.apply(.add, rest, rest, .register(scale))
    assembler.fuse(.multiplyAdd, minusOne, scale, .register(rest))
    assembler.apply(.divide, minusOne, x, .register(minusOne))
    assembler.apply(.multiply, minusOne, minusOne, .constant(factor))
    return minusOne
  }

  /// 2^k and exp(r) - 1, where x = k ln 2 + r.
  private mutating func reduce(_ x: Register) -> (scale: Register, minusOne: Register) {
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
    let (r2, r4, r8) = (r, k, registers.free())
    assembler.apply(.multiply, r2, r1, .register(r1))
    assembler.apply(.multiply, r4, r2, .register(r2))
    assembler.apply(.multiply, r8, r4, .register(r4))
    /// c1 r + c0
    func line(_ writer: inout MachineCodeWriter, _ k: Int) -> Register {
      let result = writer.registers.free()
      writer.assembler.load(result, .constant(E.coefficient(k + 1)))
      writer.assembler.fuse(.multiplyAdd, result, r1, .constant(E.coefficient(k)))
      return result
    }
    let q01 = line(&self, 0)
    let q23 = line(&self, 2)
    assembler.fuse(.multiplyAdd, q23, r2, .register(q01))
    let q45 = line(&self, 4)
    let q67 = line(&self, 6)
    assembler.fuse(.multiplyAdd, q67, r2, .register(q45))
    assembler.fuse(.multiplyAdd, q67, r4, .register(q23))
    let q89 = line(&self, 8)
    let q810 = r4
    assembler.load(q810, .constant(E.coefficient(10)))
    assembler.fuse(.multiplyAdd, q810, r2, .register(q89))
    assembler.fuse(.multiplyAdd, q810, r8, .register(q67))
    let minusOne = r2
    assembler.fuse(.multiplyAdd, minusOne, q810, .register(r1))
    assembler.powerOfTwo(shifted, shifted, scratch: q01)
    return (shifted, minusOne)
  }
}
