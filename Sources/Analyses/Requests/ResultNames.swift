internal import Diagnostics
internal import Expressions
internal import Waveforms

/// Names of results in expressions and expectations: known before the run, or reported.
extension RequestReader {
  /// Checks the names in `param=` expressions, once all measures are known.
  mutating func checkParameterMeasures() {
    for (_, request) in measures {
      if case .parameter(let expression) = request.quantity { checkNames(in: expression) }
    }
  }

  /// Reports every name that is neither a result nor a constant.
  mutating func checkNames(in expression: Expression) {
    expression.forEach { part in
      switch part {
      case .name(let name, let range):
        if !isResult(name, at: range), !isConstant(part) { reportUnknown(name, at: range) }
      case .probe(_, let range): diagnostics.report(.signalInResult(range))
      default: break
      }
    }
  }

  private func isConstant(_ name: Expression) -> Bool {
    var unused = DiagnosticBag()
    return name.constant(in: scope, diagnostics: &unused) != nil
  }

  /// Whether `name` will have a value or a failure after the run.
  func isResult(_ name: String, at range: SourceRange) -> Bool {
    if measures.contains(where: { $0.request.name == name }) { return true }
    if fourier.contains(where: { $0.signals.contains { FourierResult.name(of: $0.name) == name } }) { return true }
    if hasNoise, name.hasPrefix("onoise_total") || name.hasPrefix("inoise_total") { return true }
    if let result = ResultName(name), result.property == nil, result.arguments.count == 1,
      let number = Int(result.arguments[0]), number > 1
    {
      return measures.contains { $0.request.name == result.base && $0.request.continues }
    }
    guard let result = ResultName(name), let train = spikes.first(where: { $0.name == result.base }) else {
      return false
    }
    return Self.complaint(about: result, of: train) == nil
  }

  mutating func reportUnknown(_ name: String, at range: SourceRange) {
    if let result = ResultName(name), let train = spikes.first(where: { $0.name == result.base }),
      let form = Self.complaint(about: result, of: train)
    {
      return diagnostics.report(.malformedResult(range, name: name, form: form))
    }
    let properties = ResultName.SpikeProperty.allCases.map(\.rawValue)
    let known =
      measures.map(\.request.name)
      + spikes.flatMap { train in properties.map { "\(train.name).\($0)" + ($0 == "time" ? "[1]" : "") } }
    diagnostics.report(.unknownResult(range, name: name, known: known))
  }

  /// What is wrong with a name about the spikes of `train`, or nil.
  private static func complaint(about name: ResultName, of train: SpikeRequest) -> String? {
    let all = ResultName.SpikeProperty.allCases.map { "\(train.name).\($0.rawValue)" }.joined(separator: ", ")
    guard let property = name.property.flatMap(ResultName.SpikeProperty.init) else { return "known are \(all)" }
    var arguments = name.arguments
    if property == .time {
      guard let number = arguments.popLast().flatMap(Int.init), number >= 1 else {
        return "the first spike is \(train.name).time[1], or \(train.name).time[node,1]"
      }
    }
    if property == .velocity {
      if !arguments.isEmpty { return "a velocity belongs to the whole list: \(train.name).velocity" }
      return train.spacing == nil ? "a velocity needs spacing= on the line '.spikes \(train.name)'" : nil
    }
    if arguments.count > 1 { return "one node may stand in the brackets: \(train.name).\(property.rawValue)[node]" }
    if let node = arguments.first, !train.signalNames.contains(node), !train.signalNames.contains("v(\(node))") {
      let near = Suggestion.nearest(to: node, among: train.signalNames.map { node.contains("(") ? $0 : nodeName($0) })
      return "'\(node)' is not among its signals" + (near.map { "; did you mean '\($0)'?" } ?? "")
    }
    return nil
  }

  private static func nodeName(_ signal: String) -> String {
    signal.hasPrefix("v(") ? String(signal.dropFirst(2).dropLast()) : signal
  }
}
