internal import Devices
internal import Diagnostics
internal import Kernels
internal import Netlists
internal import Waveforms

/// The card of one model of the library: what it is, and every number and signal it can be given or asked for.
public struct ModelDescription: Sendable {
  /// What a netlist uses it as.
  public enum Kind: String, Sendable {
    /// A `.memristor`, used by N elements.
    case memristor
    /// A `.model` on a memristor, used by N elements.
    case model
    /// A `.subckt`, used by X elements.
    case subcircuit
  }

  /// One parameter, input, state or quantity.
  public struct Entry: Sendable, Hashable {
    /// In lower case.
    public let name: String
    /// Empty for none.
    public let unit: String
    /// What it is worth where nothing else is given; empty where it follows from others or must be given.
    public let value: String
    /// `[0, inf)`; empty for any number.
    public let range: String
    /// The comment it was declared with.
    public let documentation: String
  }

  /// As a netlist names it.
  public let name: String
  /// What a netlist uses it as.
  public let kind: Kind
  /// The comment behind its name, often the paper it comes from.
  public internal(set) var summary = ""
  /// Its `about` lines: class, source, doi, status.
  public internal(set) var about: [(key: String, text: String)] = []
  /// In the order of the element's line.
  public internal(set) var terminals: [String] = []
  /// What `name=value` on the element's line may set.
  public internal(set) var parameters: [Entry] = []
  /// What an element may bind to signals.
  public internal(set) var inputs: [Entry] = []
  /// States and algebraic unknowns, and discrete memories.
  public internal(set) var states: [Entry] = []
  /// What else `@device[name]` reads.
  public internal(set) var quantities: [Entry] = []
  /// The text it is made from.
  public internal(set) var text = ""
}

extension ModelDescription {
  init(_ model: DeviceModel, named name: String) {
    self.init(name: name, kind: .memristor)
    summary = model.card.summary
    about = model.card.about
    terminals = Array(model.terminals.dropLast(model.internalNodeCount))
    parameters = model.parameters.map { parameter in
      Entry(
        name: parameter.name, unit: parameter.unit, value: model.text(of: parameter.defaultValue),
        range: model.text(of: parameter.allowed), documentation: parameter.documentation)
    }
    for variable in model.variables {
      switch variable.kind {
      case .signal(let value): inputs.append(Entry(variable, value: model.text(of: value), in: model))
      case .state, .algebraic: states.append(Entry(variable, value: variable.start.text(in: model), in: model))
      case .voltage, .current, .waveform, .charge, .delayed: break
      }
    }
    states += model.memories.map {
      Entry(name: $0.name, unit: "", value: model.text(of: $0.start), range: "", documentation: $0.documentation)
    }
    let listed = Set((parameters + inputs + states).map(\.name))
    quantities = model.quantities.filter { !listed.contains($0.name) }.map {
      Entry(name: $0.name, unit: $0.unit, value: "", range: "", documentation: $0.documentation)
    }
  }

  init(_ subcircuit: Subcircuit) {
    self.init(name: subcircuit.name.value, kind: .subcircuit)
    terminals = subcircuit.ports.map(\.value)
    parameters = subcircuit.requiredParameters.map {
      Entry(name: $0.value, unit: "", value: "", range: "", documentation: "must be given")
    }
    parameters += subcircuit.parameters.map(Entry.init)
  }

  init(_ model: ModelDefinition) {
    self.init(name: model.name.value, kind: .model)
    parameters = model.assignments.map(Entry.init)
  }
}

extension ModelDescription.Entry {
  fileprivate init(_ variable: Variable, value: String, in model: DeviceModel) {
    let bounds = variable.bounds
    let range = ParameterRange(
      lower: bounds.lower, upper: bounds.upper, includesLower: bounds.holdsLower, includesUpper: bounds.holdsUpper)
    self.init(
      name: variable.name, unit: variable.unit, value: value, range: model.text(of: range),
      documentation: variable.documentation)
  }

  fileprivate init(_ assignment: Assignment) {
    self.init(
      name: assignment.name.value, unit: "", value: assignment.value.string, range: "", documentation: "")
  }
}

extension Start {
  fileprivate func text(in model: DeviceModel) -> String {
    switch self {
    case .none: ""
    case .value(let node), .guess(let node): model.text(of: node)
    case .steady: "steady"
    }
  }
}

extension DeviceModel {
  /// The number that `node` is, or nothing where it depends on others.
  fileprivate func text(of node: NodeID?) -> String {
    guard let node, let value = graph.constantValue(of: node) else { return "" }
    return NumberFormat.spice(value, digits: 12)
  }

  fileprivate func text(of range: ParameterRange) -> String {
    if range.lower == nil, range.upper == nil { return "" }
    func limit(_ node: NodeID?, _ none: String) -> String {
      guard let node else { return none }
      let text = text(of: node)
      return text.isEmpty ? "..." : text
    }
    let opening = range.includesLower && range.lower != nil ? "[" : "("
    let closing = range.includesUpper && range.upper != nil ? "]" : ")"
    return "\(opening)\(limit(range.lower, "-inf")), \(limit(range.upper, "inf"))\(closing)"
  }
}
