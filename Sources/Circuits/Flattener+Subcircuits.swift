internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// X lines: `X1 a b sub l=1`.
extension Flattener {
  /// Elements of the flat circuit, beyond which the netlist is taken for a mistake.
  static let mostDevices = 50_000_000

  mutating func addInstance(_ card: Card, named name: String, _ scope: LevelScope, to expansion: Expansion) {
    let words = card.fields.filter { $0.isName && $0.text.string.lowercased() != "params:" }
    guard let last = words.last, let subcircuitName = fill(last.name, scope) else {
      isIncomplete = true
      return report(.instanceWithoutSubcircuit(card.keyword.range, name: name))
    }
    guard let (plan, home) = subcircuit(subcircuitName, at: last.range, scope) else {
      isIncomplete = true
      return
    }
    let nodes = words.dropLast()
    var ports: [Int32] = []
    for node in nodes {
      guard let slot = slot(Located(node.name, node.range), scope, in: expansion, connects: true) else {
        isIncomplete = true
        return
      }
      ports.append(slot)
    }
    guard ports.count == plan.subcircuit.ports.count else {
      isIncomplete = true
      return report(
        .portCount(
          nodes.last?.range ?? last.range, instance: name, given: ports.count, subcircuit: plan.name,
          ports: plan.subcircuit.ports.map(\.value), definition: plan.subcircuit.name.range))
    }
    guard let arguments = arguments(of: card, for: plan, scope),
      let inner = expand(plan, home, arguments, at: last.range, scope)
    else {
      isIncomplete = true
      return
    }
    guard hasRoom(for: inner.deviceCount, in: expansion, at: card.keyword.range) else { return }
    expansion.add(ExpandedInstance(name: name, expansion: inner, ports: ports))
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

  /// The values an instance gives, in the order of the subcircuit's parameters; nil after a complaint.
  private mutating func arguments(of card: Card, for plan: SubcircuitPlan, _ scope: LevelScope) -> [Double?]? {
    var values = [Double?](repeating: nil, count: plan.formalNames.count)
    var isRight = true
    for assignment in card.assignments {
      guard let index = plan.formalNames.firstIndex(of: assignment.name.value) else {
        isRight = false
        report(
          .unknownArgument(
            assignment.name.range, name: assignment.name.value, subcircuit: plan.name,
            suggestion: Suggestion.nearest(to: assignment.name.value, among: plan.formalNames),
            known: plan.formalNames))
        continue
      }
      guard let value = constant(assignment.expression, scope) else {
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
  ) -> Expansion? {
    if let start = chain.firstIndex(where: { $0 === plan }) {
      report(.recursiveSubcircuit(range, chain: chain[start...].map(\.name) + [plan.name]))
      return nil
    }
    let key = ExpansionKey(
      subcircuit: ObjectIdentifier(plan), arguments: arguments.map { $0?.bitPattern ?? ExpansionKey.absent })
    if let expansion = home.expansion(for: key, in: caller) { return expansion }
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
    let outerReads = OuterReads()
    let scope = LevelScope(
      caller: caller, definitions: body.hasDefinitions ? Definitions(parent: home, isLibrary: home.isLibrary) : home,
      outerReads: outerReads)
    for (name, value) in zip(plan.formalNames, arguments) {
      if let value { scope.fix(name, at: value) }
    }
    enter(body, scope)
    let expansion = Expansion(ports: plan.subcircuit.ports.map(\.value))
    walk(body, scope, into: expansion)
    reportUnconnectedNodes(of: expansion)
    home.add(ExpansionVariant(outerReads: outerReads, expansion: expansion), for: key)
    return expansion
  }

  /// Reads the library's text that defines `name`, once.
  mutating func askLibrary(for name: String) {
    guard libraryRequests.insert(name).inserted,
      let statements = library.statements(defining: name, sources: &sources, diagnostics: &diagnostics)
    else { return }
    enter(LevelPlan(statements, isTop: false, diagnostics: &diagnostics), libraryScope)
  }

  /// Notes that a name of the netlist hides one of the library.
  mutating func noteShadowing(_ name: Located<String>, in scope: LevelScope) {
    guard !scope.definitions.isLibrary, library.names.contains(name.value) else { return }
    report(.shadowedLibrary(name.range, name: name.value))
  }
}

extension Field {
  /// A word, or a placeholder that makes all of a name.
  fileprivate var isName: Bool {
    switch kind {
    case .word, .expression: true
    case .openParenthesis, .closeParenthesis: false
    }
  }
}
