internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// `.memristor` and `.model`: resolved when their level is entered, their values read there.
extension Flattener {
  mutating func defineModels(_ plan: LevelPlan, _ scope: LevelScope) {
    for block in plan.memristors {
      noteShadowing(block.name, in: scope)
      let model = given(compiled(block, scope), named: block.name.value, scope)
      scope.definitions.add(model, named: block.name.value)
    }
    if plan.models.isEmpty { return }
    var definitions: [String: ModelDefinition] = [:]
    var order: [String] = []
    for definition in plan.models {
      let written = NameTemplate(written: definition.name, diagnostics: &diagnostics)
      guard let name = fill(written, scope) else { continue }
      noteShadowing(Located(name, definition.name.range), in: scope)
      if definitions.updateValue(definition, forKey: name) == nil { order.append(name) }
    }
    for name in order { resolve(name, among: &definitions, scope) }
  }

  private mutating func compiled(_ block: MemristorBlock, _ scope: LevelScope) -> ResolvedModel? {
    let defined: DefinedModel?
    if let known = compiledBlocks[block.range] {
      defined = known
    } else {
      defined = binder.define(block, function: { scope.function($0) }, diagnostics: &diagnostics)
      compiledBlocks[block.range] = .some(defined)
      outlineModels()
    }
    return defined.flatMap { evaluated($0, on: [], scope) }
  }

  /// Defines the `.model` called `name` and those it stands on, from the bottom up; takes them out of `definitions`.
  private mutating func resolve(
    _ name: String, among definitions: inout [String: ModelDefinition], _ scope: LevelScope
  ) {
    var pending: [(name: String, definition: ModelDefinition)] = []
    var next = name
    while let definition = definitions.removeValue(forKey: next) {
      pending.append((next, definition))
      next = definition.type.value
      // A word of SPICE's is that type, whatever models are called: `.model d d(...)`.
      if binder.isElementType(next) { break }
    }
    if !binder.isElementType(next), pending.contains(where: { $0.name == next }), let last = pending.last {
      report(.cyclicModel(last.definition.type.range, names: pending.map(\.name) + [next]))
      for item in pending { scope.definitions.add(nil, named: item.name) }
      return
    }
    for item in pending.reversed() {
      var definition = item.definition
      guard let base = base(of: &definition, scope) else {
        scope.definitions.add(nil, named: item.name)
        continue
      }
      let defined = binder.define(definition, on: base.model, diagnostics: &diagnostics)
      outlineModels()
      let model = defined.flatMap { evaluated($0, on: base.values, scope) }
      scope.definitions.add(given(model, named: item.name, scope), named: item.name)
    }
  }

  mutating func evaluated(
    _ defined: DefinedModel, on base: [ResolvedModel.Value], _ scope: LevelScope
  ) -> ResolvedModel? {
    var values = base
    for binding in defined.parameters {
      guard let value = constant(binding.value, scope) else { return nil }
      values.append(ResolvedModel.Value(index: binding.index, value: value, range: binding.value.range))
    }
    let given = Dictionary(values.map { ($0.index, $0.value) }, uniquingKeysWith: { _, last in last })
    let model = binder.settled(defined.model, given: given)
    outlineModels()
    return ResolvedModel(model: model, values: values)
  }

  /// The model that a card names, where `isValue` in place of a number; nil after a complaint.
  mutating func model(named name: Located<NameTemplate>, isValue: Bool, _ scope: LevelScope) -> ResolvedModel? {
    guard let text = fill(name.value, scope) else { return nil }
    if let known = foundModel(text, scope) { return known }
    report(
      .unknownModel(
        name.range, name: text, suggestion: nearestModel(to: text, scope), isValue: isValue,
        isParameter: scope.value(of: text) != nil))
    return nil
  }

  /// The model that a `.model` line stands on, and the line in that model's names; nil after a complaint.
  private mutating func base(of definition: inout ModelDefinition, _ scope: LevelScope) -> ResolvedModel? {
    let type = definition.type
    if type.value == XyceMemristor.type { return xyceMemristor(of: &definition, scope) }
    if let model = binder.elementModel(ofType: type.value) {
      outlineModels()
      return ResolvedModel(model: model, values: [])
    }
    if let known = foundModel(type.value, scope) { return known }
    if SpiceModelType.isKnown(type.value) {
      report(.modelTypeNotBuilt(type.range, type: type.value))
    } else {
      report(.unknownModelType(type.range, type: type.value, suggestion: nearestModel(to: type.value, scope)))
    }
    return nil
  }

  /// The library's model for a level of Xyce's, with Xyce's defaults.
  private mutating func xyceMemristor(of definition: inout ModelDefinition, _ scope: LevelScope) -> ResolvedModel? {
    let written = XyceMemristor.level(of: definition)
    let level = written.flatMap { constant($0.expression, scope) }
    guard let kind = XyceMemristor.levels.first(where: { Double($0.level) == level }) else {
      report(.memristorLevel(written?.value.range ?? definition.type.range, level: level))
      return nil
    }
    definition = kind.translated(definition)
    askLibrary(for: kind.libraryName)
    guard case .some(.some(var resolved)) = libraryDefinitions.model(kind.libraryName) else {
      report(
        .unknownModel(
          definition.type.range, name: kind.libraryName, suggestion: nil, isValue: false, isParameter: false))
      return nil
    }
    let parameters = outlines[resolved.model].model.parameters
    for (name, value) in kind.defaults.sorted(by: { $0.key < $1.key }) {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else { continue }
      resolved.values.append(ResolvedModel.Value(index: index, value: value, range: definition.type.range))
    }
    return resolved
  }

  /// Outer nil: no such model; inner nil: one that was complained about.
  private mutating func foundModel(_ name: String, _ scope: LevelScope) -> ResolvedModel?? {
    if let known = scope.definitions.model(name) { return known }
    askLibrary(for: name)
    return libraryDefinitions.model(name)
  }

  private func nearestModel(to name: String, _ scope: LevelScope) -> String? {
    Suggestion.nearest(to: name, among: scope.definitions.modelNames + library.names)
  }
}

/// The model types of ngspice 39 and PSpice that are not built yet.
enum SpiceModelType {
  private static let names: Set<String> = [
    "urc", "ltra", "txl", "cpl", "npn", "pnp", "njf", "pjf", "nmos", "pmos", "nmf",
    "pmf", "vdmos", "nhfet", "phfet", "numd", "nbjt", "numos", "jfet", "mes", "vswitch", "iswitch", "cap", "ind",
  ]

  static func isKnown(_ name: String) -> Bool { names.contains(name) }
}
