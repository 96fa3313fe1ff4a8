package import Diagnostics
package import Expressions
package import Netlists

/// `Nxxx n+ n- ... model [param=value] [state=value] [input=signal]`: a device whose equations stand in a model.
package enum CompiledDevice: ElementKind {
  package static let letter: Character = "n"

  package static let syntax = CardSyntax(
    title: "device of a model", form: "Nxxx n+ n- ... model [param=value] [state=value] [input=signal]",
    example: "N1 d k hh_potassium gmax=36m", nodes: [])

  /// The last word of the card.
  static func modelName(of card: Card) -> Located<NameTemplate>? {
    guard card.fields.count > 1, let field = card.fields.last, case .word = field.kind else { return nil }
    return Located(field.name, field.range)
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let index = model, binder.models.indices.contains(index), let modelName = modelName(of: card) else {
      CompiledDeviceError.missingModel(name: card.keyword.value, range: card.text.range).report(to: &diagnostics)
      return nil
    }
    let model = binder.models[index]
    if let kind = binder.elementKind(ofModel: index) {
      ElementError.wrongModel(
        name: modelName.value.plain ?? model.name, found: kind.syntax, wanted: syntax, range: modelName.range
      ).report(to: &diagnostics)
      return nil
    }
    let nodes = card.fields.dropLast()
    let terminals = model.terminals.dropLast(model.internalNodeCount)
    guard nodes.count == terminals.count else {
      CompiledDeviceError.wrongTerminalCount(
        device: card.keyword.value, model: model.name, terminals: Array(terminals), found: nodes.count,
        range: card.text.range
      ).report(to: &diagnostics)
      return nil
    }
    var element = BoundElement(model: index, nodes: nodes.map { Located($0.name, $0.range) })
    guard let assignments = CardBinder.assignments(of: card, to: syntax, diagnostics: &diagnostics) else { return nil }
    var good = true
    for assignment in card.assignments {
      good = bind(assignment, of: model, into: &element, diagnostics: &diagnostics) && good
    }
    good = bindInputs(assignments, of: model, card: card, into: &element, diagnostics: &diagnostics) && good
    return good ? element : nil
  }

  /// A parameter's value or a state's or memory's start.
  private static func bind(
    _ assignment: Assignment, of model: DeviceModel, into element: inout BoundElement,
    diagnostics: inout DiagnosticBag
  ) -> Bool {
    let name = assignment.name.value.lowercased()
    if let index = model.givableParameter(named: name) {
      element.parameters.append(ParameterBinding(index: index, value: assignment.expression))
    } else if let index = model.variable(named: name), model.variables[index].hasOwnStart {
      element.heldStarts.append(StartBinding(target: .variable(index), value: assignment.expression))
    } else if let index = model.memories.firstIndex(where: { $0.name == name }) {
      element.heldStarts.append(StartBinding(target: .memory(index), value: assignment.expression))
    } else if let index = model.variable(named: name), model.variables[index].isSignal {
      return true
    } else if model.quantity(named: name) != nil {
      CompiledDeviceError.quantityGiven(name: assignment.name.value, model: model.name, range: assignment.name.range)
        .report(to: &diagnostics)
      return false
    } else {
      CompiledDeviceError.unknownAssignment(
        name: assignment.name.value, model: model.name, known: model.assignableNames, range: assignment.name.range
      ).report(to: &diagnostics)
      return false
    }
    return assignment.expression.isConstant(for: "device of '\(model.name)'", diagnostics: &diagnostics)
  }

  /// One binding per input, in the order of the model's variables.
  private static func bindInputs(
    _ assignments: [String: Assignment], of model: DeviceModel, card: Card, into element: inout BoundElement,
    diagnostics: inout DiagnosticBag
  ) -> Bool {
    var good = true
    for variable in model.variables {
      guard case .signal(let defaultValue) = variable.kind else { continue }
      guard let assignment = assignments[variable.name] else {
        element.signals.append(nil)
        if defaultValue == nil {
          good = false
          CompiledDeviceError.unboundInput(
            name: variable.name, device: card.keyword.value, model: model.name, range: card.text.range
          ).report(to: &diagnostics)
        }
        continue
      }
      guard let signal = SignalTemplate(assignment.expression, diagnostics: &diagnostics) else {
        good = false
        CompiledDeviceError.noSignal(name: variable.name, range: assignment.value.range).report(to: &diagnostics)
        continue
      }
      element.signals.append(Located(signal, assignment.value.range))
    }
    return good
  }
}

extension Variable {
  /// Whether a card may give where it begins.
  var hasOwnStart: Bool {
    switch kind {
    case .state, .algebraic: true
    case .voltage, .current, .waveform, .signal, .charge, .delayed: false
    }
  }

  var isSignal: Bool {
    if case .signal = kind { true } else { false }
  }
}

extension DeviceModel {
  /// Every name that may stand left of `=` on a card.
  var assignableNames: [String] {
    givableParameterNames + variables.filter { $0.hasOwnStart || $0.isSignal }.map(\.name) + memories.map(\.name)
  }
}
