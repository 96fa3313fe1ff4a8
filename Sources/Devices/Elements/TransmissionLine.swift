package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Txxx p1 n1 p2 n2 z0=.. td=..`: a line without loss, in Branin's form (F. H. Branin, Proc. IEEE 55 (1967) 2012).
///
/// What arrives at a port left the other a delay ago, as the wave v + z0 i = 2 v - e:
///
///     i1 = (v1 - e1)/z0,   e1(t) = 2 v2(t - td) - e2(t - td),
///
/// and so with 1 and 2 exchanged. At rest both ports have one voltage and one current; as in ngspice a resistance of
/// z0 gmin stands between them, so that ideal sources at both ends, or a ring of lines, have an answer.
package enum TransmissionLine: ElementKind {
  package static let letter: Character = "t"

  package static let syntax = CardSyntax(
    title: "transmission line", form: "Txxx p1 n1 p2 n2 z0=.. [td=.. | f=.. nl=..] [ic=v1,i1,v2,i2]",
    example: "T1 in 0 out 0 z0=50 td=10n", nodes: ["p1", "n1", "p2", "n2"],
    parameters: [
      impedance, CardParameter("td", unit: "s", "delay, nl/f if not given"),
      CardParameter("f", unit: "Hz", "frequency at which the length is nl, 1 GHz if not given"),
      CardParameter("nl", "length in wavelengths at f, 0.25 if not given"),
      CardParameter("ic", "voltage and current of both ports at t = 0 with uic"),
    ] + initials,
    // ngspice's own measures of when a corner is one; the run's tolerances say so here.
    aliases: ["zo": "z0"], ignored: ["rel", "abs"])

  private static let impedance = CardParameter("z0", unit: "ohm", "impedance of the line")
  /// What `ic=` lists, in its order.
  private static let initials = [
    CardParameter("v1", unit: "V", "voltage of port 1 at t = 0 with uic"),
    CardParameter("i1", unit: "A", "current into port 1 at t = 0 with uic"),
    CardParameter("v2", unit: "V", "voltage of port 2 at t = 0 with uic"),
    CardParameter("i2", unit: "A", "current into port 2 at t = 0 with uic"),
  ]

  // MARK: Equations

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: syntax.title, terminals: ["p1", "n1", "p2", "n2"])
    func positive(_ slot: CardParameter, _ value: NodeID?) -> Parameter {
      Parameter(
        name: slot.name, unit: slot.unit, documentation: slot.documentation, defaultValue: value,
        allowed: ParameterRange(lower: model.graph.constant(0), includesLower: false))
    }
    let impedance = model.addParameter(positive(impedance, nil))
    let frequency = model.addParameter(positive(syntax.parameters[2], model.graph.constant(1e9)))
    let length = model.addParameter(positive(syntax.parameters[3], model.graph.constant(0.25)))
    let interval = model.addParameter(
      positive(syntax.parameters[1], model.graph.divide(length, frequency)))
    let leakage = model.addJunctionConductance()
    let isGiven = model.addParameter(CardParameter("ic", "1 where initial values are given"), default: 0)
    let given = initials.map { model.addParameter($0, default: 0) }

    let ports = [(0, 1), (2, 3)]
    let voltages = ports.enumerated().map { port, ends in
      model.addVariable(
        Variable(
          name: "v\(port + 1)", kind: .voltage(plus: ends.0, minus: ends.1), unit: "V",
          documentation: "voltage of port \(port + 1)"))
    }
    let arrivals = [model.graph.leaf(.variable(2)), model.graph.leaf(.variable(3))]
    let passing = model.graph.subtract(model.graph.constant(1), leakage)
    var currents: [NodeID] = []
    for port in 0..<2 {
      let other = 1 - port
      let outgoing = model.graph.subtract(voltages[other], arrivals[other])
      let initial = model.graph.add(given[2 * other], model.graph.multiply(impedance, given[2 * other + 1]))
      _ = model.addVariable(
        Variable(
          name: "e\(port + 1)",
          kind: .delayed(
            Delay(
              source: model.graph.add(voltages[other], outgoing),
              rest: model.graph.add(voltages[other], model.graph.multiply(passing, outgoing)),
              initial: model.graph.select(isGiven, initial, voltages[other]), interval: interval)),
          unit: "V", documentation: "wave that arrives at port \(port + 1), v - z0 i"))
      currents.append(model.graph.divide(model.graph.subtract(voltages[port], arrivals[port]), impedance))
      model.equations.append(Equation(row: .current(from: ports[port].0, to: ports[port].1), resistive: currents[port]))
    }
    addQuantities(to: &model, currents: currents, voltages: voltages)
    model.topology = [.conducts(0, 2), .conducts(1, 3), .conductsInTime(0, 1), .conductsInTime(2, 3)]
    return model
  }

  private static func addQuantities(to model: inout DeviceModel, currents: [NodeID], voltages: [NodeID]) {
    let powers = zip(voltages, currents).map { model.graph.multiply($0, $1) }
    model.quantities = [
      Quantity(name: "i", value: currents[0], unit: "A", documentation: "current into port 1"),
      Quantity(name: "v", value: voltages[0], unit: "V", documentation: "voltage of port 1"),
      Quantity(
        name: "p", value: model.graph.add(powers[0], powers[1]), unit: "W", documentation: "power into both ports"),
      Quantity(name: "i1", value: currents[0], unit: "A", documentation: "current into port 1"),
      Quantity(name: "i2", value: currents[1], unit: "A", documentation: "current into port 2"),
    ]
  }

  // MARK: Card

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      bound.assignsOnlyNames(of: syntax, diagnostics: &diagnostics)
    else { return nil }
    var values = bound.assignments.mapValues(\.expression)
    var words = bound.rest
    if let first = values.removeValue(forKey: "ic"), let place = bound.assignments["ic"]?.name.range {
      // `ic=v1,i1,v2,i2`: what stands behind the first is read as words of their own.
      values["ic"] = .number(1, place)
      values["v1"] = first
      for slot in initials.dropFirst() {
        guard let word = words.first, word.range.start > place.start else { break }
        values[slot.name] = word.constantExpression(of: syntax, diagnostics: &diagnostics)
        if values[slot.name] == nil { return nil }
        words.removeFirst()
      }
    } else if let name = initials.map(\.name).first(where: { values[$0] != nil }), let value = values[name] {
      values["ic"] = .number(1, value.range)
    }
    if let extra = words.first {
      ElementError.unexpectedWord(extra.text.string, syntax: syntax, range: extra.range).report(to: &diagnostics)
      return nil
    }
    guard values["z0"] != nil else {
      ElementError.missingParameter(impedance, name: card.keyword.value, syntax: syntax, range: card.text.range)
        .report(to: &diagnostics)
      return nil
    }
    let index = binder.intern(.element(syntax.title), makeModel)
    var element = BoundElement(model: index, nodes: bound.nodes)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard value.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      guard let parameter = binder.models[index].parameter(named: name) else { continue }
      element.parameters.append(ParameterBinding(index: parameter, value: value))
    }
    return element
  }
}
