package import Circuits
package import Diagnostics
internal import Expressions
package import Netlists

extension StepPlan {
  /// The directives that repeat a netlist's analyses.
  package static let keywords: Set<String> = ["step", "mc", "temp", "data", "dc", "tran", "ac"]

  /// Understands the `.step` and `.mc` cards of a netlist, its lists of temperatures and what refers to its `.data` tables; those that
  /// are wrong are reported and left out.
  ///
  /// A bare name is that of an element before that of a parameter; `elements` are those of the top level. `given` are
  /// names that the caller has set (`--set`): lines over them are left out, with a note. `given` lines of the caller's
  /// own (`sweep --param`) come first.
  package static func read(
    _ cards: [Card], scope: ParameterScope, elements: Set<String>, given: Set<String>,
    before plan: StepPlan = StepPlan(), diagnostics: inout DiagnosticBag
  ) -> StepPlan {
    let tables = DataTable.read(cards, scope: scope, diagnostics: &diagnostics)
    var plan = plan
    for card in cards {
      var lines: [StepLine] = []
      if let name = card.dataName {
        guard let table = tables.first(where: { $0.name.value == name.value }) else {
          diagnostics.report(.unknownTable(name.range, name: name.value, known: tables.map(\.name.value)))
          continue
        }
        lines = table.lines(scope: scope, elements: elements, at: card.text.range, diagnostics: &diagnostics)
      } else if card.keyword.value == "mc" {
        lines = StepLine(samples: card, scope: scope, diagnostics: &diagnostics).map { [$0] } ?? []
      } else if card.keyword.value == "step" || (card.keyword.value == "temp" && card.fields.count > 1) {
        var reader = StepReader(card, scope: scope, elements: elements, diagnostics: diagnostics)
        lines = reader.line().map { [$0] } ?? []
        diagnostics = reader.diagnostics
      }
      for line in lines { plan.add(line, given: given, diagnostics: &diagnostics) }
    }
    return plan
  }

  private mutating func add(_ line: StepLine, given: Set<String>, diagnostics: inout DiagnosticBag) {
    if let first = lines.first(where: { $0.name.value == line.name.value }) {
      diagnostics.report(.repeatedStep(line.name.range, name: line.name.value, first: first.name.range))
    } else if case .parameter = line.target, given.contains(line.name.value) {
      diagnostics.report(.stepLeftOut(line.range, name: line.name.value))
    } else if !line.isJoined, runCount > Self.mostRuns / line.values.count {
      diagnostics.report(.tooManyRuns(line.range, most: Self.mostRuns))
    } else {
      lines.append(line)
    }
  }
}

/// Reads one `.step` card: ngspice's words for ranges, LTspice's and Xyce's order of them.
struct StepReader {
  private enum Scale: String, CaseIterable {
    case lin, dec, oct, list
  }

  private let card: Card
  private let scope: ParameterScope
  private let elements: Set<String>
  private(set) var diagnostics: DiagnosticBag
  private var words: ArraySlice<Field>

  init(_ card: Card, scope: ParameterScope, elements: Set<String>, diagnostics: DiagnosticBag) {
    self.card = card
    self.scope = scope
    self.elements = elements
    self.diagnostics = diagnostics
    words = card.fields[...]
  }

  mutating func line() -> StepLine? {
    if card.keyword.value == "temp" { return temperatures() }
    if let assignment = card.assignments.first { return malformed(assignment.name.range) }
    let scaleInFront = takeScale(before: 1)
    let mustBeParameter = words.first?.name.plain == "param"
    if mustBeParameter { words.removeFirst() }
    guard let (name, target) = takeTarget(mustBeParameter) else { return nil }
    guard let values = values(scaleInFront ?? takeScale(before: 0) ?? .lin) else { return nil }
    return StepLine(target: target, name: name, values: values, range: card.text.range)
  }

  /// A scale stands in front of a name, which may be a word like it, or behind it.
  private mutating func takeScale(before count: Int) -> Scale? {
    guard words.count > count, let scale = words.first?.name.plain.flatMap(Scale.init) else { return nil }
    words.removeFirst()
    return scale
  }

  /// What the head of a column of a table is.
  mutating func target() -> (Located<String>, StepLine.Target)? { takeTarget(false) }

  /// `.temp 0 27 75` is `.step temp list 0 27 75`.
  private mutating func temperatures() -> StepLine? {
    values(.list).map {
      StepLine(
        target: .parameter, name: Located("temp", card.keyword.range), values: $0, range: card.text.range)
    }
  }

  private mutating func takeTarget(_ mustBeParameter: Bool) -> (Located<String>, StepLine.Target)? {
    guard let field = words.popFirst(), let word = field.name.plain, !word.isEmpty else { return malformed(nil) }
    let name = Located(word, field.range)
    if mustBeParameter || word == "temp" || word == "temper" {
      let name = Located(word == "temper" ? "temp" : word, field.range)
      if scope.value(of: name.value) != nil { return (name, .parameter) }
      diagnostics.report(.unknownStep(name.range, name: name.value, known: scope.names, mustBeParameter: true))
      return nil
    }
    // `D mydiode(is)`: LTspice puts the type of the model before it.
    if let next = words.first, !word.contains("("), next.name.plain?.hasSuffix(")") == true {
      words.removeFirst()
      return model(next)
    }
    if word.hasSuffix(")") { return model(field) }
    if scope.value(of: word) == nil, let colon = word.firstIndex(of: ":") {
      // Xyce's `v1:dcv0`, and `mydiode:is` for a model.
      let (owner, quantity) = (String(word[..<colon]), field.text.behindColon)
      if quantity.string.lowercased() == "dcv0" { return (Located(owner, field.range), .source) }
      return (name, .model(owner, parameter: quantity))
    }
    return (name, scope.value(of: word) != nil && !elements.contains(word) ? .parameter : .source)
  }

  /// `mydiode(is)`
  private mutating func model(_ field: Field) -> (Located<String>, StepLine.Target)? {
    guard let (model, parameter) = field.text.modelAndParameter else { return malformed(field.range) }
    let name = Located("\(model)(\(parameter.string.lowercased()))", field.range)
    return (name, .model(model, parameter: parameter))
  }

  private mutating func values(_ scale: Scale) -> [Double]? {
    var numbers: [Double] = []
    for word in words {
      guard let number = AnalysisRequest.number(word, scope, &diagnostics) else { return nil }
      guard number.isFinite else { return malformed(word.range) }
      numbers.append(number)
    }
    if scale == .list { return numbers.isEmpty ? malformed(nil) : numbers }
    guard numbers.count == 3, let last = words.last else { return malformed(nil) }
    let (start, stop, step) = (numbers[0], numbers[1], numbers[2])
    if scale == .lin {
      if let values = StepRange.linear(from: start, to: stop, by: step) { return values }
      diagnostics.report(
        step != 0 && (stop - start) / step > 0
          ? .tooManyRuns(card.text.range, most: StepPlan.mostRuns)
          : .wrongSweep(last.range, start: start, stop: stop, step: step))
    } else {
      let values =
        scale == .dec
        ? StepRange.decades(from: start, to: stop, points: step)
        : StepRange.octaves(from: start, to: stop, points: step)
      if let values { return values }
      let limits = words[words.startIndex].range.joined(to: last.range)
      diagnostics.report(.wrongLogarithmicStep(limits, start: start, stop: stop, points: step))
    }
    return nil
  }

  private mutating func malformed<Value>(_ range: SourceRange?) -> Value? {
    diagnostics.report(.malformedStep(range ?? card.text.range))
    return nil
  }
}

extension SourceText {
  /// `mydiode(is)` in its parts, the model in lower case.
  var modelAndParameter: (model: String, parameter: SourceText)? {
    guard bytes.last == UInt8(ascii: ")"), let open = bytes.firstIndex(of: UInt8(ascii: "(")), open > 0,
      open + 2 < bytes.count
    else { return nil }
    return (slice(0..<open).string.lowercased(), slice((open + 1)..<(bytes.count - 1)))
  }

  fileprivate var behindColon: SourceText {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? -1
    return slice((colon + 1)..<bytes.count)
  }
}
