internal import Diagnostics
internal import Expressions

/// What is defined where a level was written: functions, models and subcircuits, those of the levels around included.
final class Definitions {
  let parent: Definitions?
  /// True for texts of the library: what looks odd in them is meant.
  let isLibrary: Bool
  /// Differs where other functions are visible, so that bound cards are shared only where they mean the same.
  private(set) var functionsKey: [SourceRange]
  private var functions: [String: FunctionDefinition] = [:]
  private var subcircuits: [String: SubcircuitPlan] = [:]
  private var models: [String: ResolvedModel?] = [:]
  private var expansions: [ExpansionKey: [ExpansionVariant]] = [:]
  private static let mostVariants = 4096
  private var variantCount = 0

  init(parent: Definitions?, isLibrary: Bool = false) {
    self.parent = parent
    self.isLibrary = isLibrary
    functionsKey = parent?.functionsKey ?? []
  }

  func add(_ function: FunctionDefinition) {
    functions[function.name.value] = function
    functionsKey.append(function.name.range)
  }

  func add(_ subcircuit: SubcircuitPlan) {
    subcircuits[subcircuit.name] = subcircuit
  }

  /// Nil stands for a model that was complained about already.
  func add(_ model: ResolvedModel?, named name: String) {
    models[name] = .some(model)
  }

  func function(_ name: String) -> FunctionDefinition? {
    functions[name] ?? parent?.function(name)
  }

  /// The subcircuit of that name and where it was written.
  func subcircuit(_ name: String) -> (plan: SubcircuitPlan, home: Definitions)? {
    subcircuits[name].map { ($0, self) } ?? parent?.subcircuit(name)
  }

  /// The model of that name: outer nil where there is none, inner nil where it is faulty.
  func model(_ name: String) -> ResolvedModel?? {
    models[name] ?? parent?.model(name)
  }

  var subcircuitNames: [String] { subcircuits.keys.sorted() + (parent?.subcircuitNames ?? []) }
  var modelNames: [String] { models.keys.sorted() + (parent?.modelNames ?? []) }
  var allFunctions: [String: FunctionDefinition] {
    (parent?.allFunctions ?? [:]).merging(functions) { $1 }
  }

  /// The expansion of a subcircuit written here for these arguments, if it was made in equal surroundings.
  func expansion(for key: ExpansionKey, in caller: LevelScope) -> ExpansionVariant? {
    expansions[key]?.first { $0.outerReads.hold(in: caller) }
  }

  /// Keeps an expansion for equal instances, up to `mostVariants`: where all differ there is nothing to share.
  func add(_ variant: ExpansionVariant, for key: ExpansionKey) {
    variantCount += 1
    if variantCount <= Self.mostVariants { expansions[key, default: []].append(variant) }
  }
}

/// A subcircuit with the values its instance gives.
struct ExpansionKey: Hashable {
  /// Bit pattern that stands for an argument left out; no calculation yields this NaN.
  static let absent = UInt64.max

  var subcircuit: ObjectIdentifier
  /// Bit patterns, in the order of the subcircuit's parameters.
  var arguments: [UInt64]
}

struct ExpansionVariant {
  var outerReads: OuterReads
  var expansion: Expansion
}

/// A `.memristor` or a `.model` with the values it gives, evaluated where it was written.
struct ResolvedModel: Sendable {
  struct Value: Sendable {
    /// Index into the model's parameters.
    var index: Int
    var value: Double
    /// `dev=`: the part of the value by which each device may differ, evenly.
    var deviation: Double?
    var range: SourceRange
  }

  /// Index into the binder's models.
  var model: Int
  /// Later ones win.
  var values: [Value]
}
