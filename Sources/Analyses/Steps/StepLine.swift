package import Circuits
package import Diagnostics
internal import Expressions
internal import Netlists

/// One `.step` or `.mc` line, or what `sweep --param` gives, understood: what it changes, and the values in their order.
package struct StepLine: Sendable {
  package enum Target: Sendable {
    /// A `.param` of the top level, or `temp`.
    case parameter
    /// The direct value of an independent source.
    case source
    /// A parameter of a `.model` or `.memristor`; the text names it.
    case model(String, parameter: SourceText)
    /// An option: `reltol`, `seed`.
    case option
    /// The samples of `.mc`, counted from 1; the seed where the line gives one.
    case sample(seed: UInt64?)
  }

  package var target: Target
  /// As results call it, in lower case: `r`, `v1`, `temp`, `mydiode(is)`, `mc`.
  package var name: Located<String>
  package var values: [Double]
  package var range: SourceRange
  /// Goes from value to value together with the line before it: columns of one `.data` table.
  package var isJoined = false
}

/// All `.step` and `.mc` lines of a netlist, its tables of `.data` and lists of `.temp`: one run for every combination of their values, the first line's changing
/// fastest.
///
/// Random numbers are those of the sample, whatever else a run changes: without `.mc` all runs have number 0 and so the
/// same noise, with it the samples are the same at every step. So a run of many is, bit for bit, the run alone.
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

  /// The sample of `.mc` in one run. The seed is that which the caller has `given` or a step gives, else that of the
  /// line, else that of `.options`.
  package func sample(ofRun number: Int, given: Double?, option: Double?) -> Sample? {
    let values = values(ofRun: number)
    for (line, value) in zip(lines, values) {
      guard case .sample(let own) = line.target else { continue }
      let stepped = zip(lines, values).first { $0.0.name.value == "seed" }?.1
      let outer = (stepped ?? given).flatMap(UInt64.init(exactly:))
      return Sample(seed: outer ?? own ?? option.flatMap(UInt64.init(exactly:)) ?? 1, number: UInt64(value))
    }
    return nil
  }

  /// Options in one run.
  package func options(ofRun number: Int) -> [String: Located<OptionValue>] {
    var options: [String: Located<OptionValue>] = [:]
    for (line, value) in zip(lines, values(ofRun: number)) {
      if case .option = line.target { options[line.name.value] = Located(.number(value), line.name.range) }
    }
    return options
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
