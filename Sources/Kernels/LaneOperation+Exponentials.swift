/// A function of an affine argument that has a faster form for all arguments but rare ones.
protocol FastLaneOperation: UnaryLaneOperation {
  associatedtype Argument: AffineOperation where Argument.L == L
  var argument: Argument { get }
  /// For an argument that is not rare the bits of `value`.
  func fastValue(of argument: L) -> L
  static func isRare(_ argument: L) -> L.Mask
}

extension FastLaneOperation {
  /// The fast form for every instance, and the other once more where some argument is rare: cheaper than a test per group.
  @inline(__always)
  func sweepFast(_ x: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
    var isRare = L.noMask
    var place = 0
    repeat {
      let argument = argument.value(.load(x + place))
      isRare = L.or(isRare, Self.isRare(argument))
      fastValue(of: argument).store(to: result + place)
    } while L.nextGroup(&place, count)
    if L.any(isRare) { sweep(x, into: result, count: count) }
  }
}

/// The exponential times a constant factor.
struct ExponentialOperation<Argument: AffineOperation>: FastLaneOperation {
  typealias L = Argument.L
  let argument: Argument
  let factor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    argument = Argument(instruction)
    factor = L(broadcast: instruction.pointee.factor)
  }

  @inline(__always) func value(_ x: L) -> L { Exponential.full(argument.value(x), factor: factor) }
  @inline(__always) func fastValue(of argument: L) -> L { Exponential.fast(argument, factor: factor) }
  @inline(__always) static func isRare(_ argument: L) -> L.Mask {
    L.exceeds(argument, magnitude: Exponential.fastFactorLimit)
  }
}

struct BernoulliOperation<Argument: AffineOperation>: FastLaneOperation {
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
  @inline(__always) func fastValue(of argument: L) -> L { factor * (argument / Exponential.fastMinusOne(argument)) }
  @inline(__always) static func isRare(_ argument: L) -> L.Mask {
    L.or(L.exceeds(argument, magnitude: ExponentialQuotients.limit), L.isEqual(argument, .constant(0)))
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
