package import Analyses
package import Circuits
package import Devices
package import Diagnostics
internal import Expressions
package import Netlists

/// Text to a flat circuit, stage by stage; a stage runs only if the one before left no error.
package struct Pipeline: Sendable {
  package let library: ModelLibrary
  package var sources = SourceMap()
  package var diagnostics = DiagnosticBag()
  /// What elaborations have in common.
  var memory = ElaborationMemory()
  /// What was said of runs, and how often errors of a kind came up.
  var saidAlready: Set<String> = []
  var errorCounts: [String: Int] = [:]

  package init(library: ModelLibrary) {
    self.library = library
  }

  package var report: Report { Report(diagnostics, in: sources) }

  /// A netlist read, what was set from outside, and the runs that its `.step` lines ask for.
  package struct Reading: Sendable {
    package var netlist: Netlist
    package var settings: [String: Located<OptionValue>]
    package var steps = StepPlan()
    /// What `altermod` gives to models.
    var modelValues: [ModelValue] = []
    /// What `alter` gives to devices.
    var deviceValues: [DeviceValues] = []
    /// Step and end (s) of the transient that a script asks for.
    var transient: (step: Double, stop: Double)?

    /// `.options seed=`
    var seed: Double?

    /// Settings that are numbers.
    package var numbers: [String: Double] {
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
  package mutating func read(
    _ source: Source, settings: [String: String], sweep: BatchValues = BatchValues()
  ) -> Reading? {
    guard let netlist = parse(source)?.namingSteppedElementValues() else { return nil }
    var reading = Reading(netlist: netlist, settings: read(settings))
    let swept = readParameters(of: sweep)
    guard !diagnostics.hasErrors else { return nil }
    guard netlist.hasSteps || !swept.isEmpty else { return reading }
    reading.netlist = netlist.definingSteppedParameters(in: sources)
    let (cards, scope) = Elaborator.directives(
      called: StepPlan.keywords.union(["options"]), in: reading.netlist, library: library, overrides: reading.numbers,
      sources: sources)
    let options = cards.filter { $0.keyword.value == "options" }
    for option in options.flatMap(\.assignments) where option.name.value.lowercased() == "seed" {
      var unheard = DiagnosticBag()
      reading.seed = option.expression.constant(in: scope, diagnostics: &unheard)
    }
    let elements = netlist.elementNames
    let outer = StepPlan(
      swept, combination: sweep.combination, seed: reading.numbers["seed"].flatMap(UInt64.init(exactly:)) ?? 1,
      scope: scope, elements: elements, given: Set(reading.settings.keys), diagnostics: &diagnostics)
    if !diagnostics.hasErrors {
      reading.steps = StepPlan.read(
        cards.filter { $0.keyword.value != "options" }, scope: scope, elements: elements,
        given: Set(reading.settings.keys), before: outer, diagnostics: &diagnostics)
    }
    if !diagnostics.hasErrors { return reading }
    // What else is wrong is said in the same go.
    _ = elaborate(reading)
    return nil
  }

  /// Statements to the flat circuit of one run and its directives, settings winning over parameters and options.
  package mutating func elaborate(
    _ reading: Reading, run: Int = 0, parameters: [String: Double] = [:]
  ) -> Elaboration? {
    let steps = reading.steps
    let overrides = reading.numbers.merging(steps.parameters(ofRun: run)) { $1 }.merging(parameters) { $1 }
    memory.isForMany = steps.runCount > 1
    guard
      var elaboration = Elaborator.elaborate(
        reading.netlist, library: library, overrides: overrides,
        modelValues: steps.modelValues(ofRun: run) + reading.modelValues,
        sample: steps.sample(ofRun: run, given: reading.numbers["seed"], option: reading.seed),
        transient: reading.transient, memory: &memory, sources: &sources, diagnostics: &diagnostics)
    else { return nil }
    steps.setSources(of: &elaboration, run: run, diagnostics: &diagnostics)
    elaboration.alter(reading.deviceValues)
    elaboration.options.merge(steps.options(ofRun: run)) { $1 }
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
  package func elaborating(_ reading: Reading, run: Int) -> Experiment.Varying {
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

  /// What each `--param` means, as far as its text goes.
  private mutating func readParameters(of sweep: BatchValues) -> [SweepParameter] {
    sweep.parameters.compactMap { words in
      let file = sources.add(name: "--param", bytes: Array(words.utf8))
      return SweepParameter(SourceText(file: file, bytes: Array(words.utf8), origin: 0), diagnostics: &diagnostics)
    }
  }

  /// A number or constant expression where the text can be read as one, else the word itself (`method=gear`).
  private func optionValue(of text: SourceText) -> OptionValue {
    var complaints = DiagnosticBag()
    let expression = Expression.parse(text, diagnostics: &complaints)
    if !complaints.hasErrors, let number = expression.constant(in: EmptyScope(), diagnostics: &complaints) {
      return .number(number)
    }
    return .word(text.string.lowercased())
  }
}
