package import Diagnostics
package import Expressions
package import Netlists
package import Waveforms

/// What a netlist asks to be told: measures and spikes per analysis, expectations, files and pictures.
package struct Requests: Sendable {
  package var plans: [AnalysisKind: MeasurePlan] = [:]
  package var expectations = ExpectationPlan()
  package var outputs = OutputRequests()
  /// One per `.neuron` line.
  package var neurons: [NeuronRequest] = []

  package init() {}
}

extension Requests {
  /// Reads the `.measure .spikes .expect .save .print .plot .neuron` lines among `cards`, reporting every fault.
  ///
  /// `scope` holds the parameters, and `names` tells what names mean in the circuit.
  package static func read(
    _ cards: [Card], scope: some ConstantScope, names: SignalNames, diagnostics: inout DiagnosticBag
  ) -> Requests {
    var reader = RequestReader(scope: scope, names: names)
    reader.hasNoise = cards.contains { $0.keyword.value == "noise" }
    reader.isStepped = cards.contains { $0.keyword.value == "step" }
    if let sweep = cards.first(where: { $0.keyword.value == "dc" }), sweep.fields.count == 4 {
      var unheard = DiagnosticBag()
      let ends = sweep.fields[1...2].compactMap { AnalysisRequest.number($0, scope, &unheard) }
      reader.sweepFalls = ends.count == 2 && ends[0] > ends[1]
    }
    // Names first: a measure may be about spikes of a later line, an expectation about anything.
    for card in cards where card.keyword.value == "spikes" { reader.readSpikes(card) }
    reader.onlyAnalysis = AnalysisKind.allCases.first { kind in cards.contains { $0.keyword.value == kind.rawValue } }
    for card in cards where card.keyword.value == "measure" { reader.readMeasure(card) }
    for card in cards where card.keyword.value == "result" { reader.readResult(card, of: cards) }
    for card in cards where card.keyword.value == "four" { reader.readFourier(card) }
    reader.checkParameterMeasures()
    for card in cards {
      switch card.keyword.value {
      case "expect": reader.readExpectation(card)
      case "save": reader.readSave(card)
      case "print": reader.readPrint(card)
      case "probe": reader.readProbe(card)
      case "plot": reader.readPlot(card)
      case "neuron": reader.readNeuron(card)
      default: break
      }
    }
    diagnostics.append(reader.diagnostics)
    return reader.requests
  }
}

extension Requests {
  /// Xyce's `.options measure default_val=` counts before what the lines of measures say.
  mutating func setFallbacks(to value: Double) {
    for kind in plans.keys {
      for index in plans[kind]?.measures.indices ?? 0..<0 { plans[kind]?.measures[index].fallback = value }
    }
  }
}

/// Goes through the lines and gathers what they ask for.
struct RequestReader<Scope: ConstantScope> {
  let scope: Scope
  let names: SignalNames
  var diagnostics = DiagnosticBag()
  private var watchLists: [AnalysisKind: WatchList] = [:]
  private(set) var spikes: [SpikeRequest] = []
  private(set) var measures: [(analysis: AnalysisKind, request: MeasureRequest)] = []
  /// Xyce's measures `eqn` without a window, which other lines read as they run.
  var equations: [String: Expression] = [:]
  /// Names of measures that are not taken.
  var refusedMeasures: Set<String> = []
  var operatingPointSignals = WatchList()
  var expectations: [Expectation] = []
  var outputs = OutputRequests()
  var savedNames: Set<String> = []
  /// The analysis that a `.measure` means which names none (LTspice).
  var onlyAnalysis: AnalysisKind?
  var neurons: [NeuronRequest] = []
  var fourier: [FourierRequest] = []
  /// Whether there is a `.noise` line, whose totals are results.
  var hasNoise = false
  /// `td=` of the instant that was read last.
  var lastDelay: Double?
  /// Whether the `.dc` sweep falls.
  var sweepFalls = false
  /// Whether there is a `.step` line.
  var isStepped = false

  init(scope: Scope, names: SignalNames) {
    self.scope = scope
    self.names = names
  }

  var requests: Requests {
    var requests = Requests()
    for analysis in AnalysisKind.allCases {
      let plan = MeasurePlan(
        watched: watchLists[analysis]?.expressions ?? [], spikes: analysis == .tran ? spikes : [],
        measures: measures.filter { $0.analysis == analysis }.map(\.request), fourier: analysis == .tran ? fourier : [])
      if !plan.isEmpty { requests.plans[analysis] = plan }
    }
    requests.expectations = ExpectationPlan(signals: operatingPointSignals.expressions, expectations: expectations)
    requests.outputs = outputs
    requests.neurons = neurons
    return requests
  }

  mutating func watch(_ signal: Expression, in analysis: AnalysisKind) -> Int {
    watchLists[analysis, default: WatchList()].place(of: signal)
  }

  mutating func add(_ request: SpikeRequest) { spikes.append(request) }

  mutating func add(_ request: MeasureRequest, to analysis: AnalysisKind) { measures.append((analysis, request)) }

  /// Takes a measure back.
  mutating func removeMeasure(named name: String) {
    measures.removeAll { $0.request.name == name }
    equations[name] = nil
  }

  // MARK: Words

  /// What is written in a word: braces are taken off, placeholders are filled in.
  mutating func expression(_ field: Field) -> Expression? {
    if case .expression(let expression) = field.kind { return valid(expression) }
    if let plain = field.name.plain, plain != field.text.string.lowercased() {
      return expression(Located(plain, field.range))
    }
    return valid(Expression.parse(field.text, diagnostics: &diagnostics))
  }

  /// What stands before `=`: a signal as written or in braces.
  mutating func expression(_ name: Located<String>) -> Expression? {
    let text = SourceText(file: name.range.file, bytes: Array(name.value.utf8), origin: name.range.start)
    let isWrapped = name.value.hasPrefix("{") || name.value.hasPrefix("'")
    let inner = isWrapped && text.bytes.count >= 2 ? text.slice(1..<text.bytes.count - 1) : text
    return valid(Expression.parse(inner, diagnostics: &diagnostics))
  }

  /// The expression in the words of the base language; nil where it was reported to be wrong.
  func valid(_ expression: Expression) -> Expression? {
    if expression.isInvalid { return nil }
    var read = readingEquations(expression).readingXyceSignals { scope.function($0) != nil }.mapping(
      probes: names.outer)
    if names.isXyce {
      read = names.readingElements(read) { scope.value(of: $0) != nil || isResult($0, at: read.range) }
    }
    return names.hasPhasesInDegrees ? read.withPhasesInDegrees : read
  }

  /// The expression with equations in place of the measures called so.
  func readingEquations(_ expression: Expression) -> Expression {
    equations.isEmpty ? expression : expression.substituting { equations[$0] }
  }

  /// A signal of one value per time; a constant or a pattern is reported.
  mutating func signal(_ field: Field, in card: Card) -> Expression? {
    guard let expression = expression(field) else { return nil }
    return signal(expression, text: field.text.string, in: card)
  }

  mutating func signal(_ expression: Expression, text: String, in card: Card) -> Expression? {
    if case .probe(let probe, let range) = expression, probe.isPattern {
      diagnostics.report(.patternInExpression(range, directive: card.keyword.value))
      return nil
    }
    guard names.isXyce ? expression.runs : expression.readsCircuit else {
      diagnostics.report(.signalIsConstant(expression.range, text: text))
      return nil
    }
    return expression
  }

  mutating func number(_ assignment: Assignment) -> Double? {
    guard let expression = valid(assignment.expression) else { return nil }
    return expression.constant(in: scope, diagnostics: &diagnostics)
  }

  /// A number that is a length: not negative.
  mutating func length(_ assignment: Assignment) -> Double? {
    guard let value = number(assignment) else { return nil }
    guard value >= 0 else {
      diagnostics.report(.negativeLength(assignment.value.range, name: assignment.name.value, value: value))
      return nil
    }
    return value
  }

  /// The pattern that a word is, as the names of its signals are written; nil where it is none.
  mutating func pattern(_ field: Field) -> String? {
    var ignored = DiagnosticBag()
    guard case .probe(let probe, _) = Expression.parse(field.text, diagnostics: &ignored), probe.isPattern else {
      return nil
    }
    return probe.description
  }

  /// Every signal that a word stands for: one, or those of a pattern in numeric order.
  mutating func signals(_ field: Field, in card: Card) -> [NamedSignal] {
    if let signals = wildcardSignals(field) { return signals }
    guard let expression = expression(field) else { return [] }
    guard case .probe(let probe, let range) = expression, probe.isPattern else {
      guard let signal = signal(expression, text: field.text.string, in: card) else { return [] }
      return [NamedSignal(name: signalName(signal, field), expression: signal)]
    }
    let probes = names.matches(probe)
    if probes.isEmpty { diagnostics.report(.emptyPattern(range, pattern: probe.description)) }
    return
      probes
      .map { NamedSignal(name: $0.description, expression: .probe($0, range)) }
      .sorted { NumericOrder.precedes($0.name, $1.name) }
  }

  /// A probe by its usual name, another expression as written.
  private func signalName(_ signal: Expression, _ field: Field) -> String {
    if case .probe(let probe, _) = signal, !field.text.bytes.contains(UInt8(ascii: ":")), field.text.spellsProbe {
      return probe.description
    }
    let written = field.name.plain ?? field.text.string.lowercased()
    let bare = written.filter { $0 != " " && $0 != "\t" && $0 != "{" && $0 != "}" && $0 != "'" }
    // The mark that it is an expression: par('v(a)-v(b)').
    if case .call("par", _, _) = signal { return bare }
    return bare.hasPrefix("par(") && bare.hasSuffix(")") ? String(bare.dropFirst(4).dropLast()) : bare
  }
}

extension SourceText {
  /// Whether it begins as the names of signals do, `v(a)`, `i(r1)`, `@n1[x]`, or is the bare name of a node: not `n(a)`, `{r1}`.
  fileprivate var spellsProbe: Bool {
    let text = string.lowercased()
    return ["v(", "i(", "p(", "@"].contains { text.hasPrefix($0) } || !text.contains { "({".contains($0) }
  }
}
