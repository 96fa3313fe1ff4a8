internal import Kernels

/// A model as text, for `inspect` and snapshots: every list in the order that indices count.
extension DeviceModel: CustomStringConvertible {
  package var description: String {
    let printer = GraphPrinter(graph, roots: roots, leafName: name)
    var lines = ["device \(name) (\(terminals.joined(separator: " ")))"]
    section("parameters", parameters.map { text(of: $0, printer) }, into: &lines)
    section("variables", variables.map { text(of: $0, printer) }, into: &lines)
    section("memories", memories.map { "\($0.name) = \(printer.formula(of: $0.start))" }, into: &lines)
    section("shared formulas", printer.lines, into: &lines)
    section("equations", equations.map { text(of: $0, printer) }, into: &lines)
    section("guards", guards.enumerated().map { text(ofGuard: $0.offset, $0.element, printer) }, into: &lines)
    section("events", events.flatMap { text(of: $0, printer) }, into: &lines)
    section("noise", noise.map { text(of: $0, printer) }, into: &lines)
    section("quantities", quantities.map { "\($0.name) = \(printer.formula(of: $0.value))" }, into: &lines)
    section("topology", topology.map(text(of:)), into: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ entries: [String], into lines: inout [String]) {
    if entries.isEmpty { return }
    lines.append("  \(title)")
    lines += entries.map { "    \($0)" }
  }

  /// Every node that is printed.
  private var roots: [NodeID] {
    var roots: [NodeID] = []
    for parameter in parameters {
      roots += [parameter.defaultValue, parameter.allowed.lower, parameter.allowed.upper].compactMap { $0 }
    }
    for variable in variables {
      roots += [variable.tolerance, variable.bounds.lower, variable.bounds.upper].compactMap { $0 }
      switch variable.start {
      case .none: break
      case .value(let node), .steady(let node), .guess(let node): roots.append(node)
      }
      if case .signal(let value?) = variable.kind { roots.append(value) }
    }
    roots += memories.map(\.start)
    for equation in equations { roots += [equation.resistive, equation.reactive].compactMap { $0 } }
    roots += guards.map(\.argument)
    for event in events { roots += [event.argument] + event.assignments.map(\.value) }
    for source in noise { roots += [source.density] + source.coefficients.map(\.coefficient) }
    return roots + quantities.map(\.value)
  }

  private func name(of leaf: Leaf) -> String {
    switch leaf {
    case .time: "time"
    case .parameter(let index): parameters[index].name
    case .variable(let index): variables[index].name
    case .rate(let index): "ddt(\(variables[index].name))"
    case .mode(let index): "mode\(index)"
    case .memory(let index): memories[index].name
    case .draw(let index): "\(draws[index])\(index)"
    case .derived(let index): "derived\(index)"
    }
  }

  private func text(of parameter: Parameter, _ printer: GraphPrinter) -> String {
    var text = parameter.name
    if let value = parameter.defaultValue { text += " = \(printer.formula(of: value))" }
    let range = parameter.allowed
    if range.lower != nil || range.upper != nil {
      text += " in \(range.includesLower ? "[" : "(")\(limit(range.lower, "-inf", printer)), "
      text += "\(limit(range.upper, "inf", printer))\(range.includesUpper ? "]" : ")")"
    }
    if !parameter.unit.isEmpty { text += " \(parameter.unit)" }
    switch parameter.origin {
    case .card: return text
    case .temperature: return text + " (the circuit's temperature)"
    case .nominalTemperature: return text + " (the circuit's nominal temperature)"
    case .frequency: return text + " (the frequency of .ac)"
    case .junctionConductance: return text + " (the circuit's gmin)"
    case .read(let signal, let quantity): return text + " (the \(quantity) behind signal \(signal + 1))"
    case .scope: return text + " (of the enclosing scope)"
    }
  }

  private func limit(_ node: NodeID?, _ none: String, _ printer: GraphPrinter) -> String {
    node.map(printer.formula(of:)) ?? none
  }

  private func text(of variable: Variable, _ printer: GraphPrinter) -> String {
    var text = variable.name
    switch variable.kind {
    case .voltage(let plus, let minus):
      text += ": v(\(([plus] + [minus].compactMap { $0 }).map { terminals[$0] }.joined(separator: ",")))"
    case .current: text += ": current"
    case .waveform: text += ": waveform"
    case .signal(let value): text += ": signal" + (value.map { ", else \(printer.formula(of: $0))" } ?? "")
    case .state: text += ": state"
    case .algebraic: text += ": var"
    case .charge: text += ": charge"
    case .delayed(let delay):
      text += ": \(printer.formula(of: delay.source)), \(printer.formula(of: delay.interval)) ago"
    }
    let bounds = variable.bounds
    if bounds.lower != nil || bounds.upper != nil {
      text += " in \(bounds.holdsLower ? "[" : "(")\(limit(bounds.lower, "-inf", printer)), "
      text += "\(limit(bounds.upper, "inf", printer))\(bounds.holdsUpper ? "]" : ")")"
    }
    if let tolerance = variable.tolerance { text += " tol=\(printer.formula(of: tolerance))" }
    switch variable.start {
    case .none: return text
    case .value(let node), .guess(let node): return text + " = \(printer.formula(of: node))"
    case .steady(let guess): return text + " = steady(\(printer.formula(of: guess)))"
    }
  }

  private func text(of equation: Equation, _ printer: GraphPrinter) -> String {
    let row =
      switch equation.row {
      case .current(let from, let to): "i(\(terminals[from]), \(to.map { terminals[$0] } ?? "0"))"
      case .branch: "0 (branch)"
      case .branchRead(let signal): "0 (branch of signal \(signal + 1))"
      case .variable(let index): "0 (\(variables[index].name))"
      }
    let reactive = equation.reactive.map { " + ddt(\(printer.formula(of: $0)))" } ?? ""
    return "\(row) = \(printer.formula(of: equation.resistive))\(reactive)"
  }

  private func text(ofGuard index: Int, _ condition: Guard, _ printer: GraphPrinter) -> String {
    "mode\(index): \(printer.formula(of: condition.argument)) \(condition.includesZero ? ">=" : ">") 0"
  }

  private func text(of event: Event, _ printer: GraphPrinter) -> [String] {
    ["on \(event.edge)(\(printer.formula(of: event.argument)))"]
      + event.assignments.map { assignment in
        switch assignment.target {
        case .memory(let index): "  \(memories[index].name) = \(printer.formula(of: assignment.value))"
        case .variable(let index): "  \(variables[index].name) = \(printer.formula(of: assignment.value))"
        }
      }
  }

  private func text(of source: NoiseSource, _ printer: GraphPrinter) -> String {
    let entries = source.coefficients.map { "\(printer.formula(of: $0.coefficient)) in equation \($0.equation)" }
    return "\(source.name): density \(printer.formula(of: source.density)), \(entries.joined(separator: ", "))"
  }

  private func text(of fact: TopologyFact) -> String {
    func between(_ a: Int, _ b: Int) -> String { "\(terminals[a]) \(terminals[b])" }
    switch fact {
    case .conducts(let a, let b): return "conducts \(between(a, b))"
    case .conductsInTime(let a, let b): return "conducts in time \(between(a, b))"
    case .tiesVoltage(let plus, let minus): return "ties voltage \(between(plus, minus))"
    case .fixesVoltage(let a, let b): return "fixes voltage \(between(a, b))"
    case .fixesCurrent(let a, let b): return "fixes current \(between(a, b))"
    }
  }
}
