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
  mutating func addElement(_ plan: ElementPlan, _ scope: LevelScope, to expansion: Expansion) {
    var card = plan.card
    guard let text = fill(binder.name(of: card), scope) else {
      isIncomplete = true
      return
    }
    let name = assembler.names.local(text)
    if let first = expansion.claim(name, at: card.keyword.range) {
      return report(.duplicateDevice(card.keyword.range, name: text, first: first))
    }
    if plan.isInstance { return addInstance(plan, named: name, scope, to: expansion) }
    if let (element, values) = plan.device(in: scope) {
      guard let terminals = terminals(of: element, named: text, scope, in: expansion) else {
        isIncomplete = true
        return
      }
      if hasRoom(for: 1, in: expansion, at: card.keyword.range) {
        expansion.add(ExpandedDevice(name: name, terminals: terminals, values: values))
      }
      return
    }
    var resolved: ResolvedModel?
    var namesOneModel = true
    if let modelName = binder.modelName(of: card) {
      namesOneModel = modelName.value.plain != nil
      let isValue = binder.mayNameModelAsValue(card)
      if isValue, isParameter(modelName.value, scope) {
        card = card.readingAsExpression(modelName.range)
      } else if let model = model(named: modelName, isValue: isValue, scope) {
        resolved = model
      } else {
        isIncomplete = true
        return
      }
    }
    guard let element = bound(card, to: resolved?.model, scope).flatMap({ multiplied($0, device: text, card, scope) })
    else {
      isIncomplete = true
      return
    }
    let made = addDevice(element, plan, named: text, given: resolved?.values ?? [], scope, to: expansion)
    if let made, namesOneModel { plan.keep(made.values, of: element, read: made.reads, in: scope) }
  }

  /// Whether a word in a value's place names a parameter and no model: Xyce does without braces.
  private mutating func isParameter(_ name: NameTemplate, _ scope: LevelScope) -> Bool {
    guard let text = name.plain, scope.value(of: text) != nil else { return false }
    return foundModel(text, scope) == nil
  }

  private mutating func bound(_ card: Card, to model: Int?, _ scope: LevelScope) -> BoundElement? {
    let key = BindingKey(card: card.text.range, model: model, functions: scope.definitions.functionsKey)
    if let element = memory.boundCards[key] { return element }
    let element = binder.bind(
      card, model: model, function: { scope.function($0) }, diagnostics: &diagnostics)
    memory.boundCards[key] = .some(element)
    outlineModels()
    return element
  }

  mutating func outlineModels() {
    while outlines.count < binder.models.count { outlines.append(ModelOutline(binder.models[outlines.count])) }
  }

  /// What the device is apart from its names, and what that was made from, where other passes may use it again.
  private mutating func addDevice(
    _ element: BoundElement, _ plan: ElementPlan, named name: String, given: [ResolvedModel.Value],
    _ scope: LevelScope, to expansion: Expansion
  ) -> (values: DeviceValues, reads: OuterReads)? {
    let card = plan.card
    let outline = outlines[element.model]
    guard let terminals = terminals(of: element, named: name, scope, in: expansion) else {
      isIncomplete = true
      return nil
    }
    let complaints = diagnostics.diagnostics.count
    let draws = random.drawCount
    let reads = OuterReads()
    let known =
      plan.isWorthKeeping ? LevelScope(caller: scope, definitions: scope.definitions, outerReads: reads) : scope
    let ownReads = recorder != nil && scope === top ? OuterReads() : nil
    if let ownReads { top.reads = ownReads }
    let values = values(of: element, given: given, device: name, card, known)
    if ownReads != nil { top.reads = recorder?.reads }
    if diagnostics.diagnostics.count > complaints { recorder?.noteComplaint() }
    guard let device = values, let signals = signals(of: element, outline, device.parameters, scope, in: expansion)
    else {
      isIncomplete = true
      return nil
    }
    if let ownReads {
      recorder?.note(
        ElaborationPattern.Device(
          name: name, card: card, element: element, given: given, reads: ownReads.names,
          place: assembler.nextDevice(of: element.model)))
    }
    guard hasRoom(for: 1, in: expansion, at: card.keyword.range) else { return nil }
    expansion.add(
      ExpandedDevice(name: assembler.names.local(name), terminals: terminals, signals: signals, values: device))
    // A device that reads others is not kept: their names differ in every pass.
    let isKept =
      plan.isWorthKeeping && signals.isEmpty && diagnostics.diagnostics.count == complaints
      && random.drawCount == draws
    return isKept ? (device, reads) : nil
  }

  /// What a device is worth by its card and its model's text; nil after a complaint.
  mutating func values(
    of element: BoundElement, given: [ResolvedModel.Value], device name: String, _ card: Card, _ scope: LevelScope
  ) -> DeviceValues? {
    let outline = outlines[element.model]
    guard let parameters = parameters(of: element, outline, given: given, device: name, card, scope) else { return nil }
    let device = DeviceValues(
      model: element.model, parameters: parameters, origin: assembler.origins.place(of: card.text.range),
      isResistor: card.isResistor, isLibrary: scope.definitions.isLibrary)
    if let waveform = element.waveform {
      guard let shape = self.waveform(waveform, of: name, scope) else { return nil }
      device.waveform = assembler.add(shape)
    }
    for start in element.heldStarts {
      guard let value = constant(start.value, scope, of: .device(name, parameter: "\(start.target)")) else { continue }
      checkStart(start.target, value, outline, parameters, device: name, at: start.value.range)
      device.heldStarts.append((start.target, value))
    }
    if let initial = element.initialCondition {
      device.initialCondition = constant(initial, scope, of: .device(name, parameter: "ic"))
    }
    return device
  }

  /// A source's values, worked out; nil after a complaint.
  private mutating func waveform(
    _ card: WaveformCard, of device: String, _ scope: LevelScope
  ) -> SourceWaveform? {
    var values: [Double] = []
    for (place, expression) in card.expressions.enumerated() {
      guard let value = constant(expression, scope, of: .device(device, parameter: "waveform \(place)")) else {
        return nil
      }
      values.append(value)
    }
    return card.waveform(values, step: transient.step, stop: transient.stop, diagnostics: &diagnostics)
  }

  /// The slots of a device's terminals, its internal nodes made anew; nil after a complaint.
  private mutating func terminals(
    of element: BoundElement, named name: String, _ scope: LevelScope, in expansion: Expansion
  ) -> [Int32]? {
    let outline = outlines[element.model]
    var terminals: [Int32] = []
    terminals.reserveCapacity(outline.model.terminals.count)
    for (index, node) in element.nodes.prefix(outline.externalCount).enumerated() {
      guard let slot = slot(node, scope, in: expansion, outline.use(of: index)) else { return nil }
      terminals.append(slot)
    }
    for internalNode in outline.model.terminals.dropFirst(terminals.count) {
      terminals.append(expansion.internalSlot("\(name)#\(internalNode)", names: &assembler.names))
    }
    return terminals
  }

  /// The slot of a node as the card names it.
  mutating func slot(
    _ node: Located<NameTemplate>, _ scope: LevelScope, in expansion: Expansion, _ use: Expansion.Use
  ) -> Int32? {
    guard let name = fill(node.value, scope) else { return nil }
    return expansion.slot(name, use, at: node.range, globals: globals, names: &assembler.names)
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
      guard let plus = slot(Located(plus, range), scope, in: expansion, .reads) else { return nil }
      guard let minus else { return .voltage(plus: plus, minus: 0) }
      guard let minus = slot(Located(minus, range), scope, in: expansion, .reads) else { return nil }
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

extension Card {
  fileprivate var isResistor: Bool { keyword.value.utf8.first == UInt8(ascii: "r") }

  /// The card with the name at `range` as an expression.
  fileprivate func readingAsExpression(_ range: SourceRange) -> Card {
    var card = self
    for index in card.fields.indices where card.fields[index].range == range {
      guard let name = card.fields[index].name.plain else { continue }
      card.fields[index].kind = .expression(.name(name, range))
    }
    return card
  }
}
