internal import Diagnostics

/// The words of every complaint about a circuit.
extension CircuitError {
  var diagnostic: Diagnostic {
    switch self {
    case .redefinedParameter, .cyclicParameter, .impossibleTemperature, .missingTemperature, .nominalValue:
      parameterDiagnostic
    case .fractionalName, .zeroStep, .emptyRepetition, .endlessRepetition, .endlessBound, .nestedTooDeep:
      repetitionDiagnostic
    case .duplicateDevice, .missingParameter, .parameterOutOfRange, .startOutOfRange, .shortedResistor:
      deviceDiagnostic
    case .unknownModel, .memristorLevel, .unknownModelType, .foreignModelType, .foreignModel,
      .cyclicModel, .shadowedLibrary:
      modelDiagnostic
    case .instanceWithoutSubcircuit, .unknownSubcircuit, .recursiveSubcircuit, .portCount,
      .missingArgument,
      .unmultipliedDevice, .tooManyDevices, .unknownArgument:
      subcircuitDiagnostic
    case .malformedInitialCondition, .notAState, .unknownNode, .unknownDevice, .unknownQuantity, .withoutQuantity:
      referenceDiagnostic
    case .noElements, .noGround, .coilLoop, .voltageLoop, .floatingNodes, .currentSourceCut, .noDirectPath,
      .danglingNode,
      .impossibleCoupling:
      topologyDiagnostic
    }
  }

  private var parameterDiagnostic: Diagnostic {
    switch self {
    case .redefinedParameter(let name, let first):
      Diagnostic(
        .warning, "redefined-parameter", "'\(name.value)' is given a second value; this one counts everywhere",
        at: name.range, labels: [Label(first, "this value is not used")])
    case .cyclicParameter(let names, let ranges):
      Diagnostic(
        .error, "cyclic-parameter",
        names.count == 1
          ? "the value of '\(names[0])' depends on itself"
          : "these parameters depend on each other: \((names + names.prefix(1)).joined(separator: " -> "))",
        at: ranges.first ?? nil, caption: "cannot be evaluated",
        labels: zip(ranges, names).dropFirst().prefix(6).compactMap { range, name in
          range.map { Label($0, "'\(name)' is part of the circle") }
        })
    case .impossibleTemperature(let range, let celsius):
      Diagnostic(
        .error, "impossible-temperature", "\(AllowedRange.text(celsius)) C is not above absolute zero (-273.15 C)",
        at: range, notes: ["temperatures are given in degrees Celsius"])
    case .missingTemperature(let range):
      Diagnostic(.error, "missing-temperature", "'.temp' wants a temperature in degrees Celsius", at: range)
    case .nominalValue(let range):
      Diagnostic(
        .note, "nominal-value", "random parameters have their nominal values: nothing varies them", at: range,
        fixIts: [FixIt("write .mc 100 for a hundred samples")])
    default: repetitionDiagnostic
    }
  }

  private var repetitionDiagnostic: Diagnostic {
    switch self {
    case .fractionalName(let range, let value):
      Diagnostic(
        .error, "fractional-name", "a name needs an integer, and this is \(AllowedRange.text(value))", at: range,
        notes: ["arithmetic is real: k/2 is 0.5 for k = 1"], fixIts: [FixIt("write int(...) to round it down")])
    case .zeroStep(let range, let variable):
      Diagnostic(.error, "zero-step", "'.for \(variable)' never ends: its step is 0", at: range)
    case .emptyRepetition(let range, let variable, let first, let last, let step):
      Diagnostic(
        .note, "empty-repetition",
        "'.for \(variable)' makes no pass: \(AllowedRange.text(first)) is already past \(AllowedRange.text(last))",
        at: range, notes: step < 0 ? [] : first > last ? ["to count downwards write 'step -1'"] : [])
    case .endlessRepetition(let range, let variable, let count, let limit):
      Diagnostic(
        .error, "endless-repetition",
        "'.for \(variable)' makes \(AllowedRange.text(count)) passes", at: range,
        notes: ["all .for blocks together may make \(limit)"])
    case .endlessBound(let range, let value):
      Diagnostic(.error, "endless-repetition", "a bound of .for is \(value), not a number to count to", at: range)
    case .nestedTooDeep(let range, let limit):
      Diagnostic(
        .error, "nested-too-deep", "subcircuits and .for blocks stand more than \(limit) deep inside each other",
        at: range)
    default: deviceDiagnostic
    }
  }

  private var deviceDiagnostic: Diagnostic {
    switch self {
    case .duplicateDevice(let range, let name, let first):
      Diagnostic(
        .error, "duplicate-device", "there are two elements named '\(name)'", at: range,
        labels: first == range ? [] : [Label(first, "the first is here")],
        notes: first == range
          ? ["the line is repeated by .for: put the loop variable into the name, as in \(name)_{k}"] : [])
    case .missingParameter(let range, let device, let parameter, let unit):
      Diagnostic(
        .error, "missing-parameter",
        "'\(device)' needs a value for '\(parameter)'\(unit.isEmpty || unit == "-" ? "" : " (\(unit))")", at: range,
        caption: "expected \(parameter)=VALUE")
    case .parameterOutOfRange(let range, let device, let parameter, let value, let allowed, let element):
      Diagnostic(
        .error, "parameter-out-of-range",
        "'\(parameter)' of '\(device)' is \(AllowedRange.text(value)), outside \(allowed)", at: range,
        labels: element.map { [Label($0, "'\(device)' is here")] } ?? [])
    case .startOutOfRange(let range, let device, let state, let value, let allowed):
      Diagnostic(
        .error, "start-out-of-range",
        "'\(state)' of '\(device)' cannot begin at \(AllowedRange.text(value)), outside \(allowed)", at: range)
    case .shortedResistor(let range):
      Diagnostic(
        .note, "shorted-resistor", "both ends of this resistor are the same node: it is left out", at: range)
    default: modelDiagnostic
    }
  }

  /// Names that are taken for SPICE's types of models.
  private static let modelTypes = [
    "diode": "d", "resistor": "r", "res": "r", "capacitor": "c", "cap": "c", "inductor": "l", "ind": "l",
    "switch": "sw",
  ]

  /// What may be meant by a word that stands where a value is expected.
  private static func valueAdvice(_ word: String) -> String {
    let suffixes = ["t", "g", "meg", "k", "mil", "m", "u", "n", "p", "f"]
    return suffixes.contains(word)
      ? "a suffix follows its number without a blank: 1\(word)"
      : "parameters of an element are written name=value; an element of two ends names two nodes"
  }

  private var modelDiagnostic: Diagnostic {
    switch self {
    case .unknownModel(let range, let name, let suggestion, let isValue, let isParameter):
      Diagnostic(
        .error, "unknown-model",
        isValue ? "'\(name)' is neither a number nor a model" : "there is no model '\(name)'", at: range,
        caption: isValue
          ? "expected a number, {expression} or the name of a .model" : "neither in the netlist nor in the library",
        notes: isValue && !isParameter ? [Self.valueAdvice(name)] : [],
        fixIts: isValue && isParameter
          ? [FixIt("'\(name)' is a parameter: write {\(name)}", replacing: range, with: "{\(name)}")]
          : Self.spelling(suggestion, at: range))
    case .memristorLevel(let range, let level):
      Diagnostic(
        .error, "memristor-level",
        level.map { "there is no memristor of level \(AllowedRange.text($0)) here" }
          ?? "a memristor of Xyce needs a level",
        at: range,
        notes: ["level=2 is TEAM, level=3 Yakopcic's model, level=4 the piecewise empirical one"],
        fixIts: [FixIt("for a model of your own write a .memristor block")])
    case .unknownModelType(let range, let type, let suggestion):
      Diagnostic(
        .error, "unknown-model", "'\(type)' is neither a memristor of the netlist or the library nor a type of SPICE",
        at: range, fixIts: Self.spelling(Self.modelTypes[type] ?? suggestion, at: range))
    case .foreignModelType(let range, let type, let title):
      Diagnostic(
        .note, "foreign-model", "a model of type '\(type)' is that of \(title), which neuristor does not have",
        at: range,
        notes: [
          "the types R, C, L, D, SW and CSW are known, and '.model NAME memristor_name(parameter=value ...)'; other equations can be written in a B source or a .memristor block"
        ])
    case .foreignModel(let range, let name, let definition):
      Diagnostic(
        .error, "foreign-model", "the model '\(name)' is of a type that neuristor does not have", at: range,
        labels: [Label(definition, "its type")])
    case .cyclicModel(let range, let names):
      Diagnostic(
        .error, "cyclic-model", "these models stand on each other: \(names.joined(separator: " -> "))", at: range)
    case .shadowedLibrary(let range, let name):
      Diagnostic(
        .note, "shadows-library", "'\(name)' of the netlist is used instead of the library's", at: range)
    default: subcircuitDiagnostic
    }
  }

  private var subcircuitDiagnostic: Diagnostic {
    switch self {
    case .instanceWithoutSubcircuit(let range, let name):
      Diagnostic(
        .error, "instance-without-subcircuit", "'\(name)' names no subcircuit", at: range,
        caption: "expected \(name) NODE ... SUBCIRCUIT [parameter=value ...]")
    case .unknownSubcircuit(let range, let name, let suggestion):
      Diagnostic(
        .error, "unknown-subcircuit", "there is no subcircuit '\(name)'", at: range,
        caption: "neither in the netlist nor in the library", fixIts: Self.spelling(suggestion, at: range))
    case .recursiveSubcircuit(let range, let chain):
      Diagnostic(
        .error, "recursive-subcircuit", "the subcircuit contains itself: \(chain.joined(separator: " -> "))", at: range)
    case .portCount(let range, let instance, let given, let subcircuit, let ports, let definition):
      Diagnostic(
        .error, "port-count",
        "'\(instance)' gives \(Self.counted(given, "node")), but '\(subcircuit)' has \(Self.counted(ports.count, "port"))",
        at: range, caption: ports.isEmpty ? "" : "expected nodes for \(ports.joined(separator: " "))",
        labels: [Label(definition, "'\(subcircuit)' is defined here")])
    case .unmultipliedDevice(let range, let device, let count):
      Diagnostic(
        .error, "unmultiplied-device",
        "'\(device)' has noise of its own and cannot stand for \(AllowedRange.text(count)) devices",
        at: range, notes: ["write as many instances as there are subcircuits side by side"])
    case .missingArgument(let range, let instance, let parameter, let subcircuit, let definition):
      Diagnostic(
        .error, "missing-subcircuit-parameter", "'\(instance)' gives no value to '\(parameter)' of '\(subcircuit)'",
        at: range, caption: "expected \(parameter)=VALUE", labels: [Label(definition, "it has no default")])
    case .tooManyDevices(let range, let limit):
      Diagnostic(
        .error, "circuit-too-large", "from here on the circuit has more than \(limit) elements", at: range,
        notes: ["subcircuits inside each other multiply"])
    case .unknownArgument(let range, let name, let subcircuit, let suggestion, let known, let isIgnored):
      Self.unknownArgument(range, name: name, of: subcircuit, suggestion, known: known, isIgnored: isIgnored)
    default: referenceDiagnostic
    }
  }

  private static func unknownArgument(
    _ range: SourceRange, name: String, of subcircuit: String, _ suggestion: String?, known: [String], isIgnored: Bool
  ) -> Diagnostic {
    var diagnostic = Diagnostic(
      .error, "unknown-subcircuit-parameter", "the subcircuit '\(subcircuit)' has no parameter '\(name)'", at: range,
      notes: [known.isEmpty ? "it has no parameters" : "it has \(known.joined(separator: ", "))"],
      fixIts: spelling(suggestion, at: range))
    if isIgnored { (diagnostic.severity, diagnostic.caption) = (.warning, "left out") }
    return diagnostic
  }

  private var referenceDiagnostic: Diagnostic {
    switch self {
    case .malformedInitialCondition(let range, let directive, let text):
      Diagnostic(
        .error, "malformed-initial-condition",
        text.isEmpty ? "'.\(directive)' gives no value" : "'.\(directive)' cannot give a value to '\(text)'", at: range,
        caption: directive == "ic" ? "expected v(node)=VALUE or @device[state]=VALUE" : "expected v(node)=VALUE")
    case .notAState(let range, let device, let name, let model, let states, let suggestion):
      Diagnostic(
        .error, "not-a-state", "'\(name)' is no state of '\(device)' (\(model))", at: range,
        notes: [states.isEmpty ? "the device has no states" : "its states are \(states.joined(separator: ", "))"],
        fixIts: Self.spelling(suggestion, at: nil))
    case .unknownNode(let range, let name, let isHeld, let suggestion):
      Diagnostic(
        isHeld ? .warning : .error, "unknown-node", "no element connects to a node '\(name)'", at: range,
        caption: isHeld ? "ignored" : "",
        fixIts: Self.spelling(suggestion, at: nil))
    case .unknownDevice(let range, let name, let suggestion):
      Diagnostic(
        .error, "unknown-device", "there is no element '\(name)'", at: range,
        fixIts: Self.spelling(suggestion, at: nil))
    case .unknownQuantity(let range, let device, let name, let model, let known, let suggestion):
      Diagnostic(
        .error, "unknown-quantity", "'\(device)' (\(model)) has no quantity '\(name)'", at: range,
        notes: ["it has \(known.joined(separator: ", "))"], fixIts: Self.spelling(suggestion, at: nil))
    case .withoutQuantity(let range, let device, let model, let quantity, let reader):
      Diagnostic(
        .error, "without-quantity", "'\(device)' is a \(model) and has no \(quantity), which a \(reader) reads",
        at: range, caption: "no \(quantity)")
    default: topologyDiagnostic
    }
  }

  private var emptyTitle: SourceRange? { if case .noElements(let title) = self { title } else { nil } }

  private var topologyDiagnostic: Diagnostic {
    switch self {
    case .noGround(let range):
      Diagnostic(
        .error, "no-ground", "no element connects to ground", at: range, caption: "for one, the first element",
        notes: ["ground is the node '0' or 'gnd'; voltages are measured against it"])
    case .coilLoop(let range, let devices, let others):
      Diagnostic(
        .warning, "coil-loop", "these elements form a loop without resistance: \(devices.joined(separator: ", "))",
        at: range, labels: others.prefix(8).map { Label($0.range, "'\($0.name)' is part of the loop") },
        notes: ["nothing decides its direct current; at the operating point '\(devices.last ?? "")' carries none"],
        fixIts: [FixIt("put the resistance of the winding into the loop")])
    case .voltageLoop(let range, let devices, let others):
      Diagnostic(
        .error, "voltage-loop",
        devices.count == 1
          ? "both ends of the voltage source '\(devices[0])' are the same node"
          : "these voltage sources form a loop: \(devices.joined(separator: ", "))", at: range,
        labels: others.prefix(8).map { Label($0.range, "'\($0.name)' is part of the loop") },
        notes: ["the voltages round a loop add up to 0 whatever the sources say, so its current is not determined"],
        fixIts: [FixIt("put a resistor into the loop, or take one source out")])
    case .floatingNodes(let range, let nodes, let device):
      Diagnostic(
        .error, "floating-node", "\(Self.listed(nodes, "has", "have")) no path to ground", at: range,
        caption: device.map { "'\($0)' connects there" } ?? "",
        fixIts: [
          FixIt(
            "connect \(nodes.count == 1 ? "it" : "them") to the rest of the circuit, for example by a resistor of 1g to ground"
          )
        ])
    case .currentSourceCut(let range, let nodes, let sources):
      Diagnostic(
        .error, "current-source-cut",
        "\(Self.listed(nodes, "is", "are")) held by nothing but the current of \(Self.quoted(sources))", at: range,
        notes: ["a current that must flow whatever the voltage leaves the voltage undetermined"],
        fixIts: [FixIt("give the current another path, for example a resistor of 1g to ground")])
    case .noDirectPath(let range, let nodes, let count):
      Diagnostic(
        .warning, "no-dc-path",
        "\(Self.listed(nodes, "has", "have", count: count)) no path for direct current to ground", at: range,
        notes: ["at the operating point such a node is tied to ground by 1e-12 S"],
        fixIts: [FixIt("give it a large resistor to ground, or start with 'uic'")])
    case .danglingNode(let range, let nodes, let count):
      Diagnostic(
        .note, "dangling-node", "\(Self.listed(nodes, "has", "have", count: count)) only one connection", at: range)
    case .impossibleCoupling(let range, let coils):
      Diagnostic(
        .warning, "impossible-coupling", "the couplings of \(Self.quoted(coils)) contradict one another", at: range,
        caption: "the energy of their field could be negative",
        notes: ["two coils that are both bound to a third are bound to one another as well"])
    default:
      Diagnostic(
        .error, "no-elements", "the netlist holds no elements", at: emptyTitle, caption: "the title",
        notes: ["the first line is the title, whatever stands in it; elements begin on the second"])
    }
  }

  private static func spelling(_ suggestion: String?, at range: SourceRange?) -> [FixIt] {
    suggestion.map { [FixIt("did you mean '\($0)'?", replacing: range, with: range == nil ? nil : $0)] } ?? []
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  private static func quoted(_ names: [String]) -> String {
    let shown = names.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
  }

  /// `node 'a' has`, `nodes 'a', 'b' and 5 more have`.
  private static func listed(_ names: [String], _ one: String, _ many: String, count: Int? = nil) -> String {
    let count = count ?? names.count
    if count == 1 { return "node \(quoted(names)) \(one)" }
    let shown = names.prefix(4)
    let more = count > shown.count ? " and \(count - shown.count) more" : ""
    return "nodes \(quoted(Array(shown)))\(more) \(many)"
  }
}
