internal import Diagnostics
internal import Waveforms

/// `write`, `wrdata`.
extension ScriptInterpreter {
  /// `write [file [expression ...]]`: a raw file, binary or, after `set filetype=ascii`, of text.
  mutating func writeRaw(_ line: ScriptLine) throws(ScriptError) {
    var items = substituted(line).split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    let path = items.isEmpty ? variables["rawfile"] ?? "rawspice.raw" : items.removeFirst()
    let plot = plots[current]
    var vectors = try vectors(items.first ?? "all", line.range)
    if let scale = plot.scale, let vector = plot.scaleVector {
      vectors.removeAll { $0.name == scale }
      vectors.insert((scale, vector), at: 0)
    }
    if vectors.isEmpty { throw .malformed(line.range, command: "write", form: "write file expression ...") }
    let image = RawfileImage(
      title: plot.title, plotName: plot.kind,
      columns: vectors.map {
        RawfileImage.Column(name: $0.name, kind: $0.vector.kind, $0.vector.real, $0.vector.imaginary)
      })
    do throws(SinkFailure) {
      try image.write(
        to: path, isText: variables["filetype"]?.lowercased() == "ascii", appending: variables["appendwrite"] != nil)
    } catch {
      throw .unwritable(line.range, path: path, reason: error.reason)
    }
  }

  /// `wrdata file expression ... [vs x]`: columns of text, each vector behind its own scale; `set wr_singlescale` writes the scale
  /// once, `set wr_vecnames` a line of names.
  mutating func writeData(_ line: ScriptLine) throws(ScriptError) {
    let items = substituted(line).split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard items.count == 2 else {
      throw .malformed(line.range, command: "wrdata", form: "wrdata file expression ...")
    }
    let own = plots[current].scale.flatMap { name in plots[current][name].map { (name, $0) } }
    let isSingle = variables["wr_singlescale"] != nil
    var columns: [(name: String, vector: ScriptVector)] = []
    for curve in PlotWords(items[1], namesFile: false).curves {
      let given = try curve.scale.map { name throws(ScriptError) in (name, try value(of: name, line.range)) }
      for vector in try vectors(curve.text, line.range) {
        if let scale = given ?? own, columns.isEmpty || !isSingle { columns.append(scale) }
        columns.append(vector)
      }
    }
    var text = ""
    if variables["wr_vecnames"] != nil {
      text += columns.map { " " + $0.name + String(repeating: " ", count: max(0, 15 - $0.name.count)) }.joined() + "\n"
    }
    let digits = variables["numdgt"].flatMap { Int($0) } ?? 8
    for row in 0..<(columns.map(\.vector.count).max() ?? 0) {
      for (_, vector) in columns {
        let (re, im) = vector.number(row)
        for part in vector.isComplex ? [re, im] : [re] {
          text += (part.sign == .minus ? "" : " ") + NumberFormat.exponential(part, digits: digits) + " "
        }
      }
      text += "\n"
    }
    do throws(SinkFailure) {
      try TextFile.write(text, to: items[0], appending: variables["appendwrite"] != nil)
    } catch {
      throw .unwritable(line.range, path: items[0], reason: error.reason)
    }
  }
}
