package import Diagnostics
internal import Expressions
internal import Netlists
package import Waveforms

/// Obeys a script line by line, as ngspice does in batch mode.
package struct ScriptInterpreter {
  let host: any ScriptHost
  private let program: ScriptProgram
  /// Passes of one loop beyond which it is taken never to end.
  private let mostPasses: Int
  /// What the script has written to the terminal.
  package var output = ""
  /// What it has drawn.
  package var figures: [Figure] = []
  package internal(set) var diagnostics = DiagnosticBag()
  /// `quit` ended it: nothing of the netlist is to run any more.
  package internal(set) var hasQuit = false
  /// `quit 1` told that something went wrong.
  package private(set) var hasFailed = false
  /// Some analysis ran.
  package internal(set) var hasAnalysed = false
  var plots: [ScriptPlot] = [.constants]
  var current = 0
  /// What `set` has set; flags are `TRUE`.
  var variables: [String: String] = [:]
  /// What `define` has defined.
  var functions: [String: FunctionDefinition] = [:]
  /// How many `fourier` lines were obeyed.
  var fourierCount = 0
  /// The number that the next plot bears if no other of its kind has it.
  private var plotNumber = 1
  private var leaving: Leaving?
  /// How many labels were gone to.
  private var jumps = 0

  private enum Leaving {
    case loop, pass
    /// To the line behind this `label`.
    case label(String, SourceRange)
  }

  package init(_ program: ScriptProgram, host: any ScriptHost, mostPasses: Int = 1_000_000) {
    self.mostPasses = mostPasses
    self.program = program
    self.host = host
  }

  package mutating func run() {
    run(program.statements)
    if case .label(let name, let range) = leaving {
      diagnostics.report(ScriptError.malformed(range, command: "goto", form: "the name of a 'label', not '\(name)'"))
    }
  }

  private var isOver: Bool { hasQuit || host.isCancelled }

  private mutating func run(_ statements: [ScriptStatement]) {
    var index = 0
    while index < statements.count, !isOver {
      do throws(ScriptError) {
        try run(statements[index])
      } catch {
        diagnostics.report(error)
      }
      index += 1
      guard let leaving else { continue }
      guard case .label(let name, let range) = leaving, let place = statements.firstIndex(where: { $0.isLabel(name) })
      else {
        return
      }
      self.leaving = nil
      jumps += 1
      if jumps > mostPasses {
        hasQuit = true
        diagnostics.report(ScriptError.tooManyPasses(range, limit: mostPasses))
      }
      index = place + 1
    }
  }

  private mutating func run(_ statement: ScriptStatement) throws(ScriptError) {
    switch statement {
    case .command(let line): try run(line)
    case .choice(let branches):
      for (condition, body) in branches {
        if let condition, !holdsOrComplains(condition) { continue }
        return run(body)
      }
    case .loop(let condition, let asksFirst, let body):
      var passes = 0
      while !isOver {
        if passes > 0 || asksFirst, try !holds(condition) { return }
        if try !pass(body, &passes, of: condition) { return }
      }
    case .repetition(let line, let body):
      let count = line.rest.isEmpty ? Double.infinity : try value(of: substituted(line), line.range).number(0).re
      var passes = 0
      while !isOver, Double(passes) < count {
        if try !pass(body, &passes, of: line) { return }
      }
    case .iteration(let line, let body):
      var words = substituted(line).split(whereSeparator: \.isWhitespace).map(String.init)
      guard !words.isEmpty else { throw .malformed(line.range, command: "foreach", form: "foreach name value ...") }
      let name = words.removeFirst()
      var passes = 0
      for word in words where word != "(" && word != ")" && !isOver {
        variables[name] = word
        if try !pass(body, &passes, of: line) { return }
      }
    }
  }

  /// One pass of a loop; false where it is to be left.
  private mutating func pass(
    _ body: [ScriptStatement], _ passes: inout Int, of line: ScriptLine
  ) throws(ScriptError) -> Bool {
    passes += 1
    if passes > mostPasses {
      hasQuit = true
      throw .tooManyPasses(line.range, limit: mostPasses)
    }
    run(body)
    // A label is sought further out.
    if case .label = leaving { return false }
    defer { leaving = nil }
    if case .loop = leaving { return false }
    return true
  }

  /// Whether a condition holds; like ngspice's, one without a value does not.
  private mutating func holdsOrComplains(_ condition: ScriptLine) -> Bool {
    do throws(ScriptError) {
      return try holds(condition)
    } catch {
      diagnostics.report(error)
      return false
    }
  }

  private mutating func holds(_ condition: ScriptLine) throws(ScriptError) -> Bool {
    let text = substituted(condition)
    if text.trimmed.isEmpty { throw .malformed(condition.range, command: condition.command, form: "a condition") }
    return try value(of: text, condition.range).isTrue
  }

  private mutating func run(_ line: ScriptLine) throws(ScriptError) {
    switch line.command {
    case "break": leaving = .loop
    case "continue": leaving = .pass
    case "goto": leaving = .label(line.rest.lowercased().trimmed, line.range)
    default: try CommandCatalogue.commands[line.command]?(&self, line)
    }
  }
}

/// What commands use.
extension ScriptInterpreter {
  func evaluator(_ range: SourceRange) -> VectorEvaluator {
    VectorEvaluator(
      plots: plots, current: current, parameter: { host.parameter($0) }, functions: functions, range: range,
      variables: variables, draw: { host.draw() })
  }

  func value(of text: String, _ range: SourceRange) throws(ScriptError) -> ScriptVector {
    try evaluator(range).value(of: text)
  }

  /// The rest of a line with variables (`$x`) and numbers (`$&x`) filled in.
  func substituted(_ line: ScriptLine) -> String {
    Substitution(line.rest).text { name, isVector in
      if isVector { return (try? value(of: name, line.range)).map { Self.number($0) } ?? "" }
      guard let open = name.firstIndex(of: "["), name.hasSuffix("]"),
        let index = Int(name[name.index(after: open)...].dropLast())
      else { return variable(name) }
      let words = variables[String(name[..<open])]?.split(whereSeparator: \.isWhitespace) ?? []
      return words.indices.contains(index - 1) ? String(words[index - 1]) : nil
    }
  }

  /// `quit [code]`
  mutating func quit(_ line: ScriptLine) {
    hasQuit = true
    let text = substituted(line).trimmed
    hasFailed = !text.isEmpty && text != "0"
  }

  /// What `set` has set, or what ngspice tells of the current plot.
  private func variable(_ name: String) -> String? {
    if let value = variables[name] ?? variables[name.lowercased()] { return value }
    switch name.lowercased() {
    case "batchmode": return "TRUE"
    // ngspice's number for Linux.
    case "oscompiled": return "6"
    case "curplot": return plots[current].name
    case "curplotname": return plots[current].kind
    case "curplottitle": return plots[current].title
    case "plots": return plots.reversed().map(\.name).joined(separator: " ")
    default: return nil
    }
  }

  private static func number(_ vector: ScriptVector) -> String {
    NumberFormat.significant(vector.number(0).re, digits: 6)
  }

  /// Adds the plots of an analysis, the last of which becomes the current one.
  mutating func add(_ results: [ScriptResult]) {
    if results.isEmpty { return }
    for result in results { open(ScriptPlot(name: newName(of: result.header.analysis), result)) }
    hasAnalysed = true
  }

  /// Adds a plot, which becomes the current one.
  mutating func open(_ plot: ScriptPlot) {
    plots.append(plot)
    current = plots.count - 1
  }

  /// `tran1`, `tran2`: ngspice counts its plots, whatever their kind, but only past names that are taken.
  mutating func newName(of kind: String) -> String {
    while plots.contains(where: { $0.name == "\(kind)\(plotNumber)" }) { plotNumber += 1 }
    return "\(kind)\(plotNumber)"
  }

  /// As behind `destroy all`.
  mutating func countPlotsAnew() { plotNumber = 1 }

  /// What lines of the script will ask for of an analysis.
  var demand: ScriptDemand {
    var demand = ScriptDemand()
    var seen: Set<String> = []
    for line in program.lines where !line.rest.isEmpty {
      let isFilledIn = line.rest.contains("$")
      switch line.command {
      case "meas", "measure": if !isFilledIn { demand.measures.append(line.restText) }
      case "fourier" where !isFilledIn: demand.harmonics.append(line.restText)
      default:
        for probe in ProbeSearch.probes(in: line.rest, at: line.range) where seen.insert("\(probe)").inserted {
          demand.signals.append(probe)
        }
      }
    }
    return demand
  }

  /// The vector of that name, which must be there.
  func vector(_ name: String, of plot: ScriptPlot, _ range: SourceRange) throws(ScriptError) -> ScriptVector {
    guard let vector = plot[name] else {
      throw .unknownVector(
        range, name: name, suggestion: Suggestion.nearest(to: name, among: plots[current].names))
    }
    return vector
  }
}

/// Fills in `$name`, `$&name` and `$?name`, which is 1 where there is such a variable.
struct Substitution {
  private let characters: [Character]

  init(_ text: String) { characters = Array(text) }

  func text(_ value: (_ name: String, _ isVector: Bool) -> String?) -> String {
    var result = ""
    var index = 0
    while index < characters.count {
      guard characters[index] == "$", index + 1 < characters.count else {
        result.append(characters[index])
        index += 1
        continue
      }
      let isVector = characters[index + 1] == "&"
      let asks = characters[index + 1] == "?"
      var end = index + (isVector || asks ? 2 : 1)
      let start = end
      while end < characters.count,
        characters[end].isLetter || characters[end].isNumber || "_@.".contains(characters[end])
      {
        end += 1
      }
      // `$&v(out)`, `$x[2]`.
      if end < characters.count, let closing = ["[": "]", "(": ")"][characters[end]],
        isVector || characters[end] == "[",
        let close = characters[end...].firstIndex(of: Character(closing))
      {
        end = close + 1
      }
      let name = String(characters[start..<end])
      if asks {
        result += value(name, false) == nil ? "0" : "1"
      } else if let text = value(name, isVector) {
        // Braces that only tell where the name ends: `n{$k}_t`.
        if result.last == "{", end < characters.count, characters[end] == "}" {
          result.removeLast()
          end += 1
        }
        result += text
      } else {
        result += String(characters[index..<end])
      }
      index = max(end, index + 1)
    }
    return result
  }
}

/// Finds what a line reads of the circuit beyond node voltages.
enum ProbeSearch {
  static func probes(in text: String, at range: SourceRange) -> [Expression] {
    var found: [Expression] = []
    for word in VectorText.list(text) {
      guard let expression = try? VectorText.expression(word, at: range) else { continue }
      expression.forEach { if case .probe = $0 { found.append($0) } }
    }
    return found
  }
}
