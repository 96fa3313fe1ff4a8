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
    if let known = memory.compiledBlocks[block.range] {
      defined = known
    } else {
      defined = binder.define(block, function: { scope.function($0) }, diagnostics: &diagnostics)
      memory.compiledBlocks[block.range] = .some(defined)
      outlineModels()
    }
    return defined.flatMap { evaluated($0, named: block.name.value, on: [], scope) }
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
      let model = defined.flatMap { evaluated($0, named: item.name, on: base.values, scope) }
      scope.definitions.add(given(model, named: item.name, scope), named: item.name)
    }
  }

  mutating func evaluated(
    _ defined: DefinedModel, named name: String, on base: [ResolvedModel.Value], _ scope: LevelScope
  ) -> ResolvedModel? {
    var values = base
    for binding in defined.parameters {
      let parameter = binder.models[defined.model].parameters[binding.index].name
      guard let value = constant(binding.value, scope, of: .parameter("\(name)(\(parameter))")) else {
        return nil
      }
      var given = ResolvedModel.Value(index: binding.index, value: value, range: binding.value.range)
      if let expression = binding.deviation {
        guard let deviation = constant(expression, scope) else { return nil }
        given.deviation = deviation
      }
      values.append(given)
    }
    let given = Dictionary(values.map { ($0.index, $0.value) }, uniquingKeysWith: { _, last in last })
    let model = binder.settled(defined.model, given: given)
    outlineModels()
    return ResolvedModel(model: model, values: values)
  }

  /// The model that a card names, where `isValue` in place of a number; nil after a complaint.
  mutating func model(named name: Located<NameTemplate>, isValue: Bool, _ scope: LevelScope) -> ResolvedModel? {
    guard let text = fill(name.value, scope) else { return nil }
    if let known = foundModel(text, scope) {
      if known == nil, let definition = foreignModels[text] {
        report(.foreignModel(name.range, name: text, definition: definition))
      }
      return known
    }
    report(
      .unknownModel(
        name.range, name: text, suggestion: nearestModel(to: text, scope), isValue: isValue,
        isParameter: scope.value(of: text) != nil))
    return nil
  }

  /// The model that a `.model` line stands on, and the line in that model's names; nil after a complaint.
  private mutating func base(of definition: inout ModelDefinition, _ scope: LevelScope) -> ResolvedModel? {
    let type = definition.type
    if type.value == ForeignMemristor.type { return foreignMemristor(of: &definition, scope) }
    if let model = binder.elementModel(ofType: type.value) {
      outlineModels()
      return ResolvedModel(model: model, values: [])
    }
    if let known = foundModel(type.value, scope) { return known }
    if let title = SpiceModelType.title(of: type.value) {
      // Libraries hold models of every kind: one that no element names does no harm.
      foreignModels[definition.name.value] = type.range
      report(.foreignModelType(type.range, type: type.value, title: title))
    } else {
      report(.unknownModelType(type.range, type: type.value, suggestion: nearestModel(to: type.value, scope)))
    }
    return nil
  }

  /// The library's model for one of Xyce's or ngspice's, with the defaults it has there.
  private mutating func foreignMemristor(of definition: inout ModelDefinition, _ scope: LevelScope) -> ResolvedModel? {
    let written = ForeignMemristor.level(of: definition)
    let level = written.flatMap { constant($0.expression, scope) }
    guard let kind = ForeignMemristor.model(of: definition, level: level) else {
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
  mutating func foundModel(_ name: String, _ scope: LevelScope) -> ResolvedModel?? {
    if let known = scope.definitions.model(name) { return known }
    askLibrary(for: name)
    return libraryDefinitions.model(name)
  }

  private func nearestModel(to name: String, _ scope: LevelScope) -> String? {
    Suggestion.nearest(to: name, among: scope.definitions.modelNames + library.names)
  }
}

/// The model types of ngspice 39, PSpice and XSPICE that are not of this language, with what they belong to.
enum SpiceModelType {
  private static let titles: [(title: String, types: [String])] = [
    ("a bipolar transistor", ["npn", "pnp", "nbjt"]),
    (
      "a field-effect transistor",
      ["njf", "pjf", "jfet", "nmos", "pmos", "numos", "vdmos", "nmf", "pmf", "mes", "nhfet", "phfet"]
    ),
    ("a lossy or coupled line", ["urc", "ltra", "txl", "cpl", "trn"]),
    ("a numerical diode", ["numd"]),
    ("PSpice's capacitor, inductor or coupling", ["cap", "ind", "core"]),
    (
      "a code model of XSPICE",
      [
        "gain", "summer", "mult", "divide", "limit", "climit", "cntl_pwr", "ilimit", "pwl", "pwlts", "filesource",
        "multi_input_pwl", "aswitch", "pswitch", "zener", "sidiode", "int", "d_dt", "s_xfer", "slew", "lcouple", "core",
        "hyst", "sine", "triangle", "square", "oneshot", "potentiometer", "cmeter", "lmeter", "capacitoric",
        "inductoric",
        "dac_bridge", "adc_bridge", "d_to_real", "d_buffer", "d_inverter", "d_and", "d_nand", "d_or", "d_nor", "d_xor",
        "d_xnor", "d_tristate", "d_pullup", "d_pulldown", "d_dff", "d_jkff", "d_tff", "d_srff", "d_dlatch", "d_srlatch",
        "d_state", "d_fdiv", "d_ram", "d_source", "d_lut", "d_genlut", "spice2poly", "table2d", "table3d", "delay",
      ]
    ),
  ]

  /// What models of the type belong to; nil for a word that is no type.
  static func title(of name: String) -> String? { titles.first { $0.types.contains(name) }?.title }
}
