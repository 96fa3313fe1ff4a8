internal import Diagnostics
internal import Expressions
internal import Netlists

/// `let`, `unlet`, `define`, `set`, `unset`, `setplot`, `destroy`.
extension ScriptInterpreter {
  /// `let x = expression`, `let x[3] = expression`; what was made before anything ran keeps its place, as in ngspice.
  mutating func define(_ line: ScriptLine) throws(ScriptError) {
    let text = substituted(line)
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      throw .malformed(line.range, command: "let", form: "let name = expression")
    }
    let name = String(text[..<sign]).trimmed.lowercased()
    let value = try value(of: text[sign...].dropFirst().trimmingMarks, line.range)
    if let open = name.firstIndex(of: "["), name.hasSuffix("]"), !name.hasPrefix("@") {
      let base = String(name[..<open])
      let plot = home(of: base)
      guard var vector = plots[plot][base], vector.replace(at: try indices(name[open...], line.range), by: value) else {
        throw .unknownVector(line.range, name: name, suggestion: nil)
      }
      plots[plot][base] = vector
      return
    }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_.#@()[]-".contains($0) }) else {
      throw .malformed(line.range, command: "let", form: "let name = expression")
    }
    plots[home(of: name)][name] = value
  }

  /// The numbers of `[i][j]` or `[i,j]`.
  private func indices(_ text: Substring, _ range: SourceRange) throws(ScriptError) -> [Int] {
    var indices: [Int] = []
    for part in text.dropFirst().dropLast().split(separator: "][").flatMap({ $0.split(separator: ",") }) {
      guard let index = Int(exactly: try value(of: String(part), range).number(0).re.rounded()) else {
        throw .wrongExpression(range, text: String(part), reason: "an index is a whole number")
      }
      indices.append(index)
    }
    return indices
  }

  /// `reshape x [2][3]`, `reshape x [2,3]`: a column becomes a table, `reshape x` a column again.
  mutating func reshape(_ line: ScriptLine) throws(ScriptError) {
    let text = substituted(line).lowercased().trimmed
    let open = text.firstIndex(of: "[") ?? text.endIndex
    let sizes = open < text.endIndex && text.hasSuffix("]") ? try indices(text[open...], line.range) : []
    let names = text[..<open].split(whereSeparator: \.isWhitespace).map(String.init)
    if names.isEmpty { throw .malformed(line.range, command: "reshape", form: "reshape name [rows][columns]") }
    for name in names {
      let plot = home(of: name)
      var vector = try vector(name, of: plots[plot], line.range)
      guard sizes.allSatisfy({ $0 > 0 && $0 <= vector.count }),
        sizes.isEmpty || sizes.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) == vector.count
      else {
        throw .malformed(line.range, command: "reshape", form: "sizes whose product is \(vector.count)")
      }
      vector.dimensions = sizes.count > 1 ? sizes : []
      plots[plot][name] = vector
    }
  }

  /// `transpose x`: the last two indices of a table change places.
  mutating func transpose(_ line: ScriptLine) throws(ScriptError) {
    for name in substituted(line).lowercased().split(whereSeparator: \.isWhitespace).map(String.init) {
      let plot = home(of: name)
      var vector = try vector(name, of: plots[plot], line.range)
      guard vector.transpose() else {
        throw .malformed(line.range, command: "transpose", form: "a table, made by 'reshape'")
      }
      plots[plot][name] = vector
    }
  }

  /// The plot in which `let` writes a vector: that of the constants where it is there and not in the current one.
  private func home(of name: String) -> Int {
    plots[current][name] == nil && plots[0][name] != nil ? 0 : current
  }

  mutating func forget(_ line: ScriptLine) {
    for name in line.rest.lowercased().split(whereSeparator: \.isWhitespace) where current > 0 {
      plots[current][String(name)] = nil
    }
  }

  /// `define f(x, y) expression`
  mutating func defineFunction(_ line: ScriptLine) throws(ScriptError) {
    guard let open = line.rest.firstIndex(of: "("), let close = line.rest.firstIndex(of: ")"), open < close else {
      throw .malformed(line.range, command: "define", form: "define name(arguments) expression")
    }
    let name = String(line.rest[..<open]).trimmed.lowercased()
    let parameters = line.rest[line.rest.index(after: open)..<close].split(separator: ",")
    let body = line.rest[line.rest.index(after: close)...].drop { $0 == " " || $0 == "=" }
    functions[name] = FunctionDefinition(
      name: Located(name, line.range),
      parameters: parameters.map { Located(String($0).trimmed.lowercased(), line.range) },
      body: try VectorText.expression(String(body), at: line.range))
  }

  /// `set name`, `set name = value`, `set name = ( a b c )`.
  mutating func set(_ line: ScriptLine) throws(ScriptError) {
    let text = substituted(line)
    guard let sign = text.firstIndex(of: "=") else {
      for word in text.split(whereSeparator: \.isWhitespace) { variables[word.lowercased()] = "TRUE" }
      return
    }
    let name = String(text[..<sign]).trimmed.lowercased()
    var value = text[sign...].dropFirst().trimmingMarks
    if value.hasPrefix("("), value.hasSuffix(")") { value = String(value.dropFirst().dropLast()).trimmed }
    if try setPlot(name, value, line.range) { return }
    variables[name] = value
    // The temperature of the circuit is a variable of ngspice's.
    if name == "temp" || name == "tnom" { _ = host.alter(.option(Located(name, line.range), value)) }
  }

  /// `set curplot = tran1`, `set curplot = new`, `set curplottitle = text`; false for other variables.
  private mutating func setPlot(_ name: String, _ value: String, _ range: SourceRange) throws(ScriptError) -> Bool {
    switch name {
    case "curplot": try choosePlot(named: value.lowercased(), range)
    case "curplottitle": plots[current].title = value
    case "curplotname": plots[current].kind = value
    default: return false
    }
    return true
  }

  mutating func unset(_ line: ScriptLine) {
    for name in line.rest.lowercased().split(whereSeparator: \.isWhitespace) { variables[String(name)] = nil }
  }

  /// `setplot` lists the plots; `setplot tran1` goes to one, `setplot previous` and `next` to neighbours, `new` to an empty one.
  mutating func choosePlot(_ line: ScriptLine) throws(ScriptError) {
    try choosePlot(named: substituted(line).lowercased().trimmed, line.range)
  }

  private mutating func choosePlot(named name: String, _ range: SourceRange) throws(ScriptError) {
    switch name {
    case "":
      output += "List of plots available:\n\n"
      for (index, plot) in plots.enumerated().reversed() {
        output += "\(index == current ? "Current " : "\t")\(plot.name)\t\(plot.title) (\(plot.kind))\n"
      }
    case "previous": current = max(0, current - 1)
    case "next": current = min(plots.count - 1, current + 1)
    case "new":
      open(ScriptPlot(name: newName(of: "unknown"), title: "Anonymous", kind: "unknown"))
    default:
      guard let place = plots.firstIndex(where: { $0.name == name }) else {
        throw .unknownPlot(range, name: name, known: plots.map(\.name))
      }
      current = place
    }
  }

  /// `destroy`, `destroy all`, `destroy tran1`
  mutating func destroy(_ line: ScriptLine) {
    let names = line.rest.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    let here = plots[current].name
    plots.removeAll { plot in
      plot.name != "const"
        && (names.contains("all") || names.contains(plot.name) || (names.isEmpty && plot.name == here))
    }
    current = plots.firstIndex { $0.name == here } ?? plots.count - 1
    if plots.count == 1 { countPlotsAnew() }
  }
}
