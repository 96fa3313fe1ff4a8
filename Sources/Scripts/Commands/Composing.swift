internal import Diagnostics
internal import Expressions
internal import Glibc

/// `compose`, `setscale`, `strcmp`, `setseed`.
extension ScriptInterpreter {
  /// `compose x values 1 2 3`, `compose x start=0 stop=1 step=0.1`, also with `lin=`, `log=` or `dec=` points; `gauss=` and
  /// `random=` draw as many numbers.
  mutating func compose(_ line: ScriptLine) throws(ScriptError) {
    let form = "compose name values ..., or compose name start=.. stop=.. step=.."
    let words = substituted(line).split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard words.count == 2, let name = words.first?.lowercased() else {
      throw .malformed(line.range, command: "compose", form: form)
    }
    let rest = words[1].split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    if rest.count == 2, rest[0].lowercased() == "values" {
      var result = ScriptVector([])
      var imaginary: [Double] = []
      for item in VectorText.list(rest[1]) {
        let value = try value(of: item, line.range)
        result.real += value.real
        imaginary += value.isComplex ? value.imaginary : value.real.map { _ in 0 }
      }
      if imaginary.contains(where: { $0 != 0 }) { result.imaginary = imaginary }
      plots[current][name] = result
      return
    }
    var given: [String: Double] = [:]
    for (key, value) in try assignments(words[1], of: line, form: form) { given[key] = value }
    guard let values = drawn(given) ?? Self.series(given) else {
      throw .malformed(line.range, command: "compose", form: form)
    }
    plots[current][name] = ScriptVector(values)
  }

  private func assignments(_ text: String, of line: ScriptLine, form: String) throws(ScriptError) -> [(String, Double)]
  {
    var result: [(String, Double)] = []
    let parts = text.replacing(/\s*=\s*/, with: "=").split(whereSeparator: \.isWhitespace)
    for part in parts {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { throw .malformed(line.range, command: "compose", form: form) }
      result.append((sides[0].lowercased(), try value(of: sides[1].trimmingMarks, line.range).number(0).re))
    }
    return result
  }

  /// `gauss=N mean= sd=` and `random=N mean= span=`: numbers drawn from a distribution, nil of others.
  private func drawn(_ given: [String: Double]) -> [Double]? {
    guard let count = given["gauss"] ?? given["random"], count >= 1, count <= 1e8 else { return nil }
    let mean = given["mean"] ?? (given["center"] ?? 0)
    return (0..<Int(count)).map { _ in
      let number = host.draw()
      return given["gauss"] == nil
        ? mean + (number.uniform - 0.5) * (given["span"] ?? 1) : mean + number.normal * (given["sd"] ?? 1)
    }
  }

  /// The numbers of a series; nil where it is not determined or has no end.
  private static func series(_ given: [String: Double]) -> [Double]? {
    var (start, stop, step) = (given["start"], given["stop"], given["step"])
    if let center = given["center"], let span = given["span"] { (start, stop) = (center - span / 2, center + span / 2) }
    func count(_ value: Double) -> Int? { value >= 1 && value <= 1e8 ? Int(value) : nil }
    if let decade = given["dec"] ?? given["log"] {
      guard let start, let stop, start > 0, stop > start,
        let number = count(given["log"] ?? (log10(stop / start) * decade + 1e-9 + 1).rounded(.down))
      else { return nil }
      let intervals = given["log"] == nil ? log10(stop / start) * decade : Double(number - 1)
      return (0..<number).map { start * pow(stop / start, intervals > 0 ? Double($0) / intervals : 0) }
    }
    if let points = given["lin"] {
      guard let number = count(points) else { return nil }
      if step == nil, let start, let stop { step = number > 1 ? (stop - start) / Double(number - 1) : 0 }
      if start == nil, let stop, let step { start = stop - Double(number - 1) * step }
      guard let start, let step else { return nil }
      return (0..<number).map { start + Double($0) * step }
    }
    guard let start, let stop, let step, step != 0,
      let number = count(((stop - start) / abs(step)).magnitude + 1 + 1e-9)
    else { return nil }
    return (0..<number).map { start + Double($0) * (stop < start ? -abs(step) : abs(step)) }
  }

  /// `setscale x`: the vector that others are drawn, printed and written over.
  mutating func chooseScale(_ line: ScriptLine) throws(ScriptError) {
    let name = substituted(line).lowercased().trimmed
    _ = try vector(name, of: plots[current], line.range)
    plots[current].scale = plots[current].key(of: name)
  }

  /// `strcmp result text text`: a variable that is 0 where the texts are equal, else below or above.
  mutating func compare(_ line: ScriptLine) throws(ScriptError) {
    let words = substituted(line).split(whereSeparator: \.isWhitespace)
    guard words.count == 3 else { throw .malformed(line.range, command: "strcmp", form: "strcmp name text text") }
    let (left, right) = (words[1].trimmingMarks, words[2].trimmingMarks)
    variables[words[0].lowercased()] = left == right ? "0" : left < right ? "-1" : "1"
  }

  /// `setseed n`: where random numbers begin.
  mutating func setSeed(_ line: ScriptLine) throws(ScriptError) {
    let text = substituted(line).trimmed
    guard let seed = Int(text), seed > 0 else {
      throw .malformed(line.range, command: "setseed", form: "a whole number above 0")
    }
    _ = host.alter(.option(Located("seed", line.range), text))
  }
}
