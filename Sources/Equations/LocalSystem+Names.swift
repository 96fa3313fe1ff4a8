internal import Devices
internal import Kernels

/// Names for what a group's equations read and write, as `inspect` prints them.
extension LocalSystem {
  /// The name of a variable: the model's own, or `charge` for a non-linear charge's unknown.
  func name(ofVariable index: Int) -> String { index < variables.count ? variables[index].name : "?" }

  func name(of leaf: Leaf, in model: DeviceModel) -> String {
    switch leaf {
    case .time: return "time"
    case .parameter(let index): return model.parameters[index].name
    case .derived(let index): return "derived\(index)"
    case .mode(let index): return "mode\(index)"
    case .memory(let index): return model.memories[index].name
    case .draw(let index): return "\(model.draws[index])\(index)"
    case .rate(let index): return "ddt(\(name(ofVariable: index)))"
    case .variable(let index):
      if index < variables.count { return variables[index].name }
      if leaf == slope { return "cj" }
      for (position, variable) in internals.enumerated() {
        let name = name(ofVariable: variable)
        if leaf == heldFlag(position) { return "given(\(name))" }
        if leaf == heldValue(position) { return "start(\(name))" }
        if leaf == pinned(position) { return "pinned(\(name))" }
      }
      return "?"
    }
  }

  /// The name of a row outside: `i(p,n)`, `branch`, or the quantity that others read.
  func name(of output: Output, in model: DeviceModel) -> String {
    switch output {
    case .current(let from, let to): return "i(\(model.terminals[from]),\(to.map { model.terminals[$0] } ?? "0"))"
    case .branch: return "branch"
    case .branchRead(let signal): return "branch of signal \(signal + 1)"
    case .repeated(let node):
      if let quantity = model.quantities.first(where: { $0.value == node }) { return "read \(quantity.name)" }
      if case .leaf(let leaf) = graph[node] { return "read \(name(of: leaf, in: model))" }
      return "read"
    }
  }

  /// Every row in order: those outside, then `0 (x)` for each internal unknown x.
  func rowNames(in model: DeviceModel) -> [String] {
    outputs.map { name(of: $0, in: model) } + internals.map { "0 (\(name(ofVariable: $0)))" }
  }
}
