internal import Diagnostics
internal import Waveforms

/// `print`, `echo`, `display`, `plot`.
extension ScriptInterpreter {
  /// The digits of printed numbers: `set numdgt=`.
  private var digits: Int { variables["numdgt"].flatMap { Int($0) }.map { min(max($0, 1), 16) } ?? 6 }

  mutating func printVectors(_ line: ScriptLine) throws(ScriptError) {
    var (text, target) = Self.redirection(substituted(line))
    for word in ["line ", "col "] where text.hasPrefix(word) { text = String(text.dropFirst(word.count)) }
    let vectors = try vectors(text, line.range)
    if vectors.isEmpty { throw .malformed(line.range, command: "print", form: "print expression ...") }
    let isLine = vectors.allSatisfy(\.vector.isScalar)
    let printed = isLine ? lines(of: vectors) : listing(of: vectors)
    try put(printed, target, line.range)
  }

  private func lines(of vectors: [(name: String, vector: ScriptVector)]) -> String {
    vectors.map { "\($0.name) = \(cell($0.vector, 0, between: ","))\n" }.joined()
  }

  private func listing(of vectors: [(name: String, vector: ScriptVector)]) -> String {
    let plot = plots[current]
    var shown = vectors
    if let scale = plot.scale, let vector = plot.scaleVector {
      shown.removeAll { $0.name == scale }
      shown.insert((scale, vector), at: 0)
    }
    let rows = shown.map(\.vector.count).max() ?? 0
    return Listing.text(
      title: plot.title, plotName: plot.kind,
      columns: shown.map { Listing.Column(head: $0.name, width: (digits + 10) * ($0.vector.isComplex ? 2 : 1)) },
      rowCount: rows
    ) { row, column in
      row < shown[column].vector.count ? cell(shown[column].vector, row) : String(repeating: " ", count: digits + 6)
    }
  }

  private func cell(_ vector: ScriptVector, _ index: Int, between: String = ",\t") -> String {
    let (re, im) = vector.number(index)
    let real = Listing.cell(re, digits: digits)
    return vector.isComplex ? "\(real)\(between)\(Listing.cell(im, digits: digits))" : real
  }

  /// The vectors of a list of expressions with the names they are printed under; `all` is every one of the plot.
  func vectors(_ text: String, _ range: SourceRange) throws(ScriptError) -> [(name: String, vector: ScriptVector)] {
    var result: [(String, ScriptVector)] = []
    for item in VectorText.list(text) {
      guard let group = VectorGroup(in: item.lowercased()) else {
        result.append((item.lowercased(), try value(of: item, range)))
        continue
      }
      let plot = try plot(of: group, range)
      for name in plot.listedNames where name != plot.scale {
        guard let vector = plot[name], group.contains(vector.kind) else { continue }
        if group.isAlone {
          result.append((group.prefix + ScriptPlot.listed(name), vector))
        } else {
          let expression = group.expression(of: name)
          result.append((expression, try value(of: expression, range)))
        }
      }
    }
    return result
  }

  private func plot(of group: VectorGroup, _ range: SourceRange) throws(ScriptError) -> ScriptPlot {
    guard let name = group.plot else { return plots[current] }
    guard let plot = plots.first(where: { $0.name == name }) else {
      throw .unknownPlot(range, name: name, known: plots.map(\.name))
    }
    return plot
  }

  mutating func echo(_ line: ScriptLine) throws(ScriptError) {
    var (text, target) = Self.redirection(substituted(line))
    let endsLine = !text.hasPrefix("-n ")
    if !endsLine { text = String(text.dropFirst(3)) }
    try put(text.filter { $0 != "\"" } + (endsLine ? "\n" : ""), target, line.range)
  }

  mutating func display() {
    let plot = plots[current]
    output += "Here are the vectors currently active:\n\nTitle: \(plot.title)\nName: \(plot.name) (\(plot.kind))\n\n"
    for name in plot.listedNames {
      guard let vector = plot[name] else { continue }
      let kind = Rawfile.typeWord(vector.kind)
      let mark = name == plot.scale ? " [default scale]" : ""
      let shown = ScriptPlot.listed(name)
      let sizes =
        vector.dimensions.isEmpty ? "" : ", dims = [\(vector.dimensions.map(String.init).joined(separator: ","))]"
      let padding = String(repeating: " ", count: max(0, 20 - shown.count))
      output +=
        "    \(shown)\(padding): \(kind), \(vector.isComplex ? "complex" : "real"), \(vector.count) long\(mark)\(sizes)\n"
    }
  }

  /// `plot v(1) v(2) [vs x] [i(v1) vs y]`: a picture where pictures are drawn. Other words of the command shape ngspice's
  /// window, but for its title.
  mutating func plot(_ line: ScriptLine, namesFile: Bool) throws(ScriptError) {
    let request = PlotWords(substituted(line), namesFile: namesFile)
    var traces: [Trace] = []
    var axis: Signal?
    let plot = plots[current]
    for (text, scale) in request.curves {
      let vectors = try vectors(text, line.range)
      guard let longest = vectors.map(\.vector.count).max() else { continue }
      let over: (name: String, vector: ScriptVector)
      if let scale {
        over = (scale, try value(of: scale, line.range))
      } else {
        over = (plot.scale ?? "index", plot.scaleVector ?? ScriptVector((0..<longest).map(Double.init)))
      }
      axis = axis ?? Signal(name: over.name, kind: over.vector.kind)
      traces += vectors.map { name, vector in
        let drawn = vector.isComplex ? vector.magnitude : vector
        let count = min(drawn.count, over.vector.count)
        return Trace(
          signal: Signal(name: name, kind: vector.kind), x: Array(over.vector.real.prefix(count)),
          y: Array(drawn.real.prefix(count)))
      }
    }
    guard let axis, !traces.isEmpty else {
      throw .malformed(line.range, command: line.command, form: "expressions of vectors")
    }
    figures.append(Figure(title: request.title ?? plot.title, axis: axis, traces: traces))
  }

  // MARK: Where text goes

  enum Target {
    case terminal
    case file(String, isAppended: Bool)
  }

  /// Takes `> file` or `>> file` off the end.
  private static func redirection(_ text: String) -> (text: String, target: Target) {
    for (sign, isAppended) in [(" >> ", true), (" > ", false)] {
      guard let place = text.range(of: sign) else { continue }
      let path = text[place.upperBound...].trimmingMarks
      if !path.isEmpty, !path.contains(where: \.isWhitespace) {
        return (String(text[..<place.lowerBound]), .file(path, isAppended: isAppended))
      }
    }
    return (text, .terminal)
  }

  private mutating func put(_ text: String, _ target: Target, _ range: SourceRange) throws(ScriptError) {
    guard case .file(let path, let isAppended) = target else {
      output += text
      return
    }
    do throws(SinkFailure) {
      try TextFile.write(text, to: path, appending: isAppended)
    } catch {
      throw .unwritable(range, path: path, reason: error.reason)
    }
  }
}

extension String {
  /// The first place of `part`.
  fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
