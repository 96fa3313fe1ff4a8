internal import Circuits
internal import Devices
internal import Kernels

/// One model's equations made ready for the solver: inputs from the border, internal unknowns, one row for each.
///
/// Rows hold rates: `resistive + d(reactive)/dt` with d(reactive)/dt = Σ ∂Q/∂x x' where Q is linear. A non-linear Q gets
/// an unknown of its own, q - Q = 0, whose rate is the current: charge is conserved, and no second derivatives arise.
struct LocalSystem {
  /// A row outside: a current into Kirchhoff's laws, a branch equation, or an unknown that repeats a quantity
  /// for others to read (w - quantity = 0).
  enum Output: Hashable {
    case current(from: Int, to: Int?)
    case branch
    /// The equation of the current that signal k reads.
    case branchRead(signal: Int)
    case repeated(quantity: NodeID)
  }

  var graph: ExpressionGraph
  var variables: [Variable]
  /// Variables read from the border, and unknowns of the instance, as indices into `variables`.
  let inputs: [Int]
  let internals: [Int]
  var outputs: [Output]
  /// Rows of outputs, then of internals, of F(t, y, y') = 0.
  var rows: [NodeID]
  /// The same at the operating point: no rates, states at what they start from.
  var restRows: [NodeID]

  /// `repeated`: quantities of the model that other devices read.
  init(_ model: DeviceModel, repeated: [NodeID], holdsStarts: Bool) {
    graph = model.graph
    variables = model.variables
    var resistive: [Equation.Row: NodeID] = [:]
    var order: [Equation.Row] = []
    var charges: [(variable: Int, function: NodeID)] = []
    for equation in model.equations {
      var term = equation.resistive
      if let reactive = equation.reactive {
        let rate: NodeID
        if let linear = Self.linearRate(of: reactive, in: &graph, variableCount: model.variables.count) {
          rate = linear
        } else {
          charges.append((variables.count, reactive))
          rate = graph.leaf(.rate(variables.count))
          variables.append(Variable(name: "charge", kind: .charge, unit: "C"))
        }
        term = graph.insert(.binary(.add, term, rate))
      }
      if let sum = resistive[equation.row] {
        resistive[equation.row] = graph.insert(.binary(.add, sum, term))
      } else {
        resistive[equation.row] = term
        order.append(equation.row)
      }
    }
    for charge in charges {
      let row = Equation.Row.variable(charge.variable)
      let unknown = graph.leaf(.variable(charge.variable))
      resistive[row] = graph.insert(.binary(.subtract, unknown, charge.function))
      order.append(row)
    }
    var inputs: [Int] = []
    var internals: [Int] = []
    for (index, variable) in variables.enumerated() {
      switch variable.kind {
      case .voltage, .current, .waveform, .signal: inputs.append(index)
      case .state, .algebraic, .charge, .delayed: internals.append(index)
      }
    }
    self.inputs = inputs
    self.internals = internals
    outputs = []
    rows = []
    restRows = []
    for row in order {
      switch row {
      case .current(let from, let to): outputs.append(.current(from: from, to: to))
      case .branch: outputs.append(.branch)
      case .branchRead(let signal): outputs.append(.branchRead(signal: signal))
      case .variable: continue
      }
      if let node = resistive[row] { rows.append(node) }
    }
    for quantity in repeated {
      outputs.append(.repeated(quantity: quantity))
      rows.append(graph.insert(.unary(.negate, quantity)))
    }
    for (position, variable) in internals.enumerated() {
      if case .delayed = variables[variable].kind {
        let arrived = graph.leaf(delayedValue(position))
        rows.append(graph.insert(.binary(.subtract, graph.leaf(.variable(variable)), arrived)))
      } else {
        rows.append(resistive[.variable(variable)] ?? graph.constant(0))
      }
    }
    makeRestRows(holdsStarts: holdsStarts)
  }

  /// d(reactive)/dt where `reactive` is linear in the running quantities, else nil.
  private static func linearRate(of reactive: NodeID, in graph: inout ExpressionGraph, variableCount: Int) -> NodeID? {
    var sum = graph.constant(0)
    for leaf in graph.leaves(of: [reactive]) {
      switch leaf {
      case .parameter, .derived: continue
      case .variable(let index):
        guard case .linear = graph.dependence(of: reactive, on: leaf) else { return nil }
        let slope = graph.derivative(of: reactive, by: leaf)
        let rate = graph.leaf(.rate(index))
        sum = graph.insert(.binary(.add, sum, graph.insert(.binary(.multiply, slope, rate))))
      case .time, .rate, .mode, .memory, .draw: return nil
      }
    }
    return sum
  }

  private mutating func makeRestRows(holdsStarts: Bool) {
    let zero = graph.constant(0)
    func withoutRates(_ graph: inout ExpressionGraph, _ node: NodeID) -> NodeID {
      graph.substitute(node) { leaf in
        if case .rate = leaf { zero } else { nil }
      }
    }
    restRows = []
    for output in outputs.indices { restRows.append(withoutRates(&graph, rows[output])) }
    for (position, variable) in internals.enumerated() {
      var row = withoutRates(&graph, rows[outputs.count + position])
      let unknown = graph.leaf(.variable(variable))
      if case .delayed(let delay) = variables[variable].kind {
        row = graph.insert(.binary(.subtract, unknown, delay.rest))
      }
      if case .value(let start) = variables[variable].start {
        row = graph.insert(.binary(.subtract, unknown, withoutRates(&graph, start)))
      }
      if holdsStarts, case .state = variables[variable].kind {
        let held = graph.insert(.binary(.subtract, unknown, graph.leaf(heldValue(position))))
        row = graph.insert(.select(condition: graph.leaf(heldFlag(position)), then: held, otherwise: row))
      }
      restRows.append(row)
    }
  }

  // Leaves beyond the model's own variables.

  /// cj of ∂F/∂y + cj ∂F/∂y'.
  var slope: Leaf { .variable(variables.count) }
  /// 1 where the start of internal unknown `position` was given on the card.
  func heldFlag(_ position: Int) -> Leaf { .variable(variables.count + 1 + 4 * position) }
  func heldValue(_ position: Int) -> Leaf { .variable(variables.count + 2 + 4 * position) }
  /// 1 where internal unknown `position` lies on a bound that holds it.
  func pinned(_ position: Int) -> Leaf { .variable(variables.count + 3 + 4 * position) }
  /// What arrives at internal unknown `position`, where it is a delayed one.
  func delayedValue(_ position: Int) -> Leaf { .variable(variables.count + 4 + 4 * position) }

  /// No unknowns of its own, and linear in everything with coefficients of parameters alone.
  mutating func isLinear(_ model: DeviceModel) -> Bool {
    guard !model.readsFrequency, internals.isEmpty, model.guards.isEmpty, model.events.isEmpty, model.memories.isEmpty
    else { return false }
    let noise = (model.noise + model.inherentNoise).flatMap { [$0.density] + $0.coefficients.map(\.coefficient) }
    guard graph.leaves(of: noise).allSatisfy({ if case .parameter = $0 { true } else { false } }) else { return false }
    for row in rows {
      for leaf in graph.leaves(of: [row]) {
        switch leaf {
        case .parameter, .derived: continue
        case .variable, .rate:
          guard case .linear = graph.dependence(of: row, on: leaf) else { return false }
        case .time, .mode, .memory, .draw: return false
        }
      }
    }
    return true
  }

  /// The entry ∂row/∂x + cj ∂row/∂x' by variable; `constant(0)` where structurally none.
  mutating func entry(_ row: NodeID, _ variable: Int, withRates: Bool) -> NodeID {
    let direct = graph.derivative(of: row, by: .variable(variable))
    guard withRates else { return direct }
    let reactive = graph.derivative(of: row, by: .rate(variable))
    let scaled = graph.insert(.binary(.multiply, graph.leaf(slope), reactive))
    return graph.insert(.binary(.add, direct, scaled))
  }

  /// `row` as the residual sees it: held states clamped to their range, and (with `pins`) a pinned state's own row
  /// replaced by x' = 0.
  mutating func bounded(_ row: NodeID, ofInternal position: Int?, pins: Bool) -> NodeID {
    let result = clamped([row])[0]
    guard pins, let position, case .state = variables[internals[position]].kind else { return result }
    let rate = graph.leaf(.rate(internals[position]))
    return graph.insert(.select(condition: graph.leaf(pinned(position)), then: rate, otherwise: result))
  }

  /// `nodes` with held states clamped to their range.
  mutating func clamped(_ nodes: [NodeID]) -> [NodeID] {
    var clamps: [Leaf: NodeID] = [:]
    for variable in internals {
      let bounds = variables[variable].bounds
      guard bounds.holdsLower || bounds.holdsUpper else { continue }
      var clamped = graph.leaf(.variable(variable))
      if bounds.holdsLower, let lower = bounds.lower { clamped = graph.insert(.binary(.maximum, clamped, lower)) }
      if bounds.holdsUpper, let upper = bounds.upper { clamped = graph.insert(.binary(.minimum, clamped, upper)) }
      clamps[.variable(variable)] = clamped
    }
    return clamps.isEmpty ? nodes : graph.substitute(nodes) { clamps[$0] }
  }
}
