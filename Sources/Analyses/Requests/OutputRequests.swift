internal import Diagnostics
package import Expressions
internal import Netlists
package import Waveforms

/// A signal with the name it bears in files and legends.
package struct NamedSignal: Sendable {
  package var name: String
  package var expression: Expression

  package init(name: String, expression: Expression) {
    self.name = name
    self.expression = expression
  }
}

/// What `.save`, `.print` and `.plot` lines ask for.
package struct OutputRequests: Sendable {
  /// One `.plot` line: one picture.
  package struct Plot: Sendable {
    /// A signal over a horizontal one, `i(n1) vs v(p)`; over time or the swept value where that is nil.
    package struct Curve: Sendable {
      package var signal: NamedSignal
      package var over: NamedSignal?
    }

    /// nil: every analysis.
    package var analysis: AnalysisKind?
    package var curves: [Curve] = []

    /// Everything that the picture reads.
    package var signals: [NamedSignal] { curves.flatMap { [$0.signal] + [$0.over].compactMap { $0 } } }
  }

  /// One `.print` line: one table.
  package struct Print: Sendable {
    package var analysis: AnalysisKind
    package var signals: [NamedSignal]
    /// `.print tran all`: every node voltage and source current too.
    package var takesAll = false
    package var layout = TableLayout()
    /// Where the table goes instead of to the terminal: Xyce's `file=`.
    package var path: String?
  }

  /// Words of Xyce's `.print` for analyses, or sides of them, that there are not here.
  static let foreignAnalyses: Set<String> = [
    "homotopy", "sens", "adjoint", "tranadjoint", "tran_adjoint", "hb", "hb_fd", "hb_td", "hb_ic",
    "hb_startup", "ac_ic", "es", "pce",
    "mpde", "mpde_ic", "mpde_startup",
  ]

  /// `.save` signals in the order written, each once.
  package var saved: [NamedSignal] = []
  /// `.save all`: every node voltage and source current too.
  package var savesAll = false
  package var prints: [Print] = []
  package var plots: [Plot] = []
  package var resultPlots: [ResultPlot] = []

  package init() {}
}

extension RequestReader {
  /// `.save v(a) i(v1) all`, `.save v(c*) from=1 to=1000 every=10`
  mutating func readSave(_ card: Card) {
    if card.fields.isEmpty {
      return diagnostics.report(.missingSignal(card.keyword.range, directive: "save", example: ".save v(out)"))
    }
    let selection = selection(of: card)
    var hasPattern = false
    for field in card.fields {
      switch field.name.plain {
      case "all", "allv", "alli":
        outputs.savesAll = true
        continue
      // LTspice's: it asks the user.
      case "dialogbox": continue
      default: break
      }
      // Spectra of `.noise` are always written.
      if field.name.plain?.namesNoise == true { continue }
      var signals = outputSignals(field, in: card)
      let text = field.text.string.lowercased()
      if text.contains("*"), let pattern = pattern(field) {
        hasPattern = true
        signals = selection.selected(signals, of: pattern)
      }
      for signal in signals where savedNames.insert(signal.name).inserted { outputs.saved.append(signal) }
    }
    if let first = card.assignments.first, !hasPattern, SignalSelection.arguments.contains(first.name.value) {
      diagnostics.report(.selectionWithoutPattern(first.name.range, name: first.name.value))
    }
  }

  /// `.plot [tran] v(a) v(b)` and `.plot [tran] i(n1) vs v(p1) i(n2) vs v(p2)`
  mutating func readPlot(_ card: Card) {
    if card.fields.first?.name.plain == "step" { return readResultPlot(card) }
    var fields = card.fields[...]
    var plot = OutputRequests.Plot()
    if let word = fields.first?.name.plain, let analysis = AnalysisKind(rawValue: word) {
      plot.analysis = analysis
      fields.removeFirst()
    }
    for assignment in card.assignments { complain(about: .assignment(assignment), in: card, allowed: []) }
    if fields.isEmpty {
      return diagnostics.report(.missingSignal(card.text.range, directive: "plot", example: ".plot tran v(out)"))
    }
    guard let groups = groups(of: fields) else { return }
    for group in groups {
      let over = group.over.flatMap { outputSignals($0, in: card).first }
      plot.curves += group.fields.flatMap { outputSignals($0, in: card) }.map { .init(signal: $0, over: over) }
    }
    outputs.plots.append(plot)
  }

  /// As `outputSignals`, and what Xyce prints beside: parameters, values of elements, the time, constants.
  mutating func printedSignals(_ field: Field, in card: Card) -> [NamedSignal] {
    let text = field.text.string.lowercased()
    if case .expression(let expression) = field.kind, !expression.isInvalid {
      var read = readingEquations(expression).readingXyceSignals { scope.function($0) != nil }
      if names.isXyce { read = names.readingElements(read) { scope.value(of: $0) != nil } }
      if !read.readsCircuit {
        return [NamedSignal(name: text.filter { !"{}' \t".contains($0) }, expression: read)]
      }
      return signals(field, in: card)
    }
    guard case .word = field.kind, let name = field.name.plain, !name.contains("("),
      !names.isNode(name)
    else {
      return outputSignals(field, in: card)
    }
    if name == "time" || scope.value(of: name) != nil {
      return [NamedSignal(name: name, expression: .name(name, field.range))]
    }
    if let value = names.elementValue(name) {
      return [NamedSignal(name: name, expression: .probe(value, field.range))]
    }
    if let equation = equations[name] { return [NamedSignal(name: name, expression: equation)] }
    if refusedMeasures.contains(name) || measures.contains(where: { $0.request.name == name }) {
      diagnostics.report(.printOfMeasure(field.range, name: name))
      return []
    }
    return outputSignals(field, in: card)
  }

  /// `a b vs c d vs e` in parts that share what they are drawn over; nil after reporting a stray `vs`.
  mutating func groups(of fields: ArraySlice<Field>) -> [(fields: [Field], over: Field?)]? {
    var groups: [(fields: [Field], over: Field?)] = []
    var waiting: [Field] = []
    var rest = fields
    while let field = rest.popFirst() {
      guard field.name.plain == "vs" else {
        waiting.append(field)
        continue
      }
      guard !waiting.isEmpty, let horizontal = rest.popFirst(), horizontal.name.plain != "vs" else {
        diagnostics.report(.misplacedVersus(field.range))
        return nil
      }
      groups.append((waiting, horizontal))
      waiting = []
    }
    if groups.isEmpty { return [(waiting, nil)] }
    guard let lonely = waiting.first else { return groups }
    diagnostics.report(.misplacedVersus(lonely.range))
    return nil
  }

  /// As `signals`, and a bare word is a node, as in ngspice.
  mutating func outputSignals(_ field: Field, in card: Card) -> [NamedSignal] {
    if card.fields.first?.name.plain == "noise", let name = field.name.plain {
      if name == "all" { return ["onoise_spectrum", "inoise_spectrum"].map { noiseColumn($0, field) } }
      if name.namesNoise { return [noiseColumn(name, field)] }
      // Xyce's densities.
      if name == "onoise" || name == "inoise" { return signals(field, in: card) }
    }
    if case .word = field.kind, let name = field.name.plain, name.utf8.allSatisfy(\.isNodeLetter) {
      let probe = Probe.voltage(name, nil)
      return [NamedSignal(name: probe.description, expression: .probe(probe, field.range))]
    }
    return signals(field, in: card)
  }

  /// A column of `.noise`, whose name may hold points: `onoise_r.x1.r4`.
  private func noiseColumn(_ name: String, _ field: Field) -> NamedSignal {
    NamedSignal(name: name, expression: .name(name, field.range))
  }
}

extension UInt8 {
  fileprivate var isNodeLetter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "#"):
      true
    default: false
    }
  }
}
