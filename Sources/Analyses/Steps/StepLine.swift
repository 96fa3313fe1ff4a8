package import Circuits
package import Diagnostics
internal import Expressions
internal import Netlists

/// One `.step` line, understood: what it changes, and the values in their order.
package struct StepLine: Sendable {
  package enum Target: Sendable {
    /// A `.param` of the top level, or `temp`.
    case parameter
    /// The direct value of an independent source.
    case source
    /// A parameter of a `.model` or `.memristor`; the text names it.
    case model(String, parameter: SourceText)
  }

  package var target: Target
  /// As results call it, in lower case: `r`, `v1`, `temp`, `mydiode(is)`.
  package var name: Located<String>
  package var values: [Double]
  package var range: SourceRange
  /// Goes from value to value together with the line before it: columns of one `.data` table.
  package var isJoined = false
}

/// All `.step` lines of a netlist, its tables of `.data` and lists of `.temp`: one run for every combination of their values, the first line's changing fastest.
package struct StepPlan: Sendable {
  package var lines: [StepLine]

  package init(_ lines: [StepLine] = []) {
    self.lines = lines
  }

  /// Beyond this many runs a range is taken for a mistake.
  static let mostRuns = 1_000_000

  package var runCount: Int { lines.reduce(1) { $1.isJoined ? $0 : $0 * $1.values.count } }

  /// The values of one run, one per line.
  package func values(ofRun number: Int) -> [Double] {
    var rest = number
    var place = 0
    return lines.map { line in
      if !line.isJoined {
        place = rest % line.values.count
        rest /= line.values.count
      }
      return line.values[place]
    }
  }

  /// `.param`s and the temperature in one run.
  package func parameters(ofRun number: Int) -> [String: Double] {
    var parameters: [String: Double] = [:]
    for (line, value) in zip(lines, values(ofRun: number)) {
      if case .parameter = line.target { parameters[line.name.value] = value }
    }
    return parameters
  }

  /// Parameters of models in one run.
  package func modelValues(ofRun number: Int) -> [ModelValue] {
    zip(lines, values(ofRun: number)).compactMap { line, value in
      guard case .model(let model, let parameter) = line.target else { return nil }
      let name = Located(parameter.string.lowercased(), parameter.range)
      return ModelValue(
        model: Located(model, line.name.range),
        assignment: Assignment(name: name, value: parameter, expression: .number(value, parameter.range)))
    }
  }

  /// Direct values of sources in one run.
  package func sourceValues(ofRun number: Int) -> [(source: Located<String>, value: Double)] {
    zip(lines, values(ofRun: number)).compactMap { line, value in
      if case .source = line.target { (line.name, value) } else { nil }
    }
  }
}
