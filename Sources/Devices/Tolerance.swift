internal import Diagnostics
internal import Expressions
internal import Netlists

/// `dev=` and `lot=` behind a value, PSpice's words for a range in which `.mc` varies it evenly: every device by itself,
/// or all devices of a model alike.
struct Tolerance {
  let expression: Expression
  private let isOfLot: Bool

  /// Nil where the assignment is no tolerance: another name, no value before it, or a parameter of `model` itself.
  init?(_ assignment: Assignment, of model: DeviceModel, behind value: ParameterBinding?) {
    let name = assignment.name.value
    guard name == "dev" || name == "lot", value != nil, model.givableParameter(named: name) == nil else { return nil }
    expression = assignment.expression
    isOfLot = name == "lot"
  }

  func apply(to binding: inout ParameterBinding) {
    if isOfLot {
      binding.value = binding.value.varied(by: expression)
    } else {
      binding.deviation = expression
    }
  }
}

extension Card {
  /// Takes `dev=` off an element's card.
  mutating func takeDeviation() -> Assignment? {
    assignments.firstIndex { $0.name.value == "dev" }.map { assignments.remove(at: $0) }
  }
}

extension Expression {
  /// `unif(self, part)`
  func varied(by part: Expression) -> Expression {
    .call(RandomFunction.unif.rawValue, [self, part], range)
  }
}
