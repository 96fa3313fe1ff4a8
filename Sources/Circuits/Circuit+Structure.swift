internal import Devices
internal import Kernels

extension Circuit {
  /// Whether both circuits have the same unknowns and equations, so that only values differ: what a sweep relies on
  /// to keep patterns and factorisations.
  package func hasEqualStructure(to other: Circuit) -> Bool {
    nodeNames == other.nodeNames && capacitiveNodes == other.capacitiveNodes && coilLoops == other.coilLoops
      && initialVoltages.elementsEqual(other.initialVoltages) { $0.node == $1.node }
      && guessedVoltages.elementsEqual(other.guessedVoltages) { $0.node == $1.node }
      && groups.elementsEqual(other.groups) { $0.hasEqualStructure(to: $1) }
  }
}

extension DeviceGroup {
  fileprivate func hasEqualStructure(to other: DeviceGroup) -> Bool {
    model.name == other.model.name && model.graph.operations == other.model.graph.operations
      && terminals == other.terminals && names == other.names
      && heldStarts.elementsEqual(other.heldStarts) { $0.instance == $1.instance && $0.target == $1.target }
      && initialConditions.elementsEqual(other.initialConditions) { $0.instance == $1.instance }
      && signals.elementsEqual(other.signals) { $0.elementsEqual($1) { $0.readsSame(as: $1) } }
  }
}

extension SignalBinding {
  /// Whether both read the same, constants of whatever value included.
  fileprivate func readsSame(as other: SignalBinding) -> Bool {
    if case .constant = self, case .constant = other { return true }
    return self == other
  }
}
