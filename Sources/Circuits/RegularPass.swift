internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// A pass of a `.for` that differs from the others in names alone, and in these by counting: `X{k} c{k} membrane`.
///
/// Its values, its subcircuits and the texts of its names are worked out in the first passes; the others are index
/// arithmetic.
struct RegularPass {
  /// A name whose number grows by `step` from pass to pass.
  struct CountedName {
    var stem: Int32
    var first: Int
    var step: Int

    func local(in pass: Int) -> LocalName { LocalName(stem: stem, number: Int32(first + pass * step)) }
  }

  enum Node {
    case fixed(Int32)
    case counted(CountedName, Expansion.Use, SourceRange)
  }

  enum Item {
    case device(CountedName, SourceRange, nodes: [Node], DeviceValues)
    case instance(CountedName, SourceRange, nodes: [Node], Expansion)
    case voltage(Node, value: Double, isGuess: Bool, SourceRange)
  }

  private(set) var items: [Item] = []

  /// Nil where passes may differ in more. Two passes have been read, so that plans know what they made last.
  init?(
    _ plan: RepetitionPlan, first: Double, step: Double, count: Int, _ scope: LevelScope, in expansion: Expansion,
    _ flattener: inout Flattener
  ) {
    guard count > 2, plan.body.steps.isEmpty, !plan.body.hasDefinitions, flattener.globals.isEmpty else { return nil }
    let reader = RegularPassReader(
      variable: plan.repetition.variable.value, values: (first, first + step), count: count, scope: scope,
      expansion: expansion)
    for content in plan.body.contents {
      switch content {
      case .element(let plan):
        guard let item = reader.item(plan, &flattener) else { return nil }
        items.append(item)
      case .directive(let plan):
        guard let voltages = reader.voltages(plan, &flattener) else { return nil }
        items += voltages
      case .repetition, .conditional: return nil
      }
    }
  }
}

/// Finds out how the lines of a pass depend on the loop's variable.
private struct RegularPassReader {
  let variable: String
  /// The variable in the first and in the second pass.
  let values: (Double, Double)
  let count: Int
  let scope: LevelScope
  let expansion: Expansion

  func item(_ plan: ElementPlan, _ flattener: inout Flattener) -> RegularPass.Item? {
    guard let name = counted(flattener.binder.name(of: plan.card), &flattener) else { return nil }
    let range = plan.card.keyword.range
    if plan.isInstance {
      guard let expansion = plan.expansion(in: scope, without: variable) else { return nil }
      var nodes: [RegularPass.Node] = []
      for word in plan.words.dropLast() {
        guard let node = node(word.name, .connects, word.range, &flattener) else { return nil }
        nodes.append(node)
      }
      return .instance(name, range, nodes: nodes, expansion)
    }
    guard let (element, values) = plan.device(in: scope, without: variable) else { return nil }
    let outline = flattener.outlines[element.model]
    guard outline.model.internalNodeCount == 0, element.nodes.count == outline.externalCount else { return nil }
    var nodes: [RegularPass.Node] = []
    for (index, written) in element.nodes.enumerated() {
      guard let node = node(written.value, outline.use(of: index), written.range, &flattener) else {
        return nil
      }
      nodes.append(node)
    }
    return .device(name, range, nodes: nodes, values)
  }

  /// `.ic v(c{k})=-65m`, its value being the same in every pass.
  func voltages(_ plan: DirectivePlan, _ flattener: inout Flattener) -> [RegularPass.Item]? {
    let keyword = plan.card.keyword.value
    guard keyword == "ic" || keyword == "nodeset", plan.card.fields.isEmpty else { return nil }
    var result: [RegularPass.Item] = []
    for (assignment, target) in zip(plan.card.assignments, plan.targets(diagnostics: &flattener.diagnostics)) {
      let range = assignment.name.range
      guard case .node(let name) = target, let node = node(name, .holds, range, &flattener),
        let value = constant(assignment.expression, &flattener)
      else { return nil }
      result.append(.voltage(node, value: value, isGuess: keyword == "nodeset", range))
    }
    return result
  }

  /// The value of an expression that does not read the variable, however indirectly.
  private func constant(_ expression: Expression, _ flattener: inout Flattener) -> Double? {
    let reads = OuterReads()
    let draws = flattener.random.drawCount
    let recorder = LevelScope(caller: scope, definitions: scope.definitions, outerReads: reads)
    guard let value = flattener.constant(expression, recorder), !reads.contains(variable),
      flattener.random.drawCount == draws
    else { return nil }
    return value
  }

  private func node(
    _ name: NameTemplate, _ use: Expansion.Use, _ range: SourceRange, _ flattener: inout Flattener
  ) -> RegularPass.Node? {
    if let plain = name.plain {
      // A node of another instance may be found anew in every pass.
      if plain.utf8.contains(UInt8(ascii: ".")) { return nil }
      return .fixed(
        expansion.slot(
          plain, use, at: range, globals: flattener.globals, names: &flattener.assembler.names))
    }
    return counted(name, &flattener).map { .counted($0, use, range) }
  }

  /// A name with one placeholder, linear in the variable, and no other digits.
  private func counted(_ name: NameTemplate, _ flattener: inout Flattener) -> RegularPass.CountedName? {
    var text = ""
    var number: (first: Int, second: Int)?
    for part in name.parts {
      switch part {
      case .text(let fixed):
        guard !fixed.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        text += fixed
      case .placeholder(let expression):
        guard number == nil, expression.isLinear(in: variable), let first = whole(expression, values.0, &flattener),
          let second = whole(expression, values.1, &flattener)
        else { return nil }
        number = (first, second)
        text += String(first)
      }
    }
    guard let number, text.utf8.count > String(number.first).utf8.count else { return nil }
    let step = number.second - number.first
    let local = flattener.assembler.names.local(text)
    let last = number.first + (count - 1) * step
    guard number.first >= 0, last >= 0, max(number.first, last) <= LocalName.largestNumber,
      Int(local.number) == number.first
    else { return nil }
    return RegularPass.CountedName(stem: local.stem, first: number.first, step: step)
  }

  private func whole(_ expression: Expression, _ value: Double, _ flattener: inout Flattener) -> Int? {
    let level = LevelScope(caller: scope, definitions: scope.definitions)
    level.fix(variable, at: value)
    // Of whole numbers every sum and product is exact, in the passes between too.
    guard expression.names.allSatisfy({ level.value(of: $0).map { $0 == $0.rounded() } ?? false }) else { return nil }
    guard let result = flattener.constant(expression, level), result == result.rounded(), result.magnitude < 0x1p31
    else { return nil }
    return Int(result)
  }
}

extension Expression {
  /// Whether the value is a + b x where x is `variable`: sums, differences, and products with what does not read it, of
  /// whole numbers.
  fileprivate func isLinear(in variable: String) -> Bool {
    switch self {
    case .number(let value, _): value == value.rounded()
    case .name: true
    case .unary(let sign, let operand, _): sign != .not && operand.isLinear(in: variable)
    case .binary(let sign, let left, let right, _):
      switch sign {
      case .add, .subtract: left.isLinear(in: variable) && right.isLinear(in: variable)
      case .multiply:
        left.isLinear(in: variable) && right.isLinear(in: variable)
          && !(left.names.contains(variable) && right.names.contains(variable))
      case .divide, .power, .absolutePower, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and,
        .or:
        false
      }
    case .probe, .call, .conditional, .invalid: false
    }
  }
}

extension Flattener {
  /// Adds the passes from number `start` on.
  mutating func addPasses(_ regular: RegularPass, from start: Int, count: Int, to expansion: Expansion) {
    for pass in start..<count where !isOverfull {
      for item in regular.items {
        switch item {
        case .device(let name, let range, let nodes, let values):
          guard let name = claimed(name.local(in: pass), at: range, in: expansion) else { continue }
          let terminals = slots(nodes, pass, expansion)
          guard hasRoom(for: 1, in: expansion, at: range) else { continue }
          expansion.add(ExpandedDevice(name: name, terminals: terminals, values: values))
        case .instance(let name, let range, let nodes, let inner):
          guard let name = claimed(name.local(in: pass), at: range, in: expansion) else { continue }
          let ports = slots(nodes, pass, expansion)
          guard hasRoom(for: inner.deviceCount, in: expansion, at: range) else { continue }
          expansion.add(ExpandedInstance(name: name, expansion: inner, ports: ports))
        case .voltage(let node, let value, let isGuess, let range):
          expansion.voltages.append(
            ExpandedVoltage(slot: slot(node, pass, expansion), value: value, isGuess: isGuess, range: range))
        }
      }
      placeIfTop(expansion)
    }
  }

  /// `name` where no other device has it; nil after a complaint.
  private mutating func claimed(_ name: LocalName, at range: SourceRange, in expansion: Expansion) -> LocalName? {
    guard let first = expansion.claim(name, at: range) else { return name }
    report(.duplicateDevice(range, name: assembler.names[name], first: first))
    return nil
  }

  private func slots(_ nodes: [RegularPass.Node], _ pass: Int, _ expansion: Expansion) -> [Int32] {
    var slots: [Int32] = []
    slots.reserveCapacity(nodes.count)
    for node in nodes { slots.append(slot(node, pass, expansion)) }
    return slots
  }

  private func slot(_ node: RegularPass.Node, _ pass: Int, _ expansion: Expansion) -> Int32 {
    switch node {
    case .fixed(let slot): slot
    case .counted(let name, let use, let range):
      expansion.innerSlot(name.local(in: pass), use, at: range)
    }
  }
}
