internal import Devices
internal import Diagnostics
internal import Netlists

/// What `.step` asks of an elaboration: its own lines before any device is made, and models with other values.
extension Flattener {
  /// The top level's cards of those keywords, those in branches that hold included.
  mutating func directives(called keywords: Set<String>, in netlist: Netlist) -> [Card] {
    let plan = LevelPlan(netlist.statements, isTop: true, diagnostics: &diagnostics)
    for (name, value) in overrides where plan.parameterNames.contains(name) { top.fix(name, at: value) }
    enter(plan, top)
    return directives(called: keywords, in: plan)
  }

  private func directives(called keywords: Set<String>, in plan: LevelPlan) -> [Card] {
    plan.contents.flatMap { content -> [Card] in
      switch content {
      case .directive(let plan) where keywords.contains(plan.card.keyword.value): return [plan.card]
      case .conditional(let conditional):
        guard let branch = top.choice(of: conditional) else { return [] }
        return directives(called: keywords, in: conditional.branches[branch].level)
      default: return []
      }
    }
  }

  /// `model` with the values that win over its text: a `.model` that stands on it, of the same name.
  mutating func given(_ model: ResolvedModel?, named name: String, _ scope: LevelScope) -> ResolvedModel? {
    guard var model else { return nil }
    for value in modelValues where value.model.value == name {
      metModels.insert(name)
      let definition = ModelDefinition(name: value.model, type: value.model, assignments: [value.assignment])
      guard let defined = binder.define(definition, on: model.model, diagnostics: &diagnostics),
        let changed = evaluated(defined, named: name, on: model.values, scope)
      else { return nil }
      model = changed
    }
    return model
  }

  /// Values for models that the netlist does not have.
  mutating func reportUnknownModels() {
    for value in modelValues where !metModels.contains(value.model.value) {
      report(
        .unknownModel(
          value.model.range, name: value.model.value,
          suggestion: Suggestion.nearest(to: value.model.value, among: top.definitions.modelNames), isValue: false,
          isParameter: false))
    }
  }
}
