internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// X lines: `X1 a b sub l=1`.
extension Flattener {
  /// Elements of the flat circuit, beyond which the netlist is taken for a mistake.
  static let mostDevices = 50_000_000

  mutating func addInstance(_ plan: ElementPlan, named name: LocalName, _ scope: LevelScope, to expansion: Expansion) {
    let card = plan.card
    guard let inner = self.expansion(of: plan, named: name, scope) else {
      isIncomplete = true
      return
    }
    var ports: [Int32] = []
    ports.reserveCapacity(plan.words.count - 1)
    for node in plan.words.dropLast() {
      guard let slot = slot(Located(node.name, node.range), scope, in: expansion, .connects) else {
        isIncomplete = true
        return
      }
      ports.append(slot)
    }
    guard hasRoom(for: inner.deviceCount, in: expansion, at: card.keyword.range) else { return }
    expansion.add(ExpandedInstance(name: name, expansion: inner, ports: ports))
  }

  /// What an X line stands for in `scope`, apart from its nodes; nil after a complaint.
  private mutating func expansion(of plan: ElementPlan, named name: LocalName, _ scope: LevelScope) -> Expansion? {
    if let expansion = plan.expansion(in: scope) { return expansion }
    let card = plan.card
    guard let last = plan.words.last, let subcircuitName = fill(last.name, scope) else {
      report(.instanceWithoutSubcircuit(card.keyword.range, name: assembler.names[name]))
      return nil
    }
    guard let (called, home) = subcircuit(subcircuitName, at: last.range, scope) else { return nil }
    let nodes = plan.words.dropLast()
    guard nodes.count == called.subcircuit.ports.count else {
      report(
        .portCount(
          nodes.last?.range ?? last.range, instance: assembler.names[name], given: nodes.count,
          subcircuit: called.name, ports: called.subcircuit.ports.map(\.value),
          definition: called.subcircuit.name.range))
      return nil
    }
    let complaints = diagnostics.diagnostics.count
    let draws = random.drawCount
    let reads = OuterReads()
    let values =
      plan.isWorthKeeping ? LevelScope(caller: scope, definitions: scope.definitions, outerReads: reads) : scope
    guard let arguments = arguments(of: card, named: name, for: called, isFree: !home.isLibrary, values) else {
      return nil
    }
    if random.isSampling { random.enter(instance: assembler.names[name]) }
    defer { if random.isSampling { random.leaveInstance() } }
    guard let variant = expand(called, home, arguments, at: last.range, scope) else { return nil }
    if plan.isWorthKeeping, last.name.plain != nil, diagnostics.diagnostics.count == complaints,
      random.drawCount == draws
    {
      plan.keep(variant, read: reads, in: scope)
    }
    return variant.expansion
  }

  /// Whether `count` more devices may join `expansion`; complains where they may not.
  mutating func hasRoom(for count: Int, in expansion: Expansion, at range: SourceRange) -> Bool {
    if count <= Self.mostDevices - min(expansion.deviceCount, Self.mostDevices) { return true }
    if !isOverfull { report(.tooManyDevices(range, limit: Self.mostDevices)) }
    isOverfull = true
    isIncomplete = true
    return false
  }

  private mutating func subcircuit(
    _ name: String, at range: SourceRange, _ scope: LevelScope
  ) -> (plan: SubcircuitPlan, home: Definitions)? {
    if let found = scope.definitions.subcircuit(name) { return found }
    askLibrary(for: name)
    if let found = libraryDefinitions.subcircuit(name) { return found }
    report(
      .unknownSubcircuit(
        range, name: name,
        suggestion: Suggestion.nearest(to: name, among: scope.definitions.subcircuitNames + library.names)))
    return nil
  }

  /// The name of an instance's multiplicity in its subcircuit's scope, which nobody can write.
  static let multiplicity = "m#"

  /// The values an instance gives, in the order of the subcircuit's parameters, `m=` last; nil after a complaint.
  private mutating func arguments(
    of card: Card, named name: LocalName, for plan: SubcircuitPlan, isFree: Bool, _ scope: LevelScope
  ) -> [Double?]? {
    var values = [Double?](repeating: nil, count: plan.formalNames.count + 1)
    var isRight = true
    let instance = random.isSampling ? assembler.names[name] : ""
    for assignment in card.assignments {
      let formal = plan.formalNames.firstIndex(of: assignment.name.value)
      guard let index = formal ?? (assignment.name.value == "m" ? plan.formalNames.count : nil)
      else {
        // As in ngspice, which only counts whether there may be any.
        let isIgnored = ignoresUnknownArguments && isFree && !plan.formalNames.isEmpty
        if !isIgnored { isRight = false }
        report(
          .unknownArgument(
            assignment.name.range, name: assignment.name.value, subcircuit: plan.name,
            suggestion: Suggestion.nearest(to: assignment.name.value, among: plan.formalNames),
            known: plan.formalNames, isIgnored: isIgnored))
        continue
      }
      let argument = assignment.name.value
      guard
        let value = constant(
          card.withoutSiblings(assignment, in: scope), scope, of: .device(instance, parameter: argument))
      else {
        isRight = false
        continue
      }
      values[index] = value
    }
    for (index, parameter) in plan.subcircuit.requiredParameters.enumerated() where isRight && values[index] == nil {
      isRight = false
      report(
        .missingArgument(
          card.keyword.range, instance: card.keyword.value, parameter: parameter.value, subcircuit: plan.name,
          definition: parameter.range))
    }
    return isRight ? values : nil
  }

  /// What an instance with these arguments consists of, made where no equal one was.
  private mutating func expand(
    _ plan: SubcircuitPlan, _ home: Definitions, _ arguments: [Double?], at range: SourceRange, _ caller: LevelScope
  ) -> ExpansionVariant? {
    if let start = chain.firstIndex(where: { $0 === plan }) {
      report(.recursiveSubcircuit(range, chain: chain[start...].map(\.name) + [plan.name]))
      return nil
    }
    let key = ExpansionKey(
      subcircuit: ObjectIdentifier(plan), arguments: arguments.map { $0?.bitPattern ?? ExpansionKey.absent })
    if let variant = home.expansion(for: key, in: caller) { return variant }
    guard depth < Self.deepestNesting else {
      report(.nestedTooDeep(range, limit: Self.deepestNesting))
      return nil
    }
    chain.append(plan)
    depth += 1
    defer {
      chain.removeLast()
      depth -= 1
    }
    let body = plan.body(diagnostics: &diagnostics)
    let draws = random.drawCount
    let outerReads = OuterReads()
    let scope = LevelScope(
      caller: caller, definitions: body.hasDefinitions ? Definitions(parent: home, isLibrary: home.isLibrary) : home,
      outerReads: outerReads)
    for (name, value) in zip(plan.formalNames, arguments) {
      if let value { scope.fix(name, at: value) }
    }
    if let count = arguments.last ?? nil {
      scope.fix(Self.multiplicity, at: count * (scope.value(of: Self.multiplicity) ?? 1))
    }
    enter(body, scope)
    let expansion = Expansion(ports: plan.subcircuit.ports.map { assembler.names.local($0.value) })
    walk(body, scope, into: expansion)
    reportUnconnectedNodes(of: expansion)
    let variant = ExpansionVariant(outerReads: outerReads, expansion: expansion)
    // What was drawn for one instance is no other's.
    if random.drawCount == draws { home.add(variant, for: key) }
    return variant
  }

  /// Reads the library's text that defines `name`, once.
  mutating func askLibrary(for name: String) {
    guard libraryRequests.insert(name).inserted else { return }
    let statements =
      memory.libraryTexts[name]
      ?? library.statements(defining: name, sources: &sources, diagnostics: &diagnostics)
    memory.libraryTexts[name] = .some(statements)
    guard let statements else { return }
    enter(LevelPlan(statements, isTop: false, diagnostics: &diagnostics), libraryScope)
  }

  /// Notes that a name of the netlist hides one of the library.
  mutating func noteShadowing(_ name: Located<String>, in scope: LevelScope) {
    guard !scope.definitions.isLibrary, library.names.contains(name.value) else { return }
    report(.shadowedLibrary(name.range, name: name.value))
  }
}

extension Card {
  /// The expression of `assignment` with those of others on the card for their names, where nothing else is called so: `X1 a b sub
  /// p=2 q={p*3}`, as Xyce reads it.
  fileprivate func withoutSiblings(_ assignment: Assignment, in scope: LevelScope) -> Expression {
    guard assignments.count > 1, !assignment.expression.names.isEmpty else { return assignment.expression }
    func resolved(_ assignment: Assignment, behind names: Set<String>) -> Expression {
      assignment.expression.substituting { name in
        guard !names.contains(name), scope.value(of: name) == nil,
          let sibling = assignments.first(where: { $0.name.value == name })
        else { return nil }
        return resolved(sibling, behind: names.union([name]))
      }
    }
    return resolved(assignment, behind: [assignment.name.value])
  }
}
