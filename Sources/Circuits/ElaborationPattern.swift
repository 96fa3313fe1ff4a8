internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// An elaboration that others of its netlist repeat with other values of parameters. It is known which names every card of a
/// device takes values from: where other values reach such cards alone, these are read again and all else stays as it is.
struct ElaborationPattern: Sendable {
  /// A device of a card of the top level.
  struct Device: Sendable {
    var name: String
    var card: Card
    var element: BoundElement
    /// What its model's text gives.
    var given: [ResolvedModel.Value]
    /// The names of the top level that its values were taken from.
    var reads: Set<String>
    var place: DeviceReference
  }

  let elaboration: Elaboration
  /// What the elaboration was told from outside.
  let overrides: [String: Double]
  let requestedTransient: (step: Double, stop: Double)?
  let functions: [FunctionDefinition]
  /// The parameters of the top level, each behind those it reads, and what they were worth.
  let assignments: [Assignment]
  let values: [String: Double]
  let builtins: [String: Double]
  /// Names that more than values of devices hang on.
  let fixed: Set<String>
  let devices: [Device]
  /// What was said of the circuit, whatever its values.
  let complaints: DiagnosticBag
  let nominalTemperature: Double
  let junctionConductance: Double

  /// Whether what is set from outside differs in values of parameters at most.
  func holds(for overrides: [String: Double], transient: (step: Double, stop: Double)?) -> Bool {
    requestedTransient?.step == transient?.step && requestedTransient?.stop == transient?.stop
      && self.overrides.count == overrides.count
      && self.overrides.allSatisfy { name, value in
        overrides[name].map { $0 == value || values[name] != nil } ?? false
      }
  }

  /// The parameters of the top level that are worth something else in `scope`; nil where one of them reaches more than devices.
  func changes(in scope: LevelScope) -> Set<String>? {
    var changes: Set<String> = []
    for (name, value) in scope.values where values[name]?.bitPattern != value.bitPattern {
      if fixed.contains(name) { return nil }
      changes.insert(name)
    }
    return changes
  }
}

/// Collects a pattern while a netlist is elaborated.
struct PatternRecorder {
  /// Names read where no device's values are.
  let reads = OuterReads()
  private(set) var devices: [ElaborationPattern.Device] = []
  /// Something was said of values: others may deserve something else.
  private(set) var hasDoubts = false
  /// Read, not placed yet.
  private var pending: ElaborationPattern.Device?

  mutating func noteComplaint() { hasDoubts = true }

  /// Takes note of a device that is to be placed next.
  mutating func note(_ device: ElaborationPattern.Device) { pending = device }

  /// Keeps the device noted last unless `assembler` has left it out: a resistor whose nodes are one.
  mutating func settle(_ assembler: Assembler) {
    if let device = pending, assembler.nextDevice(of: device.element.model) != device.place { devices.append(device) }
    pending = nil
  }
}

extension Flattener {
  /// What this elaboration leaves for others; nil where one could be more than this one with other values.
  func pattern(for elaboration: Elaboration) -> ElaborationPattern? {
    guard let recorder, !recorder.hasDoubts, let plan, modelValues.isEmpty, !random.isSampling,
      random.nominalPlace == nil,
      assembler.pendingSignals.isEmpty, assembler.pendingStarts.isEmpty
    else { return nil }
    var assignments: [Assignment] = []
    for step in plan.steps {
      guard case .parameter(let assignment) = step else { return nil }
      assignments.append(assignment)
    }
    return ElaborationPattern(
      elaboration: elaboration, overrides: overrides, requestedTransient: requestedTransient,
      functions: plan.functions, assignments: assignments, values: top.values, builtins: builtins.values,
      fixed: recorder.reads.names, devices: recorder.devices, complaints: diagnostics,
      nominalTemperature: nominalTemperature,
      junctionConductance: junctionConductance)
  }

  /// The elaboration of `pattern` with what parameters are worth here; nil where that is not all, or something is wrong
  /// with them: the whole has to be elaborated.
  mutating func elaboration(like pattern: ElaborationPattern) -> Elaboration? {
    guard !random.isSampling, modelValues.isEmpty, pattern.holds(for: overrides, transient: requestedTransient) else {
      return nil
    }
    for (name, value) in pattern.builtins { builtins.set(name, to: value) }
    (temperature, transient) = (pattern.elaboration.temperature, pattern.elaboration.transient)
    (nominalTemperature, junctionConductance) = (pattern.nominalTemperature, pattern.junctionConductance)
    for (name, value) in overrides where pattern.values[name] != nil { top.fix(name, at: value) }
    for function in pattern.functions { top.definitions.add(function) }
    for assignment in pattern.assignments { evaluate(assignment, top) }
    guard let changes = pattern.changes(in: top) else { return nil }
    var elaboration = pattern.elaboration
    var changed: [Int: [(instance: Int, values: DeviceValues)]] = [:]
    for device in pattern.devices where !device.reads.isDisjoint(with: changes) {
      let values = values(of: device.element, given: device.given, device: device.name, device.card, top)
      guard let values else { return nil }
      changed[device.place.group, default: []].append((device.place.instance, values))
    }
    // Also a warning: the elaboration of the whole says it in its place.
    guard diagnostics.diagnostics.isEmpty, random.nominalPlace == nil else { return nil }
    for (group, devices) in changed {
      elaboration.circuit.groups[group].put(devices, waveforms: assembler.waveforms)
    }
    elaboration.scope = parameterScope
    return elaboration
  }
}

extension DeviceGroup {
  /// Puts what cards say into the places of their devices.
  fileprivate mutating func put(
    _ devices: [(instance: Int, values: DeviceValues)], waveforms shapes: [SourceWaveform]
  ) {
    for parameter in parameters.indices {
      parameters[parameter] = parameters[parameter].replacing(
        devices.map { ($0.instance, $0.values.parameters[parameter]) }, count: count)
    }
    for (instance, values) in devices {
      if let waveform = values.waveform { waveforms.put(shapes[Int(waveform)], for: instance) }
      if let initial = values.initialCondition,
        let place = initialConditions.firstIndex(where: { $0.instance == instance })
      {
        initialConditions[place].value = initial
      }
    }
    let starts = devices.flatMap { instance, values in
      values.heldStarts.map { HeldStart(instance: instance, target: $0.target, value: $0.value) }
    }
    if !starts.isEmpty { heldStarts.override(by: starts) }
  }
}

extension Column {
  /// The column with other values for some instances, one number where all of `count` are equal.
  func replacing(_ changes: [(instance: Int, value: Double)], count: Int) -> Column {
    if changes.allSatisfy({ self[$0.instance].bitPattern == $0.value.bitPattern }) { return self }
    var values = (0..<count).map { self[$0] }
    for change in changes { values[change.instance] = change.value }
    var column = GrowingColumn()
    for value in values { column.append(value) }
    return column.column
  }
}
