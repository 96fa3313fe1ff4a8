internal import Analyses
internal import Circuits
internal import Devices
internal import Diagnostics
internal import Expressions
internal import Netlists

/// Text to a flat circuit, stage by stage; a stage runs only if the one before left no error.
struct Pipeline {
  let library: ModelLibrary
  private(set) var sources = SourceMap()
  var diagnostics = DiagnosticBag()

  init(library: ModelLibrary) {
    self.library = library
  }

  var report: Report { Report(diagnostics, in: sources) }

  /// Text to statements.
  mutating func parse(_ source: Source) -> Netlist? {
    let file = sources.add(name: source.name, bytes: source.bytes)
    let netlist = NetlistParser.parse(
      file, in: &sources, reader: FileSourceReader(), diagnostics: &diagnostics)
    return diagnostics.hasErrors ? nil : netlist
  }

  /// Statements to a flat circuit and its directives, `settings` winning over parameters and options.
  mutating func elaborate(_ source: Source, settings: [String: String]) -> Elaboration? {
    guard let netlist = parse(source) else { return nil }
    let values = read(settings)
    guard !diagnostics.hasErrors else { return nil }
    let numbers = values.compactMapValues { value -> Double? in
      if case .number(let number) = value.value { number } else { nil }
    }
    guard
      var elaboration = Elaborator.elaborate(
        netlist, library: library, overrides: numbers, sources: &sources, diagnostics: &diagnostics)
    else { return nil }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) where elaboration.scope.value(of: name) == nil {
      if RunSettings.optionNames.contains(name) {
        elaboration.options[name] = value
      } else {
        diagnostics.report(.unknownSetting(value.range, name: name, parameters: elaboration.scope.names))
      }
    }
    return diagnostics.hasErrors ? nil : elaboration
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
