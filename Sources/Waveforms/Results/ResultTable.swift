internal import Diagnostics
package import Expressions

/// What one analysis found: measures and spikes, readable by name.
package struct ResultTable: Sendable {
  package var measures: [MeasureResult] = []
  package var spikes: [SpikeResults] = []
  package var fourier: [FourierResult] = []

  package init() {}

  /// The value of a name such as `vmax` or `s.time[c5,1]`, or nil where nothing here is called that.
  package func value(of text: String) -> Result<Double, MeasureFailure>? {
    let text = text.lowercased()
    // Of several the last one, as in ngspice.
    if let measure = measures.last(where: { $0.name == text }) { return measure.value }
    if let result = fourier.first(where: { $0.name == text }) { return .success(result.distortion) }
    guard let name = ResultName(text), let property = name.property.flatMap(ResultName.SpikeProperty.init),
      let train = spikes.first(where: { $0.name == name.base })
    else { return nil }
    return train.value(of: property, name.arguments)
  }
}

extension SpikeResults {
  /// `property` of the signal and spike in `arguments`; without a signal it is that of the last one.
  func value(of property: ResultName.SpikeProperty, _ arguments: [String]) -> Result<Double, MeasureFailure>? {
    if property == .velocity { return arguments.isEmpty ? velocity : nil }
    var arguments = arguments
    var number: Int?
    if property == .time {
      guard let last = arguments.popLast(), let parsed = Int(last) else { return nil }
      number = parsed
    }
    guard arguments.count <= 1, !times.isEmpty else { return nil }
    var signal = times.count - 1
    if let name = arguments.first {
      guard let place = self.signal(named: name) else { return nil }
      signal = place
    }
    switch property {
    case .count: return .success(Double(count(signal)))
    case .rate: return .success(rate(signal))
    case .latency: return latency(signal)
    case .time: return time(signal, number ?? 1)
    case .velocity: return nil
    }
  }
}

/// Results in front of the netlist's parameters, for expressions over results.
package struct ResultScope<Outer: ConstantScope>: ConstantScope {
  let tables: [ResultTable]
  let outer: Outer

  package init(tables: [ResultTable], outer: Outer) {
    self.tables = tables
    self.outer = outer
  }

  package func result(_ name: String) -> Result<Double, MeasureFailure>? {
    for table in tables {
      if let value = table.value(of: name) { return value }
    }
    return nil
  }

  package func value(of name: String) -> Double? {
    if let value = try? result(name)?.get() { return value }
    return outer.value(of: name)
  }

  package func function(_ name: String) -> FunctionDefinition? { outer.function(name) }

  package var names: [String] { outer.names + tables.flatMap { $0.measures.map(\.name) } }

  /// The value of an expression over results, or in words why it has none.
  package func evaluate(_ expression: Expression) -> Result<Double, MeasureFailure> {
    for name in expression.names {
      if case .failure(let cause)? = result(name) { return .failure(.dependency(name: name, .cause(cause))) }
    }
    var diagnostics = DiagnosticBag()
    if let value = expression.constant(in: self, diagnostics: &diagnostics) { return .success(value) }
    return .failure(.expression(diagnostics.diagnostics.first?.message ?? "its expression has no value"))
  }
}

extension ResultTable {
  /// Takes what was `measured`, by place (several results where a measure goes on), and evaluates `param=` measures, each
  /// after those it reads.
  mutating func evaluate(
    _ requests: [MeasureRequest], measured: [[MeasureResult]], scope: some ConstantScope
  ) {
    var results = measured
    var waiting = requests.indices.filter { results[$0].isEmpty }
    while !waiting.isEmpty {
      measures = results.flatMap { $0 }
      let names = Set(waiting.map { requests[$0].name })
      let ready = waiting.filter { place in
        guard case .parameter(let expression) = requests[place].quantity else { return true }
        return names.isDisjoint(with: expression.names)
      }
      for place in ready.isEmpty ? waiting : ready {
        guard case .parameter(let expression) = requests[place].quantity else { continue }
        let value: Result<Double, MeasureFailure> =
          ready.isEmpty
          ? .failure(.expression("it is defined by way of itself"))
          : ResultScope(tables: [self], outer: scope).evaluate(expression).finite
        results[place] = [MeasureResult(name: requests[place].name, value: value)]
      }
      waiting = ready.isEmpty ? [] : waiting.filter { !ready.contains($0) }
    }
    measures = results.flatMap { $0 }
  }
}

extension Result<Double, MeasureFailure> {
  /// A value that is not a finite number is a failure.
  var finite: Self { flatMap { $0.isFinite ? .success($0) : .failure(.notFinite) } }
}
