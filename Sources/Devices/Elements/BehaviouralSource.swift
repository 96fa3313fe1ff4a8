package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Bxxx n+ n- I=expression` or `V=expression`: a current or voltage that follows any running quantity.
///
/// Nodes that the expression reads become terminals without current, foreign currents and quantities signals, names
/// of the enclosing scope parameters: ten thousand sources that differ in these alone are one model.
package enum BehaviouralSource: ElementKind {
  package static let letter: Character = "b"

  package static let syntax = CardSyntax(
    title: "B source", form: "Bxxx n+ n- I=expression or V=expression", example: "B1 0 a I=2m*v(b)**2",
    nodes: ["n+", "n-"],
    parameters: [
      CardParameter("i", unit: "A", "current from n+ through the source to n-"),
      CardParameter("v", unit: "V", "voltage from n+ to n-"), .linearCoefficient, .quadraticCoefficient, .temperature,
      .temperatureDifference, CardParameter("m", "factor of the value"),
    ],
    aliases: ["tc": "tc1"])

  /// The equations of a source, free of the names on its card.
  struct Structure: Hashable {
    var title: String
    var operations: [Operation]
    var givesVoltage: Bool
    var expression: NodeID
    var guards: [NodeID]
    var variables: [VariableShape]
    var terminalCount: Int
    var parameterOrigins: [Parameter.Origin]

    enum VariableShape: Hashable {
      case voltage(plus: Int, minus: Int?)
      case current, signal, charge, state
    }
  }

  /// The B source that an independent source is whose value follows the time, `V1 a 0 {2*time}` as Xyce has it; nil for any
  /// other. `word` is `v` or `i`.
  static func card(of card: Card, giving word: String) -> Card? {
    guard card.assignments.isEmpty, card.fields.count == 3, case .expression(let expression) = card.fields[2].kind,
      expression.names.contains("time"), expression.probes.isEmpty
    else { return nil }
    let value = card.fields[2]
    var result = card
    result.fields.removeLast()
    result.assignments = [
      Assignment(name: Located(word, value.range), value: value.text, expression: expression)
    ]
    return result
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      bound.assignsOnlyNames(of: syntax, diagnostics: &diagnostics)
    else { return nil }
    if let extra = bound.rest.first {
      if let value = bound.card.assignments.first?.value.range, extra.range.start >= value.end {
        BehaviouralSourceError.operandsSideBySide(first: value, second: extra.range).report(to: &diagnostics)
      } else {
        ElementError.unexpectedWord(extra.text.string, syntax: syntax, range: extra.range).report(to: &diagnostics)
      }
      return nil
    }
    guard let equation = bound.assignments["i"] ?? bound.assignments["v"] else {
      BehaviouralSourceError.noEquation(name: card.keyword.value, range: card.text.range).report(to: &diagnostics)
      return nil
    }
    if let current = bound.assignments["i"], let voltage = bound.assignments["v"] {
      BehaviouralSourceError.twoEquations(first: current.name.range, second: voltage.name.range)
        .report(to: &diagnostics)
      return nil
    }
    let givesVoltage = bound.assignments["v"] != nil
    return withoutActuallyEscaping(function) { function in
      var scope = BehaviouralScope(bound, title: syntax.title, givesVoltage: givesVoltage, function: function)
      var context = LoweringContext()
      var expression = context.lower(equation.expression, in: &scope)
      let factors = scope.addFactors(of: bound, to: &context)
      for factor in [factors?.temperature, factors?.multiplicity].compactMap(\.self) {
        expression = context.graph.multiply(expression, factor)
      }
      let failed = context.diagnostics.hasErrors || scope.failed || factors == nil
      diagnostics.append(context.diagnostics)
      guard !failed else { return nil }
      return scope.element(expression: expression, context: context, binder: &binder) {
        DeviceError.nonlinearRate(range: equation.value.range).report(to: &diagnostics)
      }
    }
  }
}
