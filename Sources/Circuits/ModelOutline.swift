internal import Devices
internal import Kernels

/// What the elaborator asks of a model for every instance, found out once.
final class ModelOutline: Sendable {
  let model: DeviceModel
  /// Indices of the `.signal` variables in `model.variables`.
  let signals: [Int]
  /// Whether the device connects to that terminal, or only reads its voltage.
  let connects: [Bool]
  /// Terminals that the card gives: all but internal nodes.
  let externalCount: Int

  init(_ model: DeviceModel) {
    self.model = model
    signals = model.variables.indices.filter {
      if case .signal = model.variables[$0].kind { true } else { false }
    }
    var connects = [Bool](repeating: false, count: model.terminals.count)
    func connect(_ terminal: Int?) {
      if let terminal, connects.indices.contains(terminal) { connects[terminal] = true }
    }
    for equation in model.equations {
      if case .current(let from, let to) = equation.row {
        connect(from)
        connect(to)
      }
    }
    for fact in model.topology {
      let (a, b) = fact.terminals
      connect(a)
      connect(b)
    }
    self.connects = connects
    externalCount = max(0, model.terminals.count - model.internalNodeCount)
  }

  func use(of terminal: Int) -> Expansion.Use { connects[terminal] ? .connects : .reads }

  /// Values of nodes over parameters.
  func values(of nodes: [NodeID], parameters: [Double]) -> [Double] {
    model.graph.values(of: nodes) { leaf in
      if case .parameter(let index) = leaf, parameters.indices.contains(index) { parameters[index] } else { .nan }
    }
  }

  func value(of node: NodeID, parameters: [Double]) -> Double {
    model.graph.constantValue(of: node) ?? values(of: [node], parameters: parameters)[0]
  }
}

extension TopologyFact {
  /// The two terminals it is about.
  var terminals: (Int, Int) {
    switch self {
    case .conducts(let a, let b), .conductsInTime(let a, let b), .fixesVoltage(let a, let b),
      .fixesCurrent(let a, let b), .tiesVoltage(let a, let b):
      (a, b)
    }
  }
}
