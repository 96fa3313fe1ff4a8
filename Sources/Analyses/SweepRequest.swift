package import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.dc NAME start stop step [back] [NAME start stop step]`: what is swept, the first name's values running fastest.
package struct SweepRequest: Sendable {
  /// An independent source, a parameter or the temperature.
  package struct Variable: Sendable {
    package var name: Located<String>
    /// The chain of values, there and (with `back`) back again.
    package var values: [Double]
  }

  package var variables: [Variable]
  package var range: SourceRange

  package var count: Int { variables.reduce(1) { $0 * $1.values.count } }

  /// The values of one point, one per variable.
  package func values(at position: Int) -> [Double] {
    var rest = position
    return variables.map { variable in
      defer { rest /= variable.values.count }
      return variable.values[rest % variable.values.count]
    }
  }
}

/// How a range is walked through.
private enum SweepScale: String {
  case lin, dec, oct, list
}

/// Reads a `.dc` card: ngspice's, and the lists and logarithmic scales of Xyce.
struct SweepReader<Scope: ConstantScope> {
  private static var mostPoints: Double { 1e8 }
  private static var form: String { ".dc SOURCE start stop step [back] [SOURCE start stop step]" }

  private let card: Card
  private let scope: Scope
  private var words: ArraySlice<Field>
  private(set) var diagnostics = DiagnosticBag()

  init(_ card: Card, scope: Scope) {
    self.card = card
    self.scope = scope
    words = card.fields[...]
  }

  /// Nil after a complaint.
  mutating func request() -> SweepRequest? {
    let returns = words.last?.name.plain == "back"
    if returns { words.removeLast() }
    var request = SweepRequest(variables: [], range: card.text.range)
    repeat {
      guard let variable = variable() else { return nil }
      request.variables.append(variable)
    } while !words.isEmpty
    if returns { request.variables[0].values += request.variables[0].values.reversed().dropFirst() }
    return request
  }

  private mutating func variable() -> SweepRequest.Variable? {
    let scaleInFront = takeScale(before: 1)
    guard let field = words.popFirst(), let name = field.name.plain, !name.isEmpty else { return malformed() }
    let scale = scaleInFront ?? takeScale(before: 0) ?? .lin
    guard let values = scale == .list ? list() : range(scale) else { return nil }
    let isTemperature = name == "temper"
    return SweepRequest.Variable(name: Located(isTemperature ? "temp" : name, field.range), values: values)
  }

  private mutating func takeScale(before count: Int) -> SweepScale? {
    guard words.count > count, let scale = words.first?.name.plain.flatMap(SweepScale.init) else { return nil }
    words.removeFirst()
    return scale
  }

  /// As many numbers as follow.
  private mutating func list() -> [Double]? {
    var values: [Double] = []
    while let field = words.first, isNumber(field) {
      words.removeFirst()
      guard let value = AnalysisRequest.number(field, scope, &diagnostics) else { return nil }
      values.append(value)
    }
    return values.isEmpty ? malformed() : values
  }

  private func isNumber(_ field: Field) -> Bool {
    if case .expression = field.kind { return true }
    if SpiceNumber.parseField(field.text.bytes) != nil { return true }
    return field.name.plain.map { SweepScale(rawValue: $0) == nil && scope.value(of: $0) != nil } ?? false
  }

  private mutating func range(_ scale: SweepScale) -> [Double]? {
    if scale == .lin, words.count == 2 {
      // Xyce goes from the first to the second in one step where there is no third.
      guard let ends = list() else { return nil }
      return ends.count == 2 && ends[0] == ends[1] ? [ends[0]] : ends
    }
    let fields = words.prefix(3)
    guard fields.count == 3 else { return malformed() }
    words = words.dropFirst(3)
    var numbers: [Double] = []
    for field in fields {
      guard let value = AnalysisRequest.number(field, scope, &diagnostics) else { return nil }
      numbers.append(value)
    }
    let (start, stop, step) = (numbers[0], numbers[1], numbers[2])
    let last = fields[fields.index(fields.startIndex, offsetBy: 2)].range
    if scale == .lin {
      guard step != 0, (stop - start) / step >= 0, (stop - start) / step < Self.mostPoints else {
        diagnostics.report(.wrongSweep(last, start: start, stop: stop, step: step))
        return nil
      }
      let count = Int(((stop - start) / step + 1e-9).rounded(.down))
      return (0...count).map { start + Double($0) * step }
    }
    let values =
      scale == .dec
      ? StepRange.decades(from: start, to: stop, points: step)
      : StepRange.octaves(from: start, to: stop, points: step)
    if values == nil {
      diagnostics.report(.wrongLogarithmicStep(card.text.range, start: start, stop: stop, points: step))
    }
    return values
  }

  private mutating func malformed<Value>() -> Value? {
    diagnostics.report(.wrongAnalysis(card.text.range, directive: "dc", form: Self.form))
    return nil
  }
}
