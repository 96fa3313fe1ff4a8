/// What an instruction does to one, two or three operands, lane by lane.
///
/// Types instead of closures: their `value` is inlined into the loops without fail.
protocol UnaryLaneOperation {
  associatedtype L: Lanes
  func value(_ x: L) -> L
}

protocol BinaryLaneOperation {
  associatedtype L: Lanes
  func value(_ x: L, _ y: L) -> L
}

protocol TernaryLaneOperation {
  associatedtype L: Lanes
  func value(_ x: L, _ y: L, _ z: L) -> L
}

/// Loops over `count` instances, a group of lanes at a time; the last group ends at `count`, overlapping the one before
/// it if need be (`nextGroup`). `count` is at least `L.count`. Written out three times: with the body as a closure the
/// compiler takes lanes apart.
extension UnaryLaneOperation {
  @inline(__always)
  func sweep(_ x: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
    var place = 0
    repeat {
      value(.load(x + place)).store(to: result + place)
    } while L.nextGroup(&place, count)
  }
}

extension BinaryLaneOperation {
  @inline(__always)
  func sweep(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int
  ) {
    var place = 0
    repeat {
      value(.load(x + place), .load(y + place)).store(to: result + place)
    } while L.nextGroup(&place, count)
  }
}

extension TernaryLaneOperation {
  @inline(__always)
  func sweep(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>, count: Int
  ) {
    var place = 0
    repeat {
      value(.load(x + place), .load(y + place), .load(z + place)).store(to: result + place)
    } while L.nextGroup(&place, count)
  }
}

// MARK: Arithmetic

struct Copy<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L { x }
}

struct Sum<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L { x + y }
}

struct Difference<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L { x - y }
}

struct Product<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L { x * y }
}

struct Quotient<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L { x / y }
}

/// x*y + z
struct ProductPlus<L: Lanes>: TernaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L, _ z: L) -> L { .multiplyAdd(x, y, z) }
}

/// x*y - z
struct ProductMinus<L: Lanes>: TernaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L, _ z: L) -> L { .multiplyAdd(x, y, z.negated) }
}

/// z - x*y
struct MinusProduct<L: Lanes>: TernaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L, _ z: L) -> L { .multiplyAdd(x.negated, y, z) }
}

/// x*y*z
struct ProductOfThree<L: Lanes>: TernaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L, _ z: L) -> L { x * y * z }
}

/// x*y*scale
struct ScaledProduct<L: Lanes>: BinaryLaneOperation {
  let scale: L
  @inline(__always) func value(_ x: L, _ y: L) -> L { x * y * scale }
}

/// x*y + offset
struct ProductPlusConstant<L: Lanes>: BinaryLaneOperation {
  let offset: L
  @inline(__always) func value(_ x: L, _ y: L) -> L { .multiplyAdd(x, y, offset) }
}

/// x*scale + y
struct ScaledPlus<L: Lanes>: BinaryLaneOperation {
  let scale: L
  @inline(__always) func value(_ x: L, _ y: L) -> L { .multiplyAdd(x, scale, y) }
}

/// x*scale - y
struct ScaledMinus<L: Lanes>: BinaryLaneOperation {
  let scale: L
  @inline(__always) func value(_ x: L, _ y: L) -> L { .multiplyAdd(x, scale, y.negated) }
}

/// x*scale
struct Scaled<L: Lanes>: UnaryLaneOperation {
  let scale: L
  @inline(__always) func value(_ x: L) -> L { x * scale }
}

/// dividend/x
struct ConstantQuotient<L: Lanes>: UnaryLaneOperation {
  let dividend: L
  @inline(__always) func value(_ x: L) -> L { dividend / x }
}

// MARK: Affine arguments

/// The argument of an exponential, and what an instruction may do with it.
protocol AffineOperation: UnaryLaneOperation {
  init(_ instruction: UnsafePointer<Instruction>)
}

/// x*scale + offset
struct Affine<L: Lanes>: AffineOperation {
  let scale: L
  let offset: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    scale = L(broadcast: instruction.pointee.scale)
    offset = L(broadcast: instruction.pointee.offset)
  }

  @inline(__always) func value(_ x: L) -> L { .multiplyAdd(x, scale, offset) }
}

/// (x*scale + offset)/divisor
struct AffineQuotient<L: Lanes>: AffineOperation {
  let affine: Affine<L>
  let divisor: L

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    affine = Affine(instruction)
    divisor = L(broadcast: instruction.pointee.divisor)
  }

  @inline(__always) func value(_ x: L) -> L { affine.value(x) / divisor }
}

/// (x*scale + offset)*y
struct AffineProduct<L: Lanes>: BinaryLaneOperation {
  let affine: Affine<L>
  @inline(__always) func value(_ x: L, _ y: L) -> L { affine.value(x) * y }
}

/// dividend/(x*scale + offset)
struct QuotientOfAffine<L: Lanes>: UnaryLaneOperation {
  let dividend: L
  let affine: Affine<L>
  @inline(__always) func value(_ x: L) -> L { dividend / affine.value(x) }
}

// MARK: Comparisons

/// NaN if either is.
struct Minimum<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L {
    L.choose(L.or(L.isLess(x, y), L.exceeds(x, magnitude: .infinity)), x, y)
  }
}

/// NaN if either is.
struct Maximum<L: Lanes>: BinaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L) -> L {
    L.choose(L.or(L.isLess(y, x), L.exceeds(x, magnitude: .infinity)), x, y)
  }
}

/// x between two constants; NaN stays.
struct Clamp<L: Lanes>: UnaryLaneOperation {
  let lower: Double
  let upper: Double

  @inline(__always)
  init(_ instruction: UnsafePointer<Instruction>) {
    lower = instruction.pointee.scale
    upper = instruction.pointee.offset
  }

  @inline(__always) func value(_ x: L) -> L { x.limited(below: lower).limited(above: upper) }
}

struct IsPositive<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L {
    L.choose(L.isLess(.constant(0), x), .constant(1), .constant(0))
  }
}

struct IsNotNegative<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L {
    L.choose(L.isLessOrEqual(.constant(0), x), .constant(1), .constant(0))
  }
}

/// y where x is not 0, else z
struct Selection<L: Lanes>: TernaryLaneOperation {
  @inline(__always) func value(_ x: L, _ y: L, _ z: L) -> L { L.choose(L.isEqual(x, .constant(0)), z, y) }
}

struct Floor<L: Lanes>: UnaryLaneOperation {
  @inline(__always) func value(_ x: L) -> L { x.roundedDown() }
}
