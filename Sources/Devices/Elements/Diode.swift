package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Dxxx n+ n- model [area] [off] [ic=v]`: SPICE's junction diode, level 1, as ngspice 39 computes it; level 2 is PSpice's.
package enum Diode: ModelledElement {
  package static let letter: Character = "d"

  package static let syntax = CardSyntax(
    title: "diode", form: "Dxxx n+ n- model [area] [off] [m=..] [ic=v] [temp=..]", example: "D1 a 0 fast",
    nodes: ["n+", "n-"],
    parameters: [
      area, edge, multiplicity,
      CardParameter("ic", unit: "V", "voltage of the junction at t = 0 with uic"), .temperature,
      .temperatureDifference,
    ],
    model: ModelSyntax(
      types: ["d"], parameters: DiodeValues.modelParameters,
      aliases: [
        "js": "is", "cj0": "cjo", "cj": "cjo", "pb": "vj", "m": "mj", "ib": "ibv", "ik": "ikf", "trs": "trs1",
        "tref": "tnom", "cjsw": "cjp", "ctc": "cta", "tvj": "tpb", "area": "modelarea", "pj": "modelpj",
      ],
      // Ratings and labels; heating and what level 3 alone reads.
      ignored: [
        "rth0", "cth0", "lm", "lp", "wm", "wp", "xom", "xoi", "xm", "xp",
        "iave", "ipk", "vpk", "vrev", "mfg", "type", "fv_max", "bv_max", "id_max", "pd_max", "te_max",
      ]))

  static let area = CardParameter("area", "factor of the model's currents, capacitances and conductances")
  static let edge = CardParameter("pj", "factor of the model's currents and capacitances of the edge")
  static let multiplicity = CardParameter("m", "number of equal diodes in parallel")

  /// The first word behind the nodes, though it may look like a number: `1N4148`.
  static func modelField(of card: Card) -> Field? {
    card.fields.dropFirst(syntax.nodes.count).first { $0.isWord && !$0.isOff }
  }

  static func baseModel(in binder: inout ElementBinder) -> Int { binder.diode([]) }

  static func settledModel(in binder: inout ElementBinder, given value: (String) -> Double?) -> Int {
    binder.diode(DiodeEquations.Parts(given: value))
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let (bound, index, name) = boundByModel(card, model: model, binder: binder, diagnostics: &diagnostics) else {
      return nil
    }
    var values: [String: Expression] = bound.assignments.mapValues(\.expression)
    for field in bound.rest where field.range != name.range && !field.isOff {
      guard values["area"] == nil, name.range.start < field.range.start else {
        ElementError.unexpectedWord(field.text.string, syntax: syntax, range: field.range).report(to: &diagnostics)
        return nil
      }
      values["area"] = field.constantExpression(of: syntax, diagnostics: &diagnostics)
      if values["area"] == nil { return nil }
    }
    if values["temp"] != nil, values.removeValue(forKey: "dtemp") != nil, let range = bound.assignments["dtemp"]?.name {
      ElementError.ignoredDifference(range.range).report(to: &diagnostics)
    }
    var element = BoundElement(model: index, nodes: bound.nodes)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard value.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      if name == "ic" { element.initialCondition = value }
      guard let parameter = binder.models[index].parameter(named: name) else { continue }
      element.parameters.append(ParameterBinding(index: parameter, value: value))
    }
    return element
  }
}

extension ElementBinder {
  /// The diode that consists of `parts`.
  fileprivate mutating func diode(_ parts: DiodeEquations.Parts) -> Int {
    intern(parts.title, of: Diode.self) { DiodeEquations.model(of: parts) }
  }
}

extension Field {
  /// `off`, a hint that the operating point does without.
  fileprivate var isOff: Bool {
    guard case .word = kind else { return false }
    return text.string.lowercased() == "off"
  }
}
