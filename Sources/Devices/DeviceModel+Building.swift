internal import Diagnostics
internal import Kernels

/// How a model is put together, for elements whose equations are written in Swift.
extension DeviceModel {
  /// Appends a parameter; its node.
  mutating func addParameter(_ parameter: Parameter) -> NodeID {
    parameters.append(parameter)
    return graph.leaf(.parameter(parameters.count - 1))
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

  /// Index of a variable by its name.
  package func variable(named name: String) -> Int? {
    variables.firstIndex { $0.name == name }
  }

  /// Index of a quantity by its name.
  package func quantity(named name: String) -> Int? {
    quantities.firstIndex { $0.name == name }
  }
}
