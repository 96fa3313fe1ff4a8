internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// R, C and L whose value runs: `R='expr'`, `C='expr'`, `Q='expr'`, `L='expr'`, of voltages, currents and the time.
///
/// As in ngspice 39: i = m v/(r f), i = m c f dv/dt, i = m f dq/dt, v = l f/m di/dt, with f = scale (1 + tc1 dT + tc2 dT^2).
/// A charge is an unknown of its own and conserved; a capacitance or inductance stands beside the rate as written.
enum RunningElement {
  enum Law {
    case resistance, capacitance, charge, inductance

    /// What signals call the value: `@r1[r]`.
    func quantity(worth value: NodeID) -> Quantity {
      switch self {
      case .resistance: Quantity(name: "r", value: value, unit: "ohm", documentation: "resistance")
      case .capacitance: Quantity(name: "c", value: value, unit: "F", documentation: "capacitance")
      case .charge: Quantity(name: "q", value: value, unit: "C", documentation: "charge")
      case .inductance: Quantity(name: "l", value: value, unit: "H", documentation: "inductance")
      }
    }

    /// As that of an element whose value stands still.
    var topology: [TopologyFact] {
      switch self {
      case .resistance: [.conducts(0, 1)]
      case .capacitance, .charge: [.conductsInTime(0, 1)]
      case .inductance: [.conducts(0, 1), .fixesCurrent(0, 1)]
      }
    }
  }

  /// The word of a capacitor that gives its charge in place of its capacitance.
  static let charge = CardParameter("q", unit: "C", "charge as an expression")

  private static let parameters = ["tc1", "tc2", "temp", "dtemp", "m", "scale", "ic", "ac", "noisy", "tce", "age", "d"]

  /// What the value of `card` is where it runs; nil where it stands still.
  static func law(of card: BoundCard, syntax: CardSyntax) -> (law: Law, expression: Expression)? {
    if let charge = card.assignments[charge.name] { return (.charge, charge.expression) }
    guard let slot = syntax.value else { return nil }
    // A word that cannot be read is reported by whoever binds what stands still.
    var unread = DiagnosticBag()
    let value =
      card.assignments[slot.name]?.expression
      ?? card.rest.first.flatMap { $0.constantExpression(of: syntax, diagnostics: &unread) }
    guard let value else { return nil }
    if let small = card.assignments["ac"]?.expression {
      // Another resistance for .ac and .noise, where the frequency is above 0.
      let range = small.range
      let isSmallSignal = Expression.binary(.greater, .name("hertz", range), .number(0, range), range)
      return (.resistance, .conditional(isSmallSignal, small, value, range))
    }
    guard value.runs else { return nil }
    switch slot.name {
    case "r": return (.resistance, value)
    case "c": return (.capacitance, value)
    case "l": return (.inductance, value)
    default: return nil
    }
  }

  /// The element of `card`; nil after reporting what is wrong with it.
  static func bind(
    _ card: BoundCard, _ law: Law, _ expression: Expression, syntax: CardSyntax, binder: inout ElementBinder,
    function: (String) -> FunctionDefinition?, diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    let value = law == .charge ? charge.name : syntax.value?.name ?? ""
    let words = card.assignments[value] == nil ? card.rest.dropFirst() : card.rest
    if let extra = words.first {
      ElementError.unexpectedWord(extra.text.string, syntax: syntax, range: extra.range).report(to: &diagnostics)
      return nil
    }
    for assignment in card.card.assignments {
      let name = syntax.name(of: assignment.name.value)
      if name == value || parameters.contains(name) { continue }
      ElementError.unknownParameter(
        name: assignment.name.value, owner: "\(syntax.title) whose value runs", known: [value] + parameters,
        range: assignment.name.range
      ).report(to: &diagnostics)
      return nil
    }
    return withoutActuallyEscaping(function) { function in
      var scope = BehaviouralScope(
        card, title: "\(syntax.title) whose value runs", givesVoltage: law == .inductance, function: function)
      var context = LoweringContext()
      let value = context.lower(expression, in: &scope)
      let factors = scope.addFactors(of: card, to: &context)
      let node = scope.flow(law, of: value, factors, in: &context.graph)
      let failed = context.diagnostics.hasErrors || scope.failed || factors == nil
      diagnostics.append(context.diagnostics)
      guard !failed else { return nil }
      scope.topology = law.topology
      scope.ownQuantity = law.quantity(worth: scope.scaled(value, factors, in: &context.graph))
      var element = scope.element(expression: node, context: context, binder: &binder) {
        DeviceError.nonlinearRate(range: expression.range).report(to: &diagnostics)
      }
      element?.initialCondition = card.assignments["ic"]?.expression
      return element
    }
  }
}

extension BehaviouralScope {
  /// What `tc1`, `tc2`, `temp`, `dtemp`, `scale` and `m` of a card make of its value.
  struct Factors {
    var temperature: NodeID?
    var multiplicity: NodeID?
  }

  /// The factors that `card` gives; nil after reporting one that does not stand still.
  mutating func addFactors(of card: BoundCard, to context: inout LoweringContext) -> Factors? {
    func value(_ name: String) -> Expression? { card.assignments[name]?.expression }
    for name in ["tc1", "tc2", "temp", "dtemp", "scale", "m", "ic", "tce", "age", "d"] {
      guard value(name)?.isConstant(for: title, diagnostics: &context.diagnostics) ?? true else { return nil }
    }
    var factors = Factors()
    if value("tc1") != nil || value("tc2") != nil || value("tce") != nil {
      let temperature =
        value("temp").map { addParameter(.temperature, value: $0, to: &context.graph) }
        ?? parameter("temp", origin: .temperature, value: nil, in: &context)
      let nominal = parameter("tnom", origin: .nominalTemperature, value: nil, in: &context)
      var warming = context.graph.subtract(temperature, nominal)
      if value("temp") == nil, let difference = value("dtemp") {
        let slot = addParameter(.temperatureDifference, value: difference, to: &context.graph)
        warming = context.graph.add(warming, slot)
      }
      var slope = context.graph.constant(0)
      if let linear = value("tc1") {
        slope = addParameter(.linearCoefficient, value: linear, to: &context.graph)
      }
      if let quadratic = value("tc2") {
        let curve = addParameter(.quadraticCoefficient, value: quadratic, to: &context.graph)
        slope = context.graph.add(slope, context.graph.multiply(curve, warming))
      }
      factors.temperature = context.graph.add(context.graph.constant(1), context.graph.multiply(slope, warming))
      if let exponential = value("tce") {
        let slot = addParameter(Resistor.exponentialCoefficient, value: exponential, to: &context.graph)
        let exponent = context.graph.multiply(context.graph.multiply(slot, warming), Resistor.percent)
        factors.temperature = context.graph.apply(.exponential, exponent)
      }
    }
    if let age = value("age") {
      let hours = addParameter(Capacitor.age, value: age, to: &context.graph)
      let loss =
        value("d").map { addParameter(Capacitor.ageing, value: $0, to: &context.graph) }
        ?? context.graph.constant(Capacitor.usualAgeing)
      let left = context.graph.subtract(
        context.graph.constant(1), context.graph.multiply(loss, context.graph.apply(.logarithm10, hours)))
      factors.temperature = factors.temperature.map { context.graph.multiply($0, left) } ?? left
    }
    if let scale = value("scale") {
      let factor = addParameter(.scale, value: scale, to: &context.graph)
      factors.temperature = factors.temperature.map { context.graph.multiply($0, factor) } ?? factor
    }
    if let multiplicity = value("m") {
      let slot = CardParameter("m", "number of equal elements in parallel")
      factors.multiplicity = addParameter(slot, value: multiplicity, to: &context.graph)
    }
    return factors
  }

  private var isOfFrequency: Bool { parameters.contains { $0.origin == .frequency } }

  private func nonzero(_ resistance: NodeID, in graph: inout ExpressionGraph) -> NodeID {
    let sides = graph.add(
      graph.apply(.isPositive, resistance), graph.apply(.isPositive, graph.negate(resistance)))
    return graph.select(sides, resistance, graph.constant(Resistor.smallestResistance))
  }

  /// The value at the temperature of the element.
  fileprivate func scaled(_ value: NodeID, _ factors: Factors?, in graph: inout ExpressionGraph) -> NodeID {
    factors?.temperature.map { graph.multiply(value, $0) } ?? value
  }

  /// The current of the element, or the voltage of an inductance.
  fileprivate mutating func flow(
    _ law: RunningElement.Law, of value: NodeID, _ factors: Factors?, in graph: inout ExpressionGraph
  ) -> NodeID {
    let one = graph.constant(1)
    let multiplicity = factors?.multiplicity ?? one
    let scaled = scaled(value, factors, in: &graph)
    switch law {
    case .resistance:
      // `{freq}` is 0 at the operating point: as a resistance of 0 elsewhere.
      let resistance = isOfFrequency ? nonzero(scaled, in: &graph) : scaled
      return graph.divide(graph.multiply(multiplicity, graph.leaf(.variable(0))), resistance)
    case .capacitance: return graph.multiply(graph.multiply(multiplicity, scaled), graph.leaf(.rate(0)))
    case .charge: return rate(of: graph.multiply(multiplicity, scaled), in: &graph)
    case .inductance: return graph.multiply(graph.divide(scaled, multiplicity), graph.leaf(.rate(Self.current)))
    }
  }
}

extension Expression {
  /// Whether the value changes during a run: it reads a signal, the time or the frequency.
  var runs: Bool {
    switch self {
    case .probe: true
    case .name(let name, _): name == "time" || name == "hertz"
    case .number, .invalid: false
    case .unary(_, let operand, _): operand.runs
    case .binary(_, let left, let right, _): left.runs || right.runs
    case .call(_, let arguments, _): arguments.contains(where: \.runs)
    case .conditional(let condition, let then, let otherwise, _): condition.runs || then.runs || otherwise.runs
    }
  }
}
