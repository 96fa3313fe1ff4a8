internal import Circuits
internal import Devices
internal import Solvers

extension EquationSystem {
  /// The system as text, for `inspect --stage system`: what was eliminated, the unknowns, where each group's rows have
  /// entries, and the matrix that is factored. Of every list at most `limit` lines.
  package func text(limit: Int = 100) -> String {
    let evaluator = SystemEvaluator(self, tolerances: ToleranceSettings())
    let devices = kernelGroups.filter { locals[$0]?.internals.isEmpty == false }
    let inside = unknowns.count - unknowns.border.count
    var lines = [
      "\(Self.count(unknowns.count, "unknown")): \(unknowns.border.count) in the border, \(inside) in devices"
    ]
    section("eliminated nodes", Listing(tiedNodes, limit: limit) { tie(of: $0) }, into: &lines)
    section(
      "border",
      Listing(unknowns.border.indices, limit: limit) { "\($0)  \(name(of: $0)): \(equationName(of: $0))" }, into: &lines
    )
    section("in devices", Listing(devices, limit: limit) { internals(of: $0) }, into: &lines)
    section(
      "linear groups, entered once as constants", Listing(linearGroups, limit: limit) { head(of: $0) }, into: &lines)
    section(
      "groups evaluated by kernels", Listing(evaluator.groups, limit: limit) { structure(of: $0) }, into: &lines)
    section("matrix", matrix(of: evaluator), into: &lines)
    section(
      "left out of the error test", Listing(evaluator.exemptUnknowns, limit: limit) { name(of: $0) }, into: &lines)
    section(
      "tied to ground by 1e-12 S at the operating point",
      Listing(evaluator.groundTies, limit: limit) { name(of: $0.unknown) }, into: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ entries: Listing, into lines: inout [String]) {
    if entries.lines.isEmpty { return }
    lines.append(title)
    lines += entries.lines.map { "  \($0)" }
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// `resistor: 3 devices`
  func head(of group: Int) -> String {
    "\(circuit.groups[group].model.name): \(Self.count(circuit.groups[group].count, "device"))"
  }

  // MARK: Unknowns

  private var tiedNodes: [NodeIndex] {
    (0..<forest.parentBranches.count).filter { forest.parentBranches[$0] >= 0 }.map { NodeIndex($0) }
  }

  /// `v(k) = v(0) + vk`
  private func tie(of node: NodeIndex) -> String {
    let root = circuit.nodeNames[Int(forest.roots[Int(node)])]
    let path = forest.pathBranches(of: node).reversed().map { index in
      (forest.branches[index].sign > 0 ? " + " : " - ") + name(of: forest.device(of: forest.branches[index]))
    }
    return "v(\(circuit.nodeNames[Int(node)])) = v(\(root))" + path.joined()
  }

  /// `hh_potassium: n, unknowns 1 to 1000`
  private func internals(of group: Int) -> String {
    let own = unknowns.internals[group]
    let names = own.variables.map { locals[group]?.name(ofVariable: $0) ?? "?" }
    let last = own.first + own.variables.count * own.count - 1
    let places = last > own.first ? "unknowns \(own.first) to \(last)" : "unknown \(own.first)"
    return "\(head(of: group)), \(names.joined(separator: " ")): \(places)"
  }

  // MARK: Structure

  /// The rows of one kernel group, each with what its entries of the Jacobian are derivatives by.
  private func structure(of group: KernelGroup) -> [String] {
    let local = group.local
    let inputs = local.inputs.map { local.name(ofVariable: $0) }
    let internals = local.internals.map { local.name(ofVariable: $0) }
    let places = group.blockPlaces
    let outside = local.outputs.indices.map { output in
      places.direct.filter { $0.row == output }.map { inputs[$0.column] }
        + places.outputs.filter { $0.row == output }.map { internals[$0.column] }
    }
    let own = internals.indices.map { row in
      places.inputs.filter { $0.row == row }.map { inputs[$0.column] }
        + places.internals.filter { $0.row == row }.map { internals[$0.column] }
    }
    let rows = zip(local.rowNames(in: group.model), outside + own).map { name, entries in
      "  \(name) by " + (entries.isEmpty ? "nothing" : entries.joined(separator: " "))
    }
    let guards = group.model.guards.count
    let facts = guards > 0 ? ", \(Self.count(guards, "comparison"))" : ""
    return [head(of: group.index) + facts] + rows
  }

  private func matrix(of evaluator: SystemEvaluator) -> Listing {
    let shape = BorderedMatrix(evaluator.structure).sparseShape
    let blocks = evaluator.structure.batches.filter { $0.size > 0 }
    let sizes = blocks.map { Self.count($0.count, "block") + " of \($0.size) x \($0.size)" }
    let condensed = sizes.isEmpty ? [] : ["condensed per device: \(sizes.joined(separator: ", "))"]
    let way = shape.isTree ? "eliminated as a tree" : "factored by KLU"
    let sparse = "\(way): order \(shape.order), entries \(shape.entries)"
    return Listing(condensed + (shape.order > 0 ? [sparse] : ["nothing left to factor"]), limit: .max) { $0 }
  }
}

/// Lines about the members of a list, and a last one that counts those left out.
struct Listing {
  private(set) var lines: [String] = []

  init<Members: Collection>(_ members: Members, limit: Int, _ text: (Members.Element) -> String) {
    self.init(members, limit: limit) { [text($0)] }
  }

  init<Members: Collection>(_ members: Members, limit: Int, _ text: (Members.Element) -> [String]) {
    for member in members.prefix(limit) { lines += text(member) }
    if members.count > limit { lines.append("... \(members.count - limit) more") }
  }
}
