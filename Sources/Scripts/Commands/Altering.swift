internal import Diagnostics
internal import Expressions
internal import Netlists

/// `alter`, `altermod`, `alterparam`, `option`.
extension ScriptInterpreter {
  /// `alter r1 = 2k`, `alter r1 2k`, `alter v1 dc = 3`, `alter @r1[resistance] = 2k`, `alter @v1[sin] = [ 0 1 1k ]`.
  mutating func alterDevice(_ line: ScriptLine) throws(ScriptError) {
    let form = "alter device [parameter] = value"
    guard let (words, values) = try target(line) else { throw .malformed(line.range, command: "alter", form: form) }
    guard let first = words.first, words.count <= 2 else {
      throw .malformed(line.range, command: "alter", form: form)
    }
    let (device, parameter) = Self.quantity(first) ?? (first, words.count > 1 ? words[1] : nil)
    _ = host.alter(.device(Located(device, line.range), parameter: parameter, values))
  }

  /// `altermod model parameter = value`, `altermod @model[parameter] = value`.
  mutating func alterModel(_ line: ScriptLine) throws(ScriptError) {
    let form = "altermod model parameter = value"
    guard let (words, values) = try target(line), let first = words.first, values.count == 1 else {
      throw .malformed(line.range, command: "altermod", form: form)
    }
    let (model, written) = Self.quantity(first) ?? (first, words.count > 1 ? words[1] : nil)
    guard let parameter = written else { throw .malformed(line.range, command: "altermod", form: form) }
    _ = host.alter(.model(Located(model, line.range), parameter: Located(parameter, line.range), values[0]))
  }

  /// `alterparam name = value`; ngspice wants a `reset` behind it, which does no harm.
  mutating func alterParameter(_ line: ScriptLine) throws(ScriptError) {
    guard let (words, values) = try target(line), words.count == 1, values.count == 1 else {
      throw .malformed(line.range, command: "alterparam", form: "alterparam name = value")
    }
    _ = host.alter(.parameter(Located(words[0], line.range), values[0]))
  }

  /// `option reltol=1e-5 temp=50`.
  mutating func setOptions(_ line: ScriptLine) throws(ScriptError) {
    for word in substituted(line).lowercased().replacing(" = ", with: "=").split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      _ = host.alter(.option(Located(parts[0], line.range), parts.count > 1 ? parts[1] : ""))
    }
  }

  /// The words before the values, and these: behind `=` or in brackets, else the last word.
  private func target(_ line: ScriptLine) throws(ScriptError) -> (words: [String], values: [Double])? {
    let text = substituted(line)
    let names: Substring
    var written: String
    if let sign = text.firstIndex(of: "=") {
      names = text[..<sign]
      written = text[sign...].dropFirst().trimmingMarks
    } else if text.hasSuffix("]"), let open = text.firstRange(of: " [")?.lowerBound {
      names = text[..<open]
      written = text[open...].trimmingMarks
    } else {
      guard let blank = text.lastIndex(where: \.isWhitespace) else { return nil }
      names = text[..<blank]
      written = text[blank...].trimmingMarks
    }
    let words = names.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    var items = [written]
    if written.hasPrefix("["), written.hasSuffix("]") {
      written = String(written.dropFirst().dropLast())
      items = VectorText.list(written)
    }
    if words.isEmpty || items.isEmpty || written.isEmpty { return nil }
    var values: [Double] = []
    for item in items { values += try value(of: item, line.range).real }
    return (words, values)
  }

  /// `@r1[resistance]` taken apart.
  package static func quantity(_ word: String) -> (device: String, parameter: String)? {
    guard word.hasPrefix("@"), word.hasSuffix("]"), let open = word.firstIndex(of: "[") else { return nil }
    return (String(word[..<open].dropFirst()), String(word[word.index(after: open)...].dropLast()))
  }
}
