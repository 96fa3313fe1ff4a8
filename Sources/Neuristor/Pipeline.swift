internal import Analyses
internal import Circuits
internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// Text to a flat circuit, stage by stage; a stage runs only if the one before left no error.
struct Pipeline {
  let library: ModelLibrary
  var sources = SourceMap()
  var diagnostics = DiagnosticBag()
  /// What was said of runs, and how often errors of a kind came up.
  var saidAlready: Set<String> = []
  var errorCounts: [String: Int] = [:]

  init(library: ModelLibrary) {
    self.library = library
  }

  var report: Report { Report(diagnostics, in: sources) }

  /// A netlist read, what was set from outside, and the runs that its `.step` lines ask for.
  struct Reading {
    var netlist: Netlist
    var settings: [String: Located<OptionValue>]
    var steps = StepPlan()
    /// What `altermod` gives to models.
    var modelValues: [ModelValue] = []

    /// Settings that are numbers.
    var numbers: [String: Double] {
      settings.compactMapValues { if case .number(let number) = $0.value { number } else { nil } }
    }
  }

  /// Text to statements.
  mutating func parse(_ source: Source) -> Netlist? {
    let file = sources.add(name: source.name, bytes: source.bytes)
    let netlist = NetlistParser.parse(
      file, in: &sources, reader: FileSourceReader(), diagnostics: &diagnostics)
    return diagnostics.hasErrors ? nil : netlist
  }

  /// Text and `settings` to statements and runs.
  mutating func read(_ source: Source, settings: [String: String]) -> Reading? {
    guard let netlist = parse(source)?.namingSteppedElementValues() else { return nil }
    var reading = Reading(netlist: netlist, settings: read(settings))
    guard !diagnostics.hasErrors else { return nil }
    guard netlist.hasSteps else { return reading }
    reading.netlist = netlist.definingSteppedParameters(in: sources)
    let (cards, scope) = Elaborator.directives(
      called: StepPlan.keywords, in: reading.netlist, library: library, overrides: reading.numbers, sources: sources)
    reading.steps = StepPlan.read(
      cards, scope: scope, elements: netlist.elementNames, given: Set(reading.settings.keys),
      diagnostics: &diagnostics)
    if !diagnostics.hasErrors { return reading }
    // What else is wrong is said in the same go.
    _ = elaborate(reading)
    return nil
  }

  /// Statements to the flat circuit of one run and its directives, settings winning over parameters and options.
  mutating func elaborate(
    _ reading: Reading, run: Int = 0, parameters: [String: Double] = [:]
  ) -> Elaboration? {
    let steps = reading.steps
    let overrides = reading.numbers.merging(steps.parameters(ofRun: run)) { $1 }.merging(parameters) { $1 }
    guard
      var elaboration = Elaborator.elaborate(
        reading.netlist, library: library, overrides: overrides,
        modelValues: steps.modelValues(ofRun: run) + reading.modelValues,
        sources: &sources, diagnostics: &diagnostics)
    else { return nil }
    steps.setSources(of: &elaboration, run: run, diagnostics: &diagnostics)
    for (name, value) in reading.settings.sorted(by: { $0.key < $1.key })
    where elaboration.scope.value(of: name) == nil {
      if OptionCatalogue.names.contains(name) {
        elaboration.options[name] = value
      } else {
        diagnostics.report(.unknownSetting(value.range, name: name, parameters: elaboration.scope.names))
      }
    }
    return diagnostics.hasErrors ? nil : elaboration
  }

  /// Elaborates the same run with other values of parameters; complaints are dropped.
  func elaborating(_ reading: Reading, run: Int) -> Experiment.Varying {
    let pipeline = self
    return { parameters in
      var pipeline = pipeline
      return pipeline.elaborate(reading, run: run, parameters: parameters)
    }
  }

  /// What each `--set` means, complaints pointing into the words that were typed.
  private mutating func read(_ settings: [String: String]) -> [String: Located<OptionValue>] {
    var values: [String: Located<OptionValue>] = [:]
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      let name = name.lowercased()
      let file = sources.add(name: "--set", bytes: Array("\(name)=\(value)".utf8))
      let text = SourceText(file: file, bytes: Array(value.utf8), origin: UInt32(name.utf8.count + 1))
      let range = SourceRange(file: file, start: 0, end: text.range.end)
      values[name] = Located(optionValue(of: text), range)
    }
    return values
  }

  /// A number or constant expression where the text can be read as one, else the word itself (`method=gear`).
  private func optionValue(of text: SourceText) -> OptionValue {
    var complaints = DiagnosticBag()
    let expression = Expression.parse(text, diagnostics: &complaints)
    if !complaints.hasErrors, let number = expression.constant(in: NoNames(), diagnostics: &complaints) {
      return .number(number)
    }
    return .word(text.string.lowercased())
  }

  /// `--set` values name nothing.
  private struct NoNames: ConstantScope {
    var names: [String] { [] }
    func value(of name: String) -> Double? { nil }
    func function(_ name: String) -> FunctionDefinition? { nil }
  }
}
