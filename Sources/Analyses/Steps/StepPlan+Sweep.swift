package import Circuits
package import Diagnostics
internal import Expressions
internal import Glibc
internal import Netlists

/// How the values of several `--param`s meet.
package enum SweepCombination: Sendable {
  /// Every value with every value of the others, the first parameter's changing fastest.
  case grid
  /// The first values together, the second values together, ...
  case zip
  case samples(SampleDesign, count: Int)
}

/// What `sweep` is told of values.
package struct BatchValues: Sendable {
  /// `r=1k:3k:500`, as `SweepParameter` reads them.
  package var parameters: [String] = []
  package var combination = SweepCombination.grid

  package init() {}
}

extension StepPlan {
  /// What `sweep` asks for: the lines that come before those of the netlist. Faults are reported.
  package init(
    _ parameters: [SweepParameter], combination: SweepCombination, seed: UInt64, scope: ParameterScope,
    elements: Set<String>, given: Set<String>, diagnostics: inout DiagnosticBag
  ) {
    self.init()
    let values = Self.values(of: parameters, combination, seed: seed, &diagnostics)
    for (parameter, values) in Swift.zip(parameters, values) {
      let name = parameter.name
      guard let target = Self.target(of: parameter, scope, elements, &diagnostics) else { continue }
      if let first = lines.first(where: { $0.name.value == name.value }) {
        diagnostics.report(.repeatedStep(name.range, name: name.value, first: first.name.range))
      } else if given.contains(name.value) {
        diagnostics.report(.sweepOfGiven(name.range, name: name.value))
      } else {
        var line = StepLine(target: target, name: name, values: values, range: parameter.range)
        if case .grid = combination {} else { line.isJoined = !lines.isEmpty }
        lines.append(line)
      }
    }
    if case .grid = combination {
      let count = lines.reduce(1.0) { $0 * Double($1.values.count) }
      if count > Double(Self.mostRuns), let last = lines.last {
        diagnostics.report(.tooManyRuns(last.range, most: Self.mostRuns))
      }
    }
  }

  private static func target(
    of parameter: SweepParameter, _ scope: ParameterScope, _ elements: Set<String>, _ diagnostics: inout DiagnosticBag
  ) -> StepLine.Target? {
    let name = parameter.name.value
    if let (model, quantity) = parameter.text.modelAndParameter { return .model(model, parameter: quantity) }
    if elements.contains(name) { return .source }
    if scope.value(of: name) != nil { return .parameter }
    if OptionCatalogue.names.contains(name) { return .option }
    diagnostics.report(.unknownStep(parameter.name.range, name: name, known: scope.names, mustBeParameter: false))
    return nil
  }

  /// The values of each parameter, in the order of the runs.
  private static func values(
    of parameters: [SweepParameter], _ combination: SweepCombination, seed: UInt64, _ diagnostics: inout DiagnosticBag
  ) -> [[Double]] {
    if case .samples(let design, let count) = combination {
      guard parameters.count <= design.mostDimensions else {
        diagnostics.report(.tooManyDimensions(parameters[design.mostDimensions].range, most: design.mostDimensions))
        return []
      }
      let points = design.points(count, dimensions: parameters.count, seed: seed)
      return Swift.zip(parameters, points).map { parameter, shares in
        guard case .range(let low, let high, let isLogarithmic) = parameter.values else {
          diagnostics.report(.sampledList(parameter.range))
          return []
        }
        return shares.map { isLogarithmic ? low * pow(high / low, $0) : low + $0 * (high - low) }
      }
    }
    let lists = parameters.map { parameter -> [Double] in
      if case .list(let values) = parameter.values { return values }
      diagnostics.report(.malformedSweep(parameter.range))
      return []
    }
    if case .zip = combination, let first = lists.first,
      let odd = lists.firstIndex(where: { $0.count != first.count && !$0.isEmpty && !first.isEmpty })
    {
      diagnostics.report(
        .unequalCounts(
          parameters[odd].range, count: lists[odd].count, first: parameters[0].range, firstCount: first.count))
    }
    return lists
  }
}
