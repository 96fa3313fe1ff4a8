internal import Circuits
package import Diagnostics
internal import Devices
internal import Kernels

/// What changes in a user's words.
extension SystemEvaluator {
  /// `the comparison v - vth > 0 of n1`, `the switch s1`, `on rise(u - 1) of n1`, `the bound of @n1[x]`.
  package func name(of change: Change) -> String {
    let group = groups[change.group]
    let device = group.group.names[change.instance]
    func formula(_ node: NodeID) -> String {
      GraphPrinter(group.model.graph, roots: [node]) { group.local.name(of: $0, in: group.model) }.formula(of: node)
    }
    switch change.kind {
    case .mode(let k):
      let condition = group.model.guards[k]
      if condition.start != nil { return "the switch \(device)" }
      return "the comparison \(formula(condition.argument)) \(condition.includesZero ? ">=" : ">") 0 of \(device)"
    case .event(let k):
      let event = group.model.events[k]
      return "on \(event.edge)(\(formula(event.argument))) of \(device)"
    case .pin(let position, _), .release(let position):
      return "the bound of @\(device)[\(group.local.name(ofVariable: group.local.internals[position]))]"
    }
  }

  /// Where the device that changes was written.
  package func range(of change: Change) -> SourceRange? {
    let group = groups[change.group].group
    return change.instance < group.origins.count ? group.origins[change.instance] : nil
  }
}

extension Change {
  /// An `on` block, not a comparison or a bound.
  package var isEvent: Bool { if case .event = kind { true } else { false } }
}
