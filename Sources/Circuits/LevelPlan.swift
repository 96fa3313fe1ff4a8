internal import Diagnostics
internal import Expressions
internal import Netlists

/// The statements of one level sorted by what they are: made once, read by every instance and every pass.
final class LevelPlan {
  /// What has to be known before the level's elements can be read.
  enum Step {
    case parameter(Assignment)
    /// `.temp`, `.options temp=`.
    case temperature(Expression)
    case conditional(ConditionalPlan)
  }

  /// What makes devices or is handed on, in the order written.
  enum Content {
    case element(ElementPlan)
    case directive(DirectivePlan)
    case repetition(RepetitionPlan)
    case conditional(ConditionalPlan)
  }

  /// In an order in which every step comes behind those it reads.
  private(set) var steps: [Step] = []
  private(set) var contents: [Content] = []
  private(set) var functions: [FunctionDefinition] = []
  private(set) var subcircuits: [SubcircuitPlan] = []
  private(set) var memristors: [MemristorBlock] = []
  private(set) var models: [ModelDefinition] = []
  /// Every name that some step gives a value to, those of branches included.
  private(set) var parameterNames: Set<String> = []
  private var unconditionalNames: Set<String> = []
  /// Whether the level or a branch of it defines functions, models or subcircuits.
  private(set) var hasDefinitions = false

  /// `formals` are a subcircuit's parameters with their defaults; `isTop` is true where `.temp` and `.options` count.
  init(_ statements: [Statement], formals: [Assignment] = [], isTop: Bool, diagnostics: inout DiagnosticBag) {
    var written = formals.map(Step.parameter)
    for statement in statements {
      switch statement {
      case .element(let card): contents.append(.element(ElementPlan(card)))
      case .parameters(let assignments): written += assignments.map(Step.parameter)
      case .function(let function): functions.append(function)
      case .subcircuit(let subcircuit): subcircuits.append(SubcircuitPlan(subcircuit))
      case .model(let model): models.append(model)
      case .memristor(let block): memristors.append(block)
      case .global, .script: break
      case .repetition(let repetition):
        contents.append(.repetition(RepetitionPlan(repetition, diagnostics: &diagnostics)))
      case .conditional(let conditional):
        let plan = ConditionalPlan(conditional, isTop: isTop, diagnostics: &diagnostics)
        written.append(.conditional(plan))
        contents.append(.conditional(plan))
        if plan.branches.contains(where: \.level.hasDefinitions) { hasDefinitions = true }
      case .directive(let card):
        contents.append(.directive(DirectivePlan(card)))
        if isTop { written += Self.temperatures(of: card, diagnostics: &diagnostics).map(Step.temperature) }
      }
    }
    if !(functions.isEmpty && subcircuits.isEmpty && memristors.isEmpty && models.isEmpty) { hasDefinitions = true }
    let order = ParameterOrder(of: written, functions: functions, diagnostics: &diagnostics)
    steps = order.steps
    parameterNames = order.names
    for case .parameter(let assignment) in written { unconditionalNames.insert(assignment.name.value) }
  }

  /// Whether only branches of `.if`s give `name` a value.
  func isConditional(_ name: String) -> Bool { !unconditionalNames.contains(name) }

  private static func temperatures(of card: Card, diagnostics: inout DiagnosticBag) -> [Expression] {
    switch card.keyword.value {
    case "temp": card.fields.first.map { [$0.expression(diagnostics: &diagnostics)] } ?? []
    case "options": card.assignments.filter { $0.name.value == "temp" }.map(\.expression)
    default: []
    }
  }
}

/// `.if ... .endif`; its branches belong to the level around it.
final class ConditionalPlan {
  let branches: [(condition: Expression?, level: LevelPlan)]

  init(_ conditional: Conditional, isTop: Bool, diagnostics: inout DiagnosticBag) {
    var branches: [(condition: Expression?, level: LevelPlan)] = []
    for branch in conditional.branches {
      branches.append(
        (branch.condition, LevelPlan(branch.statements, isTop: isTop, diagnostics: &diagnostics)))
    }
    self.branches = branches
  }
}

/// `.for ... .endfor`; every pass is a level of its own.
final class RepetitionPlan {
  let repetition: Repetition
  let body: LevelPlan

  init(_ repetition: Repetition, diagnostics: inout DiagnosticBag) {
    self.repetition = repetition
    body = LevelPlan(repetition.statements, isTop: false, diagnostics: &diagnostics)
  }
}

/// `.subckt ... .ends`; its body is planned when the first instance asks for it.
final class SubcircuitPlan {
  let subcircuit: Subcircuit
  /// Parameters that an instance may give, those without a default first.
  let formalNames: [String]
  private var body: LevelPlan?

  init(_ subcircuit: Subcircuit) {
    self.subcircuit = subcircuit
    formalNames = (subcircuit.requiredParameters + subcircuit.parameters.map(\.name)).map(\.value)
  }

  var name: String { subcircuit.name.value }

  func body(diagnostics: inout DiagnosticBag) -> LevelPlan {
    if let body { return body }
    let plan = LevelPlan(
      subcircuit.statements, formals: subcircuit.parameters, isTop: false, diagnostics: &diagnostics)
    body = plan
    return plan
  }
}

extension Field {
  /// The field as an expression: its own, or its word read as one.
  func expression(diagnostics: inout DiagnosticBag) -> Expression {
    if case .expression(let expression) = kind { return expression }
    return Expression.parse(text, diagnostics: &diagnostics)
  }
}
