internal import Diagnostics

/// What can be wrong with the meaning of a netlist as a circuit.
enum CircuitError: Error {
  // Parameters and temperature.
  case redefinedParameter(Located<String>, first: SourceRange)
  case cyclicParameter(names: [String], ranges: [SourceRange?])
  case impossibleTemperature(SourceRange, celsius: Double)
  case missingTemperature(SourceRange)
  case nominalValue(SourceRange)

  // Repetitions and names.
  case fractionalName(SourceRange, value: Double)
  case zeroStep(SourceRange, variable: String)
  case emptyRepetition(SourceRange, variable: String, first: Double, last: Double, step: Double)
  case endlessRepetition(SourceRange, variable: String, count: Double, limit: Int)
  case endlessBound(SourceRange, value: Double)
  case nestedTooDeep(SourceRange, limit: Int)

  // Devices and their parameters.
  case duplicateDevice(SourceRange, name: String, first: SourceRange)
  case missingParameter(SourceRange, device: String, parameter: String, unit: String)
  case parameterOutOfRange(
    SourceRange, device: String, parameter: String, value: Double, allowed: AllowedRange, element: SourceRange?)
  case startOutOfRange(SourceRange, device: String, state: String, value: Double, allowed: AllowedRange)
  case shortedResistor(SourceRange)

  // Models.
  /// `isValue`: the word stands where an element may give its value instead; `isParameter`: a parameter is so called.
  case unknownModel(SourceRange, name: String, suggestion: String?, isValue: Bool, isParameter: Bool)
  /// A level of Xyce's memristors that is none; nil where none is given.
  case memristorLevel(SourceRange, level: Double?)
  case unknownModelType(SourceRange, type: String, suggestion: String?)
  case foreignModelType(SourceRange, type: String, title: String)
  case foreignModel(SourceRange, name: String, definition: SourceRange)
  case cyclicModel(SourceRange, names: [String])
  case shadowedLibrary(SourceRange, name: String)

  // Subcircuits.
  case instanceWithoutSubcircuit(SourceRange, name: String)
  case unknownSubcircuit(SourceRange, name: String, suggestion: String?)
  case recursiveSubcircuit(SourceRange, chain: [String])
  case portCount(
    SourceRange, instance: String, given: Int, subcircuit: String, ports: [String],
    definition: SourceRange)
  case unmultipliedDevice(SourceRange, device: String, count: Double)
  case missingArgument(
    SourceRange, instance: String, parameter: String, subcircuit: String, definition: SourceRange)
  case tooManyDevices(SourceRange, limit: Int)
  case unknownArgument(
    SourceRange, name: String, subcircuit: String, suggestion: String?, known: [String], isIgnored: Bool)

  // Directives and what they refer to.
  case malformedInitialCondition(SourceRange, directive: String, text: String)
  case notAState(
    SourceRange, device: String, name: String, model: String, states: [String], suggestion: String?)
  /// `isHeld`: by `.ic` or `.nodeset`, which then say nothing.
  case unknownNode(SourceRange, name: String, isHeld: Bool, suggestion: String?)
  case unknownDevice(SourceRange, name: String, suggestion: String?)
  case unknownQuantity(
    SourceRange, device: String, name: String, model: String, known: [String], suggestion: String?)

  /// `reader`, a coupling, wants a quantity that the device does not have.
  case withoutQuantity(SourceRange, device: String, model: String, quantity: String, reader: String)

  // Topology.
  case noElements(SourceRange)
  case noGround(SourceRange?)
  /// Coils and voltages in a loop without resistance.
  case coilLoop(SourceRange, devices: [String], others: [(range: SourceRange, name: String)])
  case voltageLoop(SourceRange, devices: [String], others: [(range: SourceRange, name: String)])
  case floatingNodes(SourceRange?, nodes: [String], devices: String?)
  case currentSourceCut(SourceRange?, nodes: [String], sources: [String])
  case noDirectPath(SourceRange?, nodes: [String], count: Int)
  case impossibleCoupling(SourceRange?, coils: [String])
  case danglingNode(SourceRange?, nodes: [String], count: Int)
}

extension DiagnosticBag {
  mutating func report(_ error: CircuitError) {
    report(error.diagnostic)
  }
}
