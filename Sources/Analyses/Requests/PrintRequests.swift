internal import Diagnostics
internal import Netlists
internal import Waveforms

/// `.print` and `.probe`.
extension RequestReader {
  /// `.print tran v(a) i(v1) par('v(a)-v(b)')`, and Xyce's `.print tran format=csv file=out.csv v(a) {v(a)-v(b)}`
  mutating func readPrint(_ card: Card) {
    if let word = card.fields.first?.name.plain, OutputRequests.foreignAnalyses.contains(word) {
      return diagnostics.report(.printOfNoAnalysis(card.fields[0].range, analysis: word))
    }
    guard let analysis = analysis(of: card, allowed: AnalysisKind.allCases) else { return }
    var fields = Array(card.fields.dropFirst())
    var table = OutputRequests.Print(analysis: analysis, signals: [])
    if names.isXyce { (table.layout.style, table.layout.digits, table.layout.isXyces) = (.columns, 8, true) }
    for assignment in card.assignments { read(assignment, of: card, into: &table) }
    if fields.contains(where: { $0.name.plain == "all" }) {
      table.takesAll = true
      fields.removeAll { $0.name.plain == "all" }
    }
    if fields.isEmpty, !table.takesAll {
      return diagnostics.report(.missingSignal(card.text.range, directive: "print", example: ".print tran v(out)"))
    }
    table.signals = fields.flatMap { printedSignals($0, in: card) }
    outputs.prints.append(table)
  }

  private mutating func read(_ assignment: Assignment, of card: Card, into table: inout OutputRequests.Print) {
    switch assignment.name.value {
    case "format":
      let word = assignment.value.string.lowercased()
      guard let style = Self.styles[word] else {
        return diagnostics.report(
          .unknownFormat(assignment.value.range, word: word, known: Self.styles.keys.sorted()))
      }
      table.layout.style = style
      if table.layout.digits == TableLayout().digits { table.layout.digits = 8 }
    case "file": table.path = assignment.value.string.filter { $0 != "\"" && $0 != "'" }
    case "precision":
      if let digits = number(assignment), (0...16).contains(digits) { table.layout.digits = Int(digits) }
    // Xyce's: columns are as wide as their numbers need, and no number is small enough to be left out.
    case "width", "filter", "delimiter", "index", "timescalefactor": break
    default:
      complain(about: .assignment(assignment), in: card, allowed: ["format", "file", "precision"])
    }
  }

  /// Xyce's formats.
  private static var styles: [String: TableLayout.Style] {
    ["std": .columns, "gnuplot": .columns, "noindex": .plainColumns, "csv": .commas]
  }

  /// `.probe v(a) i(r1)`: PSpice's `.save`. Without signals, and ngspice's `alli` and `alldeviceparams`: every current can be
  /// asked for in any case.
  mutating func readProbe(_ card: Card) {
    for field in card.fields {
      guard let word = field.name.plain, !word.hasPrefix("all"), word.contains("(") || word.contains("[") else {
        continue
      }
      for signal in outputSignals(field, in: card) where savedNames.insert(signal.name).inserted {
        outputs.saved.append(signal)
        outputs.savesAll = true
      }
    }
  }
}
