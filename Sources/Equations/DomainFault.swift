internal import Circuits
internal import Devices
package import Diagnostics
package import Kernels
internal import Solvers

/// The operation that left an equation without a finite value, found after the fact.
package struct DomainFault: Sendable {
  /// `@b1[i]`: the smallest quantity of the device that the operation is part of.
  package var quantity: String
  package var fault: ArithmeticFault
  /// `sqrt(v(a) + 0.5)`, and what its names were worth.
  package var formula: String
  package var values: [(name: String, value: Double)]
  /// The line of the device.
  package var range: SourceRange?
  package var time: Double
  package var isAtRest: Bool
}

/// The last point at which the equations had no value.
///
/// Only a residual that fails writes here; which operation of which device it was is worked out when somebody asks.
struct FaultPoint {
  var time: Double
  var y: [Double]
  /// Nil at the operating point.
  var rate: [Double]?
}

extension SystemEvaluator {
  /// Keeps the point whose residual has just failed. One that is not finite itself tells nothing: it came from an
  /// infinite slope, behind a point that was kept.
  func noteFault(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?) {
    let values = Array(UnsafeBufferPointer(start: y, count: count))
    guard values.allSatisfy(\.isFinite) else { return }
    faultPoint = FaultPoint(
      time: offsetsTime, y: values, rate: rate.map { Array(UnsafeBufferPointer(start: $0, count: count)) })
  }

  /// What went wrong at the last point without a value; nil if there was none or it cannot be told.
  package func domainFault() -> DomainFault? {
    guard let point = faultPoint else { return nil }
    return point.y.withUnsafeBufferPointer { y in
      guard let y = y.baseAddress else { return nil }
      guard let rate = point.rate else { return domainFault(y: y, rate: nil, time: point.time) }
      return rate.withUnsafeBufferPointer { domainFault(y: y, rate: $0.baseAddress, time: point.time) }
    }
  }

  private func domainFault(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, time: Double) -> DomainFault? {
    if rate == nil { refreshSourcesAtRest() } else { refreshSources(time) }
    gather(y: y, rate: rate)
    let result = arena.doubles(count)
    for group in groups {
      (rate == nil ? group.rest : group.residual).run(y: y, rate: rate, result: result)
      for instance in 0..<group.count where !group.rowsAreFinite(result, instance) {
        guard var fault = domainFault(of: group, instance, y: y, rate: rate, time: time) else { continue }
        let circuitGroup = system.circuit.groups[group.index]
        fault.range = instance < circuitGroup.origins.count ? circuitGroup.origins[instance] : nil
        return fault
      }
    }
    return nil
  }

  private func domainFault(
    of group: KernelGroup, _ instance: Int, y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, time: Double
  ) -> DomainFault? {
    var local = group.local
    let rows = group.local.rows.indices.map { row -> NodeID in
      if rate == nil { return local.restRows[row] }
      let position = row < local.outputs.count ? nil : row - local.outputs.count
      return local.bounded(local.rows[row], ofInternal: position, pins: group.hasPins)
    }
    func leaf(_ leaf: Leaf) -> Double { group.value(of: leaf, instance, y: y, rate: rate, time: time) }
    // One row after the other, so that the quantity is told whose row it is.
    for (row, node) in rows.enumerated() {
      guard let (place, fault) = local.graph.firstFault(below: [node], leaves: leaf) else { continue }
      let device = group.group.names[instance]
      var owner = group.rowQuantity(row)
      var size = Int.max
      for quantity in group.model.quantities {
        let value = rate == nil ? quantity.value : local.bounded(quantity.value, ofInternal: nil, pins: false)
        let nodes = local.graph.reachable(from: [value])
        if nodes.count < size, nodes.contains(place) { (owner, size) = (quantity.name, nodes.count) }
      }
      let printed = rate == nil ? place : unbounded(place, below: local.rows[row], in: &local)
      let graph = local.graph
      let names = { (leaf: Leaf) in self.name(of: leaf, in: group, instance) }
      let printer = GraphPrinter(graph, roots: [printed], leafName: names)
      let read = graph.leaves(of: [printed]).map { (name: names($0), value: leaf($0)) }
      return DomainFault(
        quantity: "@\(device)[\(owner)]", fault: fault,
        formula: printer.lines.isEmpty ? printer.formula(of: printed) : "",
        values: Array(read.sorted { $0.name < $1.name }.prefix(6)), range: nil, time: time, isAtRest: rate == nil)
    }
    return nil
  }

  /// The operation as the text has it, its states not clamped to their ranges.
  private func unbounded(_ place: NodeID, below row: NodeID, in local: inout LocalSystem) -> NodeID {
    for node in local.graph.reachable(from: [row])
    where local.bounded(node, ofInternal: nil, pins: false) == place { return node }
    return place
  }

  /// What a user calls a leaf: voltages by the circuit's nodes, foreign quantities by their device.
  private func name(of leaf: Leaf, in group: KernelGroup, _ instance: Int) -> String {
    guard case .variable(let index) = leaf, index < group.model.variables.count else {
      return group.local.name(of: leaf, in: group.model)
    }
    let circuit = system.circuit
    let variable = group.model.variables[index]
    switch variable.kind {
    case .voltage(let plus, let minus) where variable.name != "v":
      func node(_ terminal: Int) -> String { circuit.nodeNames[Int(group.group.terminals[terminal][instance])] }
      return "v(\(node(plus))\(minus.map { "," + node($0) } ?? ""))"
    case .signal:
      let place = group.model.variables[..<index].count { if case .signal = $0.kind { true } else { false } }
      switch group.group.signals[place][instance] {
      case .current(let device): return "i(\(circuit.groups[device.group].names[device.instance]))"
      case .quantity(let device, let quantity):
        let foreign = circuit.groups[device.group]
        return "@\(foreign.names[device.instance])[\(foreign.model.quantities[quantity].name)]"
      case .variable(let device, let variable):
        let foreign = circuit.groups[device.group]
        return "@\(foreign.names[device.instance])[\(foreign.model.variables[variable].name)]"
      case .voltage(let plus, let minus):
        let second = minus == 0 ? "" : "," + circuit.nodeNames[Int(minus)]
        return "v(\(circuit.nodeNames[Int(plus)])\(second))"
      case .constant: return variable.name
      }
    default: return variable.name
    }
  }
}

extension KernelGroup {
  /// Whether everything an instance adds to the residual is finite, after its kernel has run.
  fileprivate func rowsAreFinite(_ result: UnsafePointer<Double>, _ instance: Int) -> Bool {
    outputs.allSatisfy { $0.value[instance].isFinite }
      && local.internals.indices.allSatisfy { result[firstUnknown + $0 * count + instance].isFinite }
  }

  /// What a row says of the device: its current, or the rate or equation of an unknown of its own.
  fileprivate func rowQuantity(_ row: Int) -> String {
    if row < local.outputs.count {
      if case .repeated = local.outputs[row] { return local.name(of: local.outputs[row], in: model) }
      return model.variables.contains { if case .current = $0.kind { true } else { false } } ? "v" : "i"
    }
    let variable = local.internals[row - local.outputs.count]
    let name = local.name(ofVariable: variable)
    if case .state = local.variables[variable].kind { return "ddt(\(name))" }
    return name
  }

  /// What a leaf is worth for one instance, after `gather`.
  fileprivate func value(
    of leaf: Leaf, _ instance: Int, y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, time: Double
  ) -> Double {
    switch leaf {
    case .time: return time
    case .parameter(let index):
      let column = parameters.parameters[index]
      return column.pointer[column.isUniform ? 0 : instance]
    case .mode(let index): return modes[index][instance]
    case .memory(let index): return memories[index][instance]
    case .rate(let index):
      if let position = local.internals.firstIndex(of: index) {
        return rate?[firstUnknown + position * count + instance] ?? 0
      }
      return local.inputs.firstIndex(of: index).map { inputs[$0].rate[instance] } ?? 0
    case .variable(let index):
      if let position = local.internals.firstIndex(of: index) { return y[firstUnknown + position * count + instance] }
      if let input = local.inputs.firstIndex(of: index) { return inputs[input].value[instance] }
      for position in local.internals.indices {
        if leaf == local.heldFlag(position) { return held[position][instance] == nil ? 0 : 1 }
        if leaf == local.heldValue(position) { return held[position][instance] ?? 0 }
        if leaf == local.pinned(position) { return pinned[position][instance] }
      }
      return .nan
    case .draw, .derived: return .nan
    }
  }
}
