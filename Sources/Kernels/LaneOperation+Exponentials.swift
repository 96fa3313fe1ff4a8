/// Exponentials of an affine argument times a constant factor.
struct ExponentialOperation<Argument: AffineOperation>: UnaryLaneOperation {
  typealias L = Argument.L
  let argument: Argument
  let factor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    argument = Argument(instruction)
    factor = L(broadcast: instruction.pointee.factor)
  }

  /// For any argument.
  @inline(__always) func value(_ x: L) -> L { factor * Exponential.full(argument.value(x)) }

  /// The fast form for every instance, and the full one once more where some argument is too large for it: rare, and
  /// cheaper than a test per group.
  @inline(__always)
  func sweepFast(_ x: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
    let last = count &- L.count
    var isLarge = L.noMask
    var start = 0
    repeat {
      let place = min(start, last)
      let exponent = argument.value(.load(x + place))
      isLarge = L.or(isLarge, L.exceeds(exponent, magnitude: Exponential.fastLimit))
      (factor * Exponential.fast(exponent)).store(to: result + place)
      start &+= L.count
    } while start < count
    if L.any(isLarge) { sweep(x, into: result, count: count) }
  }
}

struct BernoulliOperation<Argument: AffineOperation>: UnaryLaneOperation {
  typealias L = Argument.L
  let argument: Argument
  let factor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    argument = Argument(instruction)
    factor = L(broadcast: instruction.pointee.factor)
  }

  @inline(__always) func value(_ x: L) -> L {
    factor * ExponentialQuotients.bernoulli(argument.value(x), minusOne: FastMinusOne.self)
  }
}

struct BernoulliDerivativeOperation<Argument: AffineOperation>: UnaryLaneOperation {
  typealias L = Argument.L
  let argument: Argument
  let factor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    argument = Argument(instruction)
    factor = L(broadcast: instruction.pointee.factor)
  }

  @inline(__always) func value(_ x: L) -> L {
    factor * ExponentialQuotients.bernoulliDerivative(argument.value(x), minusOne: FastMinusOne.self)
  }
}

struct BernoulliSecondDerivativeOperation<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L {
    ExponentialQuotients.bernoulliSecondDerivative(x, minusOne: FastMinusOne.self)
  }
}

struct ExponentialMinusOne<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L { Exponential.fullMinusOne(x) }
}

struct Exprel<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L { ExponentialQuotients.exprel(x, minusOne: FullMinusOne.self) }
}

struct ExprelDerivative<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L {
    ExponentialQuotients.exprelDerivative(x, exponential: FullExponential.self)
  }
}

struct ExprelSecondDerivative<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L {
    ExponentialQuotients.exprelSecondDerivative(x, exponential: FullExponential.self)
  }
}

// MARK: Exponentials that the quotients are made of

/// A way to compute exp(x) or exp(x) - 1.
protocol ExponentialForm {
  static func value<L: Lanes>(_ x: L) -> L
}

enum FastMinusOne: ExponentialForm {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { Exponential.fastMinusOne(x) }
}

enum FullMinusOne: ExponentialForm {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { Exponential.fullMinusOne(x) }
}

enum FullExponential: ExponentialForm {
  @inline(__always) static func value<L: Lanes>(_ x: L) -> L { Exponential.full(x) }
}
