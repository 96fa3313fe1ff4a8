internal import CVectorMath

extension KernelRunner {
  /// Runs every instruction over `count` instances; `count` is at least `L.count`.
  func execute<L: Lanes>(_: L.Type, _ count: Int) {
    var index = 0
    while index < instructionCount {
      let instruction = instructions + index
      let kind = instruction.pointee.opcode
      let z = slots[Int(instruction.pointee.destination)]
      let x = UnsafePointer(slots[Int(instruction.pointee.a)])
      let y = UnsafePointer(slots[Int(instruction.pointee.b)])
      switch kind {
      case .copy:
        sweep(L.self, count, z) { .load(x + $0) }

      case .add:
        sweep(L.self, count, z) { .load(x + $0) + .load(y + $0) }
      case .subtract:
        sweep(L.self, count, z) { .load(x + $0) - .load(y + $0) }
      case .multiply:
        sweep(L.self, count, z) { .load(x + $0) * .load(y + $0) }
      case .divide:
        sweep(L.self, count, z) { .load(x + $0) / .load(y + $0) }

      case .multiplyAdd:
        let w = UnsafePointer(slots[Int(instruction.pointee.c)])
        sweep(L.self, count, z) { .multiplyAdd(.load(x + $0), .load(y + $0), .load(w + $0)) }
      case .multiplySubtract:
        let w = UnsafePointer(slots[Int(instruction.pointee.c)])
        sweep(L.self, count, z) { .multiplySubtract(.load(x + $0), .load(y + $0), .load(w + $0)) }
      case .subtractProduct:
        let w = UnsafePointer(slots[Int(instruction.pointee.c)])
        sweep(L.self, count, z) { .subtractProduct(.load(x + $0), .load(y + $0), .load(w + $0)) }
      case .multiplyAddConstant:
        let offset = L(broadcast: instruction.pointee.offset)
        sweep(L.self, count, z) { .multiplyAdd(.load(x + $0), .load(y + $0), offset) }
      case .scaleAdd:
        let scale = L(broadcast: instruction.pointee.scale)
        sweep(L.self, count, z) { .multiplyAdd(.load(x + $0), scale, .load(y + $0)) }
      case .scaleSubtract:
        let scale = L(broadcast: instruction.pointee.scale)
        sweep(L.self, count, z) { .multiplySubtract(.load(x + $0), scale, .load(y + $0)) }

      case .scale:
        let scale = L(broadcast: instruction.pointee.scale)
        sweep(L.self, count, z) { .load(x + $0) * scale }
      case .affine:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.value(.load(x + $0)) }
      case .affineQuotient:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.quotient(.load(x + $0)) }
      case .constantQuotient:
        let dividend = L(broadcast: instruction.pointee.offset)
        sweep(L.self, count, z) { dividend / .load(x + $0) }

      case .squareRoot:
        sweep(L.self, count, z) { L.load(x + $0).squareRoot() }
      case .floor:
        sweep(L.self, count, z) { L.load(x + $0).roundedDown() }
      case .minimum:
        sweep(L.self, count, z) { i in
          let (p, q) = (L.load(x + i), L.load(y + i))
          return L.choose(L.orNaN(L.isLess(p, q), p), p, q)
        }
      case .maximum:
        sweep(L.self, count, z) { i in
          let (p, q) = (L.load(x + i), L.load(y + i))
          return L.choose(L.orNaN(L.isLess(q, p), p), p, q)
        }
      case .isPositive:
        sweep(L.self, count, z) { i in
          L.choose(L.isLess(.constant(0), .load(x + i)), .constant(1), .constant(0))
        }
      case .isNotNegative:
        sweep(L.self, count, z) { i in
          L.choose(L.isLessOrEqual(.constant(0), .load(x + i)), .constant(1), .constant(0))
        }
      case .select:
        let w = UnsafePointer(slots[Int(instruction.pointee.c)])
        sweep(L.self, count, z) { i in
          L.choose(L.isEqual(.load(x + i), .constant(0)), .load(w + i), .load(y + i))
        }

      case .exponential:
        let affine = Affine<L>(instruction)
        exponential(count, z, affine.factor) { affine.value(.load(x + $0)) }
      case .exponentialOfQuotient:
        let affine = Affine<L>(instruction)
        exponential(count, z, affine.factor) { affine.quotient(.load(x + $0)) }
      case .bernoulli:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.factor * bernoulli(affine.value(.load(x + $0))) }
      case .bernoulliOfQuotient:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.factor * bernoulli(affine.quotient(.load(x + $0))) }
      case .bernoulliDerivative:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.factor * bernoulliDerivative(affine.value(.load(x + $0))) }
      case .bernoulliDerivativeOfQuotient:
        let affine = Affine<L>(instruction)
        sweep(L.self, count, z) { affine.factor * bernoulliDerivative(affine.quotient(.load(x + $0))) }
      case .bernoulliSecondDerivative:
        sweep(L.self, count, z) { i in
          ExponentialQuotients.bernoulliSecondDerivative(.load(x + i), minusOne: Exponential.fastMinusOne)
        }
      case .exponentialMinusOne:
        sweep(L.self, count, z) { Exponential.fullMinusOne(.load(x + $0)) }
      case .exprel:
        sweep(L.self, count, z) { ExponentialQuotients.exprel(.load(x + $0), minusOne: Exponential.fullMinusOne) }
      case .exprelDerivative:
        sweep(L.self, count, z) { i in
          ExponentialQuotients.exprelDerivative(.load(x + i), exponential: Exponential.full)
        }
      case .exprelSecondDerivative:
        sweep(L.self, count, z) { i in
          ExponentialQuotients.exprelSecondDerivative(.load(x + i), exponential: Exponential.full)
        }

      case .logarithm: vector_log(x, z, count)
      case .logarithmOnePlus: vector_log1p(x, z, count)
      case .logarithm10: vector_log10(x, z, count)
      case .sine: vector_sin(x, z, count)
      case .cosine: vector_cos(x, z, count)
      case .tangent: vector_tan(x, z, count)
      case .arcSine: vector_asin(x, z, count)
      case .arcCosine: vector_acos(x, z, count)
      case .arcTangent: vector_atan(x, z, count)
      case .hyperbolicSine: vector_sinh(x, z, count)
      case .hyperbolicCosine: vector_cosh(x, z, count)
      case .hyperbolicTangent: vector_tanh(x, z, count)
      case .inverseHyperbolicSine: vector_asinh(x, z, count)
      case .inverseHyperbolicCosine: vector_acosh(x, z, count)
      case .inverseHyperbolicTangent: vector_atanh(x, z, count)
      case .power: vector_pow(x, y, z, count)
      case .arcTangent2: vector_atan2(x, y, z, count)
      }
      index &+= 1
    }
  }

  /// Stores `body` of every instance, a group of lanes at a time; the last group ends at `count`, overlapping the one
  /// before it if need be.
  @inline(__always)
  private func sweep<L: Lanes>(
    _: L.Type, _ count: Int, _ destination: UnsafeMutablePointer<Double>, _ body: (Int) -> L
  ) {
    let last = count &- L.count
    var start = 0
    repeat {
      let place = min(start, last)
      body(place).store(to: destination + place)
      start &+= L.count
    } while start < count
  }

  /// factor*exp(argument): the fast form, and the full one once more for a block in which some argument is too large
  /// for it.
  @inline(__always)
  private func exponential<L: Lanes>(
    _ count: Int, _ destination: UnsafeMutablePointer<Double>, _ factor: L, _ argument: (Int) -> L
  ) {
    var isLarge = L.noMask
    sweep(L.self, count, destination) { i in
      let x = argument(i)
      isLarge = L.or(isLarge, L.exceeds(x, magnitude: Exponential.fastLimit))
      return factor * Exponential.fast(x)
    }
    if L.any(isLarge) {
      sweep(L.self, count, destination) { factor * Exponential.full(argument($0)) }
    }
  }

  @inline(__always)
  private func bernoulli<L: Lanes>(_ x: L) -> L {
    ExponentialQuotients.bernoulli(x, minusOne: Exponential.fastMinusOne)
  }

  @inline(__always)
  private func bernoulliDerivative<L: Lanes>(_ x: L) -> L {
    ExponentialQuotients.bernoulliDerivative(x, minusOne: Exponential.fastMinusOne)
  }
}

/// The immediates of an instruction, one copy per lane.
private struct Affine<L: Lanes> {
  let factor: L
  let scale: L
  let offset: L
  let divisor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    factor = L(broadcast: instruction.pointee.factor)
    scale = L(broadcast: instruction.pointee.scale)
    offset = L(broadcast: instruction.pointee.offset)
    divisor = L(broadcast: instruction.pointee.divisor)
  }

  @inline(__always)
  func value(_ x: L) -> L { L.multiplyAdd(x, scale, offset) }

  @inline(__always)
  func quotient(_ x: L) -> L { value(x) / divisor }
}

extension Lanes {
  /// x*y - z and z - x*y.
  @inline(__always)
  fileprivate static func multiplySubtract(_ x: Self, _ y: Self, _ z: Self) -> Self {
    multiplyAdd(x, y, z.negated)
  }
  @inline(__always)
  fileprivate static func subtractProduct(_ x: Self, _ y: Self, _ z: Self) -> Self {
    multiplyAdd(x.negated, y, z)
  }
  /// `mask`, and where `x` is NaN.
  @inline(__always)
  fileprivate static func orNaN(_ mask: Mask, _ x: Self) -> Mask { or(mask, exceeds(x, magnitude: .infinity)) }
}
