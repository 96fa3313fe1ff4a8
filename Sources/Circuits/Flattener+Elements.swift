internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// A card with all that decides what it means, apart from values.
struct BindingKey: Hashable {
  var card: SourceRange
  var model: Int?
  var functions: [SourceRange]
}

/// Element cards: bound once, evaluated in every pass and every instance.
extension Flattener {
  mutating func addElement(_ card: Card, _ scope: LevelScope, to expansion: Expansion) {
    guard let name = fill(binder.name(of: card), scope) else {
      isIncomplete = true
      return
    }
    if let first = expansion.claim(name, at: card.keyword.range) {
      return report(.duplicateDevice(card.keyword.range, name: name, first: first))
    }
    if card.keyword.value.utf8.first == UInt8(ascii: "x") {
      return addInstance(card, named: name, scope, to: expansion)
    }
    var resolved: ResolvedModel?
    if let modelName = binder.modelName(of: card) {
      let isValue = binder.mayNameModelAsValue(card)
      guard let model = model(named: modelName, isValue: isValue, scope) else {
        isIncomplete = true
        return
      }
      resolved = model
    }
    guard let element = bound(card, to: resolved?.model, scope) else {
      isIncomplete = true
      return
    }
    addDevice(element, card, named: name, given: resolved?.values ?? [], scope, to: expansion)
  }

  private mutating func bound(_ card: Card, to model: Int?, _ scope: LevelScope) -> BoundElement? {
    let key = BindingKey(card: card.text.range, model: model, functions: scope.definitions.functionsKey)
    if let element = boundCards[key] { return element }
    let element = binder.bind(
      card, model: model, function: { scope.function($0) }, diagnostics: &diagnostics)
    boundCards[key] = .some(element)
    outlineModels()
    return element
  }

  mutating func outlineModels() {
    while outlines.count < binder.models.count { outlines.append(ModelOutline(binder.models[outlines.count])) }
  }

  private mutating func addDevice(
    _ element: BoundElement, _ card: Card, named name: String, given: [ResolvedModel.Value], _ scope: LevelScope,
    to expansion: Expansion
  ) {
    let outline = outlines[element.model]
    var terminals: [Int32] = []
    terminals.reserveCapacity(outline.model.terminals.count)
    for (index, node) in element.nodes.prefix(outline.externalCount).enumerated() {
      guard let slot = slot(node, scope, in: expansion, connects: outline.connects[index]) else {
        isIncomplete = true
        return
      }
      terminals.append(slot)
    }
    for internalNode in outline.model.terminals.dropFirst(terminals.count) {
      terminals.append(expansion.internalSlot("\(name)#\(internalNode)", names: &assembler.names))
    }
    guard
      let parameters = parameters(of: element, outline, given: given, device: name, card, scope),
      let signals = signals(of: element, outline, parameters, scope, in: expansion)
    else {
      isIncomplete = true
      return
    }
    var device = ExpandedDevice(
      model: element.model, name: assembler.names.local(name), terminals: terminals, parameters: parameters,
      signals: signals, origin: card.text.range, isResistor: card.keyword.value.utf8.first == UInt8(ascii: "r"),
      isLibrary: scope.definitions.isLibrary)
    if let waveform = element.waveform {
      var values: [Double] = []
      for expression in waveform.expressions {
        guard let value = constant(expression, scope) else { return }
        values.append(value)
      }
      device.waveform = waveform.waveform(
        values, step: transient.step, stop: transient.stop, diagnostics: &diagnostics)
      if device.waveform == nil { return }
    }
    for start in element.heldStarts {
      guard let value = constant(start.value, scope) else { continue }
      checkStart(start.target, value, outline, parameters, device: name, at: start.value.range)
      device.heldStarts.append((start.target, value))
    }
    if let initial = element.initialCondition { device.initialCondition = constant(initial, scope) }
    if hasRoom(for: 1, in: expansion, at: card.keyword.range) { expansion.add(device) }
  }

  /// The slot of a node as the card names it.
  mutating func slot(
    _ node: Located<NameTemplate>, _ scope: LevelScope, in expansion: Expansion, connects: Bool
  ) -> Int32? {
    guard let name = fill(node.value, scope) else { return nil }
    return expansion.slot(name, connects: connects, at: node.range, globals: globals, names: &assembler.names)
  }

  /// What the inputs of a device read; nil after a complaint.
  private mutating func signals(
    of element: BoundElement, _ outline: ModelOutline, _ parameters: [Double], _ scope: LevelScope,
    in expansion: Expansion
  ) -> [ExpandedSignal]? {
    var result: [ExpandedSignal] = []
    for (position, variable) in outline.signals.enumerated() {
      guard position < element.signals.count, let template = element.signals[position] else {
        // The binder complains about an input that has neither.
        guard case .signal(let defaultValue?) = outline.model.variables[variable].kind else { return nil }
        result.append(.constant(outline.value(of: defaultValue, parameters: parameters)))
        continue
      }
      guard let signal = signal(template, scope, in: expansion) else { return nil }
      result.append(signal)
    }
    return result
  }

  private mutating func signal(
    _ template: Located<SignalTemplate>, _ scope: LevelScope, in expansion: Expansion
  ) -> ExpandedSignal? {
    let range = template.range
    switch template.value {
    case .constant(let expression):
      return constant(expression, scope).map(ExpandedSignal.constant)
    case .voltage(let plus, let minus):
      guard let plus = slot(Located(plus, range), scope, in: expansion, connects: false) else { return nil }
      guard let minus else { return .voltage(plus: plus, minus: 0) }
      guard let minus = slot(Located(minus, range), scope, in: expansion, connects: false) else { return nil }
      return .voltage(plus: plus, minus: minus)
    case .current(let device):
      return fill(device, scope).map { .device($0, .current, range) }
    case .power(let device):
      return fill(device, scope).map { .device($0, .power, range) }
    case .quantity(let device, let name):
      return fill(device, scope).map { .device($0, .quantity(name), range) }
    }
  }
}
