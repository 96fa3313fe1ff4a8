internal import Kernels

extension DeviceModel {
  /// What the parameter is called that says how many devices stand side by side; nobody can write it.
  fileprivate static let factor = "m#"

  /// So many of the device side by side as its last parameter says: its currents are multiplied, and the power with
  /// them. Nil for a model with noise, whose devices are independent of each other.
  func multiplied() -> DeviceModel? {
    guard noise.isEmpty else { return nil }
    var model = self
    model.name = "\(name), several"
    let factor = model.addParameter(
      CardParameter(Self.factor, "number of equal devices in parallel"), default: 1)
    for index in model.equations.indices {
      guard case .current = model.equations[index].row else { continue }
      let resistive = model.equations[index].resistive
      model.equations[index].resistive = model.graph.multiply(factor, resistive)
      if let reactive = model.equations[index].reactive {
        model.equations[index].reactive = model.graph.multiply(factor, reactive)
      }
    }
    for index in model.quantities.indices where ["i", "p"].contains(model.quantities[index].name) {
      let value = model.quantities[index].value
      model.quantities[index].value = model.graph.multiply(factor, value)
    }
    return model
  }
}

extension ElementBinder {
  /// The parameter of model `index` that multiplies its currents; nil where it has none. In a `.memristor` block `m` may
  /// mean anything.
  package func factor(of index: Int) -> Int? {
    guard models.indices.contains(index) else { return nil }
    let names = isBlock(index) ? [DeviceModel.factor] : [DeviceModel.factor, "m"]
    return models[index].parameters.firstIndex { names.contains($0.name) && $0.origin == .card }
  }

  /// The model of several devices of `model` side by side, which has such a parameter; nil where there is none.
  package mutating func multiplied(_ model: Int) -> Int? {
    guard models.indices.contains(model), let several = models[model].multiplied() else { return nil }
    return intern(.several(of: model)) { several }
  }
}
