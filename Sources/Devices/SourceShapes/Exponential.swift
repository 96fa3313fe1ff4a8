package import Diagnostics
internal import Glibc

/// `EXP(V1 V2 TD1 TAU1 TD2 TAU2)`: towards V2 from TD1 with time constant TAU1, back towards V1 from TD2 with TAU2.
///
/// As in ngspice, TAU1 and TAU2 absent or 0 are TSTEP, TD2 absent or 0 is TD1 + TSTEP; times in s.
package struct Exponential: SourceShapeKind, Equatable {
  package var initial: Double
  package var final: Double
  package var riseDelay: Double
  package var riseConstant: Double
  package var fallDelay: Double
  package var fallConstant: Double

  package init(
    initial: Double, final: Double, riseDelay: Double, riseConstant: Double, fallDelay: Double, fallConstant: Double
  ) {
    self.initial = initial
    self.final = final
    self.riseDelay = riseDelay
    self.riseConstant = riseConstant
    self.fallDelay = fallDelay
    self.fallConstant = fallConstant
  }

  package static let keyword = "exp"
  package static let arguments = ["V1", "V2", "TD1", "TAU1", "TD2", "TAU2"]
  package static func accepts(argumentCount: Int) -> Bool { (2...6).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    guard arguments.areNotNegative([3, 5], of: Exponential.self, diagnostics: &diagnostics) else { return nil }
    let rise = arguments.value(2)
    let fall = arguments.time(4, default: rise + arguments.step)
    guard fall >= rise else {
      SourceError.decreasingTime(shape: keyword, earlier: rise, later: fall, range: arguments.range(of: 4))
        .report(to: &diagnostics)
      return nil
    }
    return Exponential(
      initial: arguments.value(0), final: arguments.value(1), riseDelay: rise,
      riseConstant: arguments.time(3, default: arguments.step), fallDelay: fall,
      fallConstant: arguments.time(5, default: arguments.step))
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    var value = initial
    var slope = 0.0
    if anchor >= riseDelay { add(final - initial, from: riseDelay, constant: riseConstant) }
    if anchor >= fallDelay { add(initial - final, from: fallDelay, constant: fallConstant) }
    return (value, slope)

    func add(_ change: Double, from begin: Double, constant: Double) {
      guard constant > 0 else {
        value += change
        return
      }
      let elapsed = (time - begin) / constant
      value -= change * expm1(-elapsed)
      slope += change * exp(-elapsed) / constant
    }
  }

  package func nextCorner(after time: Double) -> Double {
    if time < riseDelay { return riseDelay }
    return time < fallDelay ? fallDelay : .infinity
  }

  package func period(at time: Double) -> Double? { nil }

  package var description: String {
    let numbers = [initial, final, riseDelay, riseConstant, fallDelay, fallConstant]
    return "EXP(\(numbers.map(\.description).joined(separator: " ")))"
  }
}
