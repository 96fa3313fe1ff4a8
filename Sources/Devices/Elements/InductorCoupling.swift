package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Kxxx Lyyy Lzzz ... k`: every two of the coils have the mutual inductance M = k sqrt(L_y L_z), so that the voltage of
/// each is d(L_y i_y + the sum of M i_z)/dt.
///
/// The coils have their currents as unknowns; the coupling reads them and adds its part to the coils' own equations.
package enum InductorCoupling: ElementKind {
  package static let letter: Character = "k"

  package static let syntax = CardSyntax(
    title: "inductor coupling", form: "Kxxx Lyyy Lzzz ... k", example: "K1 L1 L2 0.99", nodes: [], value: coefficient)

  private static let coefficient = CardParameter("k", "coupling coefficient of every two of the coils, -1 to 1")

  private static func makeModel(coilCount: Int) -> DeviceModel {
    var model = DeviceModel(name: "coupling of \(coilCount) inductors", terminals: [])
    let coefficient = model.addParameter(
      Parameter(
        name: Self.coefficient.name, documentation: Self.coefficient.documentation,
        allowed: ParameterRange(lower: model.graph.constant(-1), upper: model.graph.constant(1))))
    var coils: [(root: NodeID, current: NodeID)] = []
    for coil in 0..<coilCount {
      let inductance = model.addParameter(
        Parameter(
          name: "l\(coil + 1)", unit: "H", documentation: "inductance of the coil",
          origin: .read(signal: coil, quantity: "inductance")))
      let current = model.addVariable(
        Variable(name: "i\(coil + 1)", kind: .signal(defaultValue: nil), unit: "A", documentation: "its current"))
      coils.append((model.graph.apply(.squareRoot, inductance), current))
    }
    for (coil, own) in coils.enumerated() {
      var flux = model.graph.constant(0)
      for (other, foreign) in coils.enumerated() where other != coil {
        let mutual = model.graph.multiply(coefficient, model.graph.multiply(own.root, foreign.root))
        flux = model.graph.add(flux, model.graph.multiply(mutual, foreign.current))
      }
      let zero = model.graph.constant(0)
      model.equations.append(
        Equation(row: .branchRead(signal: coil), resistive: zero, reactive: model.graph.negate(flux)))
    }
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      bound.assignsOnlyNames(of: syntax, diagnostics: &diagnostics)
    else { return nil }
    let coils = card.fields.prefix(while: \.beginsName)
    var words = card.fields.dropFirst(coils.count)
    guard coils.count >= 2 else {
      CouplingError.missingCoil(name: card.keyword.value, found: coils.count, syntax: syntax, range: card.text.range)
        .report(to: &diagnostics)
      return nil
    }
    var places: [String: SourceRange] = [:]
    for coil in coils {
      guard let first = places.updateValue(coil.range, forKey: coil.text.string.lowercased()) else { continue }
      ElementError.givenTwice(name: coil.text.string, first: first, second: coil.range).report(to: &diagnostics)
      return nil
    }
    let value =
      bound.assignments["k"]?.expression
      ?? words.popFirst().flatMap { $0.constantExpression(of: syntax, diagnostics: &diagnostics) }
    guard let value else {
      if words.isEmpty, card.fields.count == coils.count {
        ElementError.missingValue(name: card.keyword.value, syntax: syntax, range: card.text.range)
          .report(to: &diagnostics)
      }
      return nil
    }
    if let extra = words.first {
      ElementError.unexpectedWord(extra.text.string, syntax: syntax, range: extra.range).report(to: &diagnostics)
      return nil
    }
    guard value.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
    let index = binder.intern(.element("\(syntax.title) of \(coils.count)")) { makeModel(coilCount: coils.count) }
    var element = BoundElement(model: index, nodes: [], parameters: [ParameterBinding(index: 0, value: value)])
    element.signals = coils.map { Located(.current($0.name), $0.range) }
    return element
  }
}
