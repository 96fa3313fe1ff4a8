internal import Diagnostics
internal import Kernels

/// Parameters that several elements share.
extension CardParameter {
  static let linearCoefficient = CardParameter("tc1", unit: "1/K", "linear temperature coefficient")
  static let quadraticCoefficient = CardParameter("tc2", unit: "1/K^2", "quadratic temperature coefficient")
  static let nominalTemperature = CardParameter("tnom", unit: "C", "temperature at which values hold")
  static let temperature = CardParameter("temp", unit: "C", "temperature, the circuit's if not given")
  static let temperatureDifference = CardParameter("dtemp", unit: "K", "temperature above the circuit's")
  static let scale = CardParameter("scale", "factor of the value")
}

/// How a model is put together, for elements whose equations are written in Swift.
extension DeviceModel {
  /// Appends a parameter; its node.
  mutating func addParameter(_ parameter: Parameter) -> NodeID {
    parameters.append(parameter)
    return graph.leaf(.parameter(parameters.count - 1))
  }

  /// Appends a parameter that is the node `value` where the card does not give it; its node.
  mutating func addParameter(_ slot: CardParameter, defaultNode value: NodeID) -> NodeID {
    addParameter(
      Parameter(name: slot.name, unit: slot.unit, documentation: slot.documentation, defaultValue: value))
  }

  /// Appends a parameter that is `value` where the card does not give it; its node.
  mutating func addParameter(_ slot: CardParameter, default value: Double? = nil) -> NodeID {
    addParameter(
      Parameter(
        name: slot.name, unit: slot.unit, documentation: slot.documentation,
        defaultValue: value.map { graph.constant($0) }))
  }

  /// Appends the circuit's temperature, degrees Celsius; its node.
  mutating func addTemperature() -> NodeID {
    addParameter(
      Parameter(
        name: "temp", unit: "C", documentation: "temperature, the circuit's if not given", origin: .temperature))
  }

  /// Appends the temperature at which values hold, degrees Celsius; its node.
  mutating func addNominalTemperature() -> NodeID {
    addParameter(
      Parameter(
        name: "tnom", unit: "C", documentation: "temperature at which values hold", origin: .nominalTemperature))
  }

  /// Appends the circuit's gmin, S; its node.
  mutating func addJunctionConductance() -> NodeID {
    addParameter(
      Parameter(
        name: "gmin", unit: "S", documentation: "conductance across a junction", origin: .junctionConductance))
  }

  /// Appends `temp`, `dtemp`; the temperature above the one at which values hold, K, is their sum less `nominal`.
  mutating func addWarming(above nominal: NodeID) -> NodeID {
    let temperature = addTemperature()
    let difference = addParameter(CardParameter.temperatureDifference, default: 0)
    return graph.subtract(graph.add(temperature, difference), nominal)
  }

  /// Appends `tc1`, `tc2`; 1 + tc1 dT + tc2 dT^2.
  mutating func addTemperatureFactor(warming: NodeID) -> NodeID {
    let linear = addParameter(CardParameter.linearCoefficient, default: 0)
    let quadratic = addParameter(CardParameter.quadraticCoefficient, default: 0)
    let slope = graph.add(linear, graph.multiply(quadratic, warming))
    return graph.add(graph.constant(1), graph.multiply(warming, slope))
  }

  /// 1 where the node is 0, else 0.
  mutating func isZero(_ node: NodeID) -> NodeID {
    let square = graph.multiply(node, node)
    return graph.subtract(graph.constant(1), graph.apply(.isPositive, square))
  }

  /// Index of a parameter by its name.
  func parameter(named name: String?) -> Int? {
    parameters.firstIndex { $0.name == name }
  }

  /// Appends a variable; its node.
  mutating func addVariable(_ variable: Variable) -> NodeID {
    variables.append(variable)
    return graph.leaf(.variable(variables.count - 1))
  }

  /// Appends `v`, the voltage from the first terminal to the second; its node.
  mutating func addTerminalVoltage() -> NodeID {
    addVariable(
      Variable(name: "v", kind: .voltage(plus: 0, minus: 1), unit: "V", documentation: "voltage from p to n"))
  }

  /// Lists `i`, `v` and `p` as quantities.
  mutating func addTerminalQuantities(current: NodeID, voltage: NodeID) {
    quantities.append(Quantity(name: "i", value: current, unit: "A", documentation: "current from p to n"))
    quantities.append(Quantity(name: "v", value: voltage, unit: "V", documentation: "voltage from p to n"))
    quantities.append(
      Quantity(name: "p", value: graph.multiply(voltage, current), unit: "W", documentation: "power into the device"))
  }

  /// Whether a current flows through the device, and so `i`, `v` and `p` mean something: not through a coupling of coils.
  package var carriesCurrent: Bool {
    quantity(named: "i") != nil || topology.contains { if case .tiesVoltage = $0 { true } else { false } }
  }

  /// Index of a variable by its name.
  package func variable(named name: String) -> Int? {
    variables.firstIndex { $0.name == name }
  }

  /// Index of a quantity by its name.
  package func quantity(named name: String) -> Int? {
    quantities.firstIndex { $0.name == name }
  }
}
