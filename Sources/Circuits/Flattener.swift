internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// The state of one elaboration: levels are entered, their statements walked, what they make collected.
///
/// Subcircuits become expansions (`Expansion`), shared by instances with equal arguments and placed by the
/// `Assembler`. The top level is an expansion too, placed statement by statement so that it never exists twice.
struct Flattener {
  /// Subcircuits, `.for`s and `.if`s inside each other, beyond which the text is taken for a mistake.
  static let deepestNesting = 200

  let library: ModelLibrary
  let overrides: [String: Double]
  var sources: SourceMap
  var diagnostics = DiagnosticBag()
  var binder: ElementBinder
  /// One per model of the binder.
  var outlines: [ModelOutline]
  var memory: ElaborationMemory
  var assembler = Assembler()
  var globals: Set<String> = []
  /// Subcircuits being expanded, outermost first.
  var chain: [SubcircuitPlan] = []
  var depth = 0
  /// Passes of `.for`s so far.
  var passCount = 0
  /// Passes since there has been a fault.
  var faultyPasses = 0
  /// A limit was passed: the rest of the text is not read.
  var isOverfull = false
  private var repeatedFaults: Set<FaultPlace> = []
  /// Something was left out after a complaint: what refers to it is not complained about.
  var isIncomplete = false
  var directives: [Card] = []
  var options: [String: Located<OptionValue>] = [:]
  /// TSTEP and TSTOP (s) of the first `.tran`, which a PULSE takes for times it lacks.
  var transient = (step: 0.0, stop: Double.infinity)
  /// Degrees Celsius.
  var temperature = 27.0
  /// Whether `vt` is the thermal voltage.
  private var knowsThermalVoltage = false
  /// At which values of elements hold, degrees Celsius.
  var nominalTemperature = 27.0
  /// `.options gmin`, S.
  var junctionConductance = 1e-12

  let random: RandomNumbers
  /// Holds the names that come from the temperature.
  let builtins: LevelScope
  let libraryDefinitions: Definitions
  let libraryScope: LevelScope
  /// Values that win over those of models, and the models among them that were met.
  var modelValues: [ModelValue] = []
  /// Whether a value that an X line gives to no parameter is left out with a warning, as in ngspice.
  private(set) var ignoresUnknownArguments = false
  var metModels: Set<String> = []
  /// Models of types that are not of this language, with the words for their types.
  var foreignModels: [String: SourceRange] = [:]
  /// Names that the library was asked for.
  var libraryRequests: Set<String> = []
  let top: LevelScope
  let topExpansion = Expansion(ports: [])
  /// The node of each slot of the top level.
  var topNodes: [NodeIndex] = [0]
  private(set) var plan: LevelPlan?
  /// Step and end (s) of a transient that the netlist does not ask for itself.
  var requestedTransient: (step: Double, stop: Double)?
  /// Where elaborations with other values follow.
  var recorder: PatternRecorder?
  /// Nodes by what subcircuits call their ports.
  private(set) var ports = PortNames()

  init(
    library: ModelLibrary, overrides: [String: Double], sample: Sample? = nil,
    memory: ElaborationMemory = ElaborationMemory(), sources: SourceMap
  ) {
    self.memory = memory
    (binder, outlines) = (memory.binder, memory.outlines)
    self.library = library
    self.overrides = overrides
    self.sources = sources
    libraryDefinitions = Definitions(parent: nil, isLibrary: true)
    random = RandomNumbers(sample)
    builtins = LevelScope(caller: nil, definitions: libraryDefinitions, random: random)
    libraryScope = LevelScope(caller: builtins, definitions: libraryDefinitions)
    top = LevelScope(caller: builtins, definitions: Definitions(parent: nil))
    setTemperature(overrides["temp"] ?? temperature)
  }

  /// The flat circuit, or nil where something is wrong.
  mutating func flatten(_ netlist: Netlist) -> Circuit? {
    collectGlobals(netlist.statements, isXyce: netlist.dialect == .xyce)
    ports = PortNames(netlist)
    let plan = LevelPlan(netlist.statements, isTop: true, diagnostics: &diagnostics)
    self.plan = plan
    ignoresUnknownArguments = netlist.dialect == .ngspice
    if netlist.dialect == .xyce { defineXyceConstants(plan) }
    for (name, value) in overrides where plan.parameterNames.contains(name) { top.fix(name, at: value) }
    evaluate(plan, top)
    if !diagnostics.diagnostics.isEmpty { recorder?.noteComplaint() }
    top.reads = recorder?.reads
    define(plan, top)
    readTransientTimes(plan, top)
    readDeviceOptions(plan, top)
    walk(plan, top, into: topExpansion)
    assembler.placeInitialValues(topExpansion, scope: 0, slotNodes: &topNodes)
    reportUnconnectedNodes(of: topExpansion)
    resolveForeignNodes()
    resolveSignals()
    resolveStarts()
    reportUnknownModels()
    if !diagnostics.hasErrors, let range = random.nominalPlace { report(.nominalValue(range)) }
    for range in assembler.shortedResistors { diagnostics.report(CircuitError.shortedResistor(range)) }
    if diagnostics.hasErrors { return nil }
    assembler.removeUnusedNodes()
    var circuit = assembler.circuit(outlines: outlines)
    circuit.holdsInitialCurrents = netlist.dialect == .xyce
    // A script may do without a circuit.
    if netlist.script == nil || circuit.deviceCount > 0 {
      TopologyCheck.check(&circuit, title: netlist.title.range, diagnostics: &diagnostics)
    }
    CouplingCheck.check(circuit, diagnostics: &diagnostics)
    return diagnostics.hasErrors ? nil : circuit
  }

  /// What the next elaboration may begin with.
  var memoryLeft: ElaborationMemory {
    var left = memory
    (left.binder, left.outlines) = (binder, outlines)
    return left
  }

  var parameterScope: ParameterScope {
    ParameterScope(
      values: builtins.values.merging(top.values) { $1 }, functions: top.definitions.allFunctions)
  }

  var unusedOverrides: [String] {
    overrides.keys.filter { !(plan?.parameterNames.contains($0) ?? false) }.sorted()
  }

  mutating func setTemperature(_ celsius: Double) {
    /// k/q in V/K, CODATA 2018 (exact).
    let boltzmannOverCharge = 1.380649e-23 / 1.602176634e-19
    temperature = celsius
    builtins.set("temp", to: celsius)
    builtins.set("temper", to: celsius)
    builtins.set("tempk", to: celsius + 273.15)
    builtins.set("vthermal", to: (celsius + 273.15) * boltzmannOverCharge)
    if knowsThermalVoltage { builtins.set("vt", to: (celsius + 273.15) * boltzmannOverCharge) }
  }

  /// Xyce's `vt`, the thermal voltage, and `gmin`.
  private mutating func defineXyceConstants(_ plan: LevelPlan) {
    knowsThermalVoltage = true
    var given: Double?
    for case .directive(let plan) in plan.contents where plan.card.keyword.value == "options" {
      for assignment in plan.card.assignments where assignment.name.value.lowercased() == "gmin" {
        if case .number(let value, _) = assignment.expression { given = value }
      }
    }
    builtins.set("exp", to: 2.718281828459045)
    builtins.set("true", to: 1)
    builtins.set("false", to: 0)
    builtins.set("gmin", to: overrides["gmin"] ?? given ?? junctionConductance)
    setTemperature(temperature)
  }

  /// Reads what a level defines: functions, parameters, branches, subcircuits, models.
  mutating func enter(_ plan: LevelPlan, _ scope: LevelScope) {
    evaluate(plan, scope)
    define(plan, scope)
  }

  /// Functions, parameters, branches.
  private mutating func evaluate(_ plan: LevelPlan, _ scope: LevelScope) {
    for function in plan.functions { scope.definitions.add(function) }
    for step in plan.steps {
      switch step {
      case .parameter(let assignment): evaluate(assignment, scope)
      case .temperature(let expression):
        if overrides["temp"] != nil { continue }
        guard let celsius = constant(expression, scope) else { continue }
        if celsius > -273.15, celsius.isFinite {
          setTemperature(celsius)
        } else {
          diagnostics.report(CircuitError.impossibleTemperature(expression.range, celsius: celsius))
        }
      case .conditional(let conditional):
        guard let branch = chosenBranch(of: conditional, scope) else { continue }
        scope.choose(branch, of: conditional)
        enter(conditional.branches[branch].level, scope)
      }
    }
    for name in plan.parameterNames where scope.values[name] == nil && !plan.isConditional(name) {
      // Part of a cycle that was complained about.
      scope.set(name, to: 1)
    }
  }

  mutating func evaluate(_ assignment: Assignment, _ scope: LevelScope) {
    let name = assignment.name.value
    if scope.isFixed(name) { return }
    // A faulty value was complained about; 1 keeps what reads it quiet.
    scope.set(name, to: constant(assignment.expression, scope, of: .parameter(name)) ?? 1)
  }

  /// Subcircuits and models.
  private mutating func define(_ plan: LevelPlan, _ scope: LevelScope) {
    for subcircuit in plan.subcircuits {
      noteShadowing(subcircuit.subcircuit.name, in: scope)
      scope.definitions.add(subcircuit)
    }
    defineModels(plan, scope)
  }

  private mutating func chosenBranch(of conditional: ConditionalPlan, _ scope: LevelScope) -> Int? {
    for (index, branch) in conditional.branches.enumerated() {
      guard let condition = branch.condition else { return index }
      guard let value = constant(condition, scope) else {
        isIncomplete = true
        return nil
      }
      if value != 0 { return index }
    }
    return nil
  }

  /// Reads the statements of a level that make devices, in the order written.
  mutating func walk(_ plan: LevelPlan, _ scope: LevelScope, into expansion: Expansion) {
    for content in plan.contents where !isOverfull {
      switch content {
      case .element(let plan): addElement(plan, scope, to: expansion)
      case .directive(let plan): addDirective(plan, scope, to: expansion)
      case .repetition(let repetition): addPasses(of: repetition, scope, to: expansion)
      case .conditional(let conditional):
        if let branch = scope.choice(of: conditional) {
          walk(conditional.branches[branch].level, scope, into: expansion)
        }
      }
      placeIfTop(expansion)
    }
  }

  /// Moves what the top level holds so far into the circuit.
  mutating func placeIfTop(_ expansion: Expansion) {
    guard expansion === topExpansion, !isOverfull else { return }
    assembler.place(topExpansion, scope: 0, slotNodes: &topNodes, outlines: outlines)
    recorder?.settle(assembler)
    topExpansion.items.removeAll(keepingCapacity: true)
  }

  /// The value of a constant expression; nil after a complaint. `owner` is what its random numbers are drawn for.
  mutating func constant(
    _ expression: Expression, _ scope: LevelScope, of owner: @autoclosure () -> RandomNumbers.Owner = .place
  ) -> Double? {
    if case .number(let value, _) = expression { return value }
    if random.isSampling { random.begin(owner(), at: expression.range) }
    return expression.constant(in: scope, diagnostics: &diagnostics)
  }

  /// Reports `error`; of a line that is read many times only the first of its kind.
  mutating func report(_ error: CircuitError) {
    let diagnostic = error.diagnostic
    if depth > 0, let range = diagnostic.range {
      guard repeatedFaults.insert(FaultPlace(code: diagnostic.code, range: range)).inserted else { return }
    }
    diagnostics.report(diagnostic)
  }

  /// The nodes of `.global` lines and, of Xyce, all whose names begin with `$g`.
  private mutating func collectGlobals(_ statements: [Statement], isXyce: Bool) {
    for statement in statements {
      switch statement {
      case .element(let card) where isXyce:
        for case let name? in card.fields.map(\.name.plain) where name.hasPrefix("$g") { globals.insert(name) }
      case .global(let names): globals.formUnion(names.map(\.value))
      case .subcircuit(let subcircuit): collectGlobals(subcircuit.statements, isXyce: isXyce)
      case .repetition(let repetition): collectGlobals(repetition.statements, isXyce: isXyce)
      case .conditional(let conditional):
        for branch in conditional.branches { collectGlobals(branch.statements, isXyce: isXyce) }
      default: break
      }
    }
  }
}

/// A kind of complaint about one place of the text.
private struct FaultPlace: Hashable {
  var code: DiagnosticCode
  var range: SourceRange
}
