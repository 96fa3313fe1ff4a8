internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `op`, `dc`, `tran`, `ac`, `noise`, `run`, `meas`.
extension ScriptInterpreter {
  mutating func analyse(_ line: ScriptLine) {
    let isRun = line.command == "run"
    // What is filled in has its place on the line no longer, and the line stands for it.
    let text =
      line.rest.contains("$")
      ? SourceText(
        file: line.range.file, bytes: Array("\(line.command) \(substituted(line))".utf8), origin: line.range.start)
      : line.text
    guard let results = host.analyse(isRun ? nil : text, demand) else { return }
    add(results)
    for measure in results.flatMap(\.measures) { write(measure) }
  }

  /// `meas tran NAME ...` about the plot of that kind that ran last.
  mutating func measure(_ line: ScriptLine) throws(ScriptError) {
    let words = line.rest.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard words.count >= 3 else { throw .malformed(line.range, command: "meas", form: "meas tran NAME ...") }
    guard let place = plots.indices.last(where: { plots[$0].analysis == words[0] }) else {
      throw .unknownPlot(line.range, name: words[0], known: plots.map(\.name))
    }
    let name = words[1]
    let result: MeasureResult
    if let known = plots[place].measured[line.rest] {
      result = MeasureResult(name: name, value: known.value)
    } else if let equals = line.rest.firstIndex(of: "="), words[2].hasPrefix("param") {
      let text = substituted(line)
      let from = text.firstIndex(of: "=") ?? equals
      result = MeasureResult(
        name: name, value: .success(try value(of: text[from...].dropFirst().trimmingMarks, line.range).number(0).re))
    } else {
      let filled = namingSignals(substituted(line), line.range)
      let text =
        filled == line.rest
        ? line.restText
        : SourceText(file: line.range.file, bytes: Array(filled.utf8), origin: line.range.start)
      guard let plan = host.plan(ofMeasure: text) else { return }
      result = try measured(plan.plan, named: name, on: plots[place], line.range)
    }
    if case .success(let value) = result.value { plots[current][name] = ScriptVector(value) }
    write(result)
    if case .failure(let failure) = result.value {
      throw .failedMeasure(line.range, name: name, reason: failure.description)
    }
  }

  /// The line of a measure with bare names of vectors written as signals, `when drop=0.5` as `when v(drop)=0.5`, and
  /// expressions of vectors where a number is wanted, `val=top/2`, as their value.
  private func namingSignals(_ text: String, _ range: SourceRange) -> String {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    for index in words.indices.dropFirst(3) {
      var sides = words[index].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let isArgument = sides.count > 1 && Self.argumentsOfMeasures.contains(sides[0].lowercased())
      for side in sides.indices where !isArgument || side > 0 {
        if !isArgument, Self.isBareName(sides[side]) {
          sides[side] = "v(\(sides[side]))"
        } else if sides.count > 1, side > 0, sides[side].lowercased() != "last",
          !(sides[side].first.map { $0.isNumber || $0 == "'" } ?? true),
          let value = try? value(of: sides[side], range), value.isScalar
        {
          sides[side] = "\(value.number(0).re)"
        }
      }
      words[index] = sides.joined(separator: "=")
    }
    return words.joined(separator: " ")
  }

  private static let argumentsOfMeasures: Set<String> = [
    "val", "rise", "fall", "cross", "td", "from", "to", "at", "goal", "minval", "weight",
  ]

  private static func isBareName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter, !MeasureCatalogue.keywords.contains(text.lowercased()) else {
      return false
    }
    return !["targ", "last", "integral", "derivative"].contains(text.lowercased())
      && text.allSatisfy { $0.isLetter || $0.isNumber || "_#.".contains($0) }
  }

  /// Measures vectors that are there already, straight lines between their points.
  private func measured(
    _ plan: MeasurePlan, named name: String, on plot: ScriptPlot, _ range: SourceRange
  ) throws(ScriptError) -> MeasureResult {
    guard let scale = plot.scaleVector else { throw .unknownVector(range, name: "time", suggestion: nil) }
    let evaluator = evaluator(range)
    var columns: [[Double]] = []
    for signal in plan.watched {
      let vector = try evaluator.value(of: signal)
      columns.append((0..<scale.count).map { vector.number($0).re })
    }
    let measures = MeasureSet(plan, reltol: 1e-6)
    var last: (axis: Double, values: [Double])?
    for index in 0..<scale.count {
      let point = (axis: scale.real[index], values: columns.map { $0[index] })
      if let last { measures.observe(ChainSegment(position: index - 1, from: last, to: point)) }
      last = point
    }
    let table = measures.finish(scope: EmptyScope())
    let value = table.measures.first?.value ?? .failure(.nothingObserved)
    return MeasureResult(name: name, value: value)
  }

  mutating func write(_ measure: MeasureResult) {
    let name = measure.name + String(repeating: " ", count: max(0, 20 - measure.name.count))
    switch measure.value {
    case .success(let value):
      output += "\(name)= \(value < 0 ? "" : " ")\(NumberFormat.exponential(value, digits: 6))\n"
    case .failure(let failure): output += "\(name)  failed: \(failure)\n"
    }
  }
}

extension Substring {
  /// The text without blanks and the quotes or braces that hold it.
  var trimmingMarks: String {
    var text = String(self).trimmed[...]
    for (opening, closing) in [("'", "'"), ("{", "}"), ("\"", "\"")] where text.count > 1 {
      if text.hasPrefix(opening), text.hasSuffix(closing) { text = text.dropFirst().dropLast() }
    }
    return String(text)
  }
}
