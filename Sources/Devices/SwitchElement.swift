internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// A resistance of two values, `ron` and `roff`, that a voltage or current chooses with hysteresis: S, W.
///
/// The switch closes above threshold + hysteresis and opens below threshold - hysteresis; between them it stays as it is,
/// at first as `on` or `off` on the card says. The mode is stored: a guard whose argument reads its own mode.
protocol SwitchElement: ModelledElement {
  static var control: ControlKind { get }
  /// The model's names of what the control is compared with.
  static var threshold: CardParameter { get }
  static var hysteresis: CardParameter { get }
}

extension SwitchElement {
  static var modelParameters: [CardParameter] {
    [
      threshold, hysteresis, CardParameter("ron", unit: "ohm", "resistance when closed"),
      CardParameter("roff", unit: "ohm", "resistance when open, 1/gmin if not given"),
    ]
  }

  /// The place of the model's name on a card.
  private static var modelPlace: Int { control == .voltage ? 4 : 3 }

  static func modelField(of card: Card) -> Field? {
    guard card.fields.count > modelPlace, card.fields[modelPlace].isWord else { return nil }
    return card.fields[modelPlace]
  }

  static func baseModel(in binder: inout ElementBinder) -> Int {
    binder.intern(syntax.title, of: Self.self, makeModel)
  }

  private static func makeModel() -> DeviceModel {
    var model = DeviceModel(
      name: syntax.title, terminals: control == .voltage ? ["p", "n", "cp", "cn"] : ["p", "n"])
    let slots = modelParameters
    let limit = model.addParameter(slots[0], default: 0)
    let width = model.addParameter(slots[1], default: 0)
    func positive(_ slot: CardParameter, _ value: NodeID) -> Parameter {
      Parameter(
        name: slot.name, unit: slot.unit, documentation: slot.documentation, defaultValue: value,
        allowed: ParameterRange(lower: model.graph.constant(0), includesLower: false))
    }
    let one = model.graph.constant(1)
    let closed = model.addParameter(positive(slots[2], one))
    let leakage = model.addJunctionConductance()
    let open = model.addParameter(positive(slots[3], model.graph.divide(one, leakage)))
    let start = model.addParameter(CardParameter("on", "1 where the switch begins closed"), default: 0)

    let voltage = model.addTerminalVoltage()
    let read = model.addVariable(controlVariable)
    let mode = model.graph.leaf(.mode(0))
    let isWide = model.graph.apply(.isNotNegative, width)
    let half = model.graph.select(isWide, width, model.graph.negate(width))
    let shift = model.graph.select(mode, half, model.graph.negate(half))
    let excess = model.graph.add(model.graph.subtract(read, limit), shift)
    model.guards = [Guard(argument: excess, includesZero: false, range: nil, start: start)]
    let conductance = model.graph.select(mode, model.graph.divide(one, closed), model.graph.divide(one, open))
    let current = model.graph.multiply(conductance, voltage)
    model.equations = [Equation(row: .current(from: 0, to: 1), resistive: current)]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.quantities.append(
      Quantity(name: "closed", value: mode, documentation: "1 where the switch is closed, else 0"))
    model.topology = [.conducts(0, 1)]
    return model
  }

  private static var controlVariable: Variable {
    switch control {
    case .voltage: Variable(name: "vc", kind: .voltage(plus: 2, minus: 3), unit: "V", documentation: "what it follows")
    case .current:
      Variable(name: "ic", kind: .signal(defaultValue: nil), unit: "A", documentation: "what it follows")
    }
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    if let model, binder.elementKind(ofModel: model) == nil, binder.models.indices.contains(model),
      let device = SmoothSwitch.card(card, model: binder.models[model], control: control)
    {
      return CompiledDevice.bind(
        device, model: model, binder: &binder, function: function, diagnostics: &diagnostics)
    }
    guard
      let (bound, index, _) = boundByModel(
        card, model: model, binder: binder, diagnostics: &diagnostics)
    else {
      return nil
    }
    var element = BoundElement(model: index, nodes: bound.nodes)
    if control == .current {
      let device = card.fields[2]
      element.signals = [Located(.current(device.name), device.range)]
    }
    for field in card.fields.dropFirst(modelPlace + 1) {
      let word = field.text.string.lowercased()
      guard word == "on" || word == "off", element.parameters.isEmpty,
        let start = binder.models[index].parameter(named: "on")
      else {
        ElementError.unexpectedWord(field.text.string, syntax: syntax, range: field.range).report(to: &diagnostics)
        return nil
      }
      element.parameters = [ParameterBinding(index: start, value: .number(word == "on" ? 1 : 0, field.range))]
    }
    return element
  }
}
