internal import Diagnostics
internal import Expressions
internal import Waveforms

/// Evaluates expressions of vectors.
struct VectorEvaluator {
  let plots: [ScriptPlot]
  let current: Int
  /// Values of `.param`s.
  let parameter: (String) -> Double?
  /// What `define` has defined.
  let functions: [String: FunctionDefinition]
  /// The line that asks.
  let range: SourceRange
  /// What `set` has set: `units`, `specwindow`.
  let variables: [String: String]
  /// The next random number, even and normal.
  let draw: () -> (uniform: Double, normal: Double)

  /// `set units=degrees`: how angles are read and given.
  private var measuresDegrees: Bool { variables["units"]?.lowercased() == "degrees" }

  /// The vector that `text` gives.
  func value(of text: String) throws(ScriptError) -> ScriptVector {
    let trimmed = text.trimmed
    // Names that the grammar would take apart: `v-sweep`, `v1#branch`; node 1 is `v(1)`.
    if !trimmed.allSatisfy(\.isNumber), let vector = vector(named: trimmed.lowercased()) { return vector }
    return try value(of: VectorText.expression(trimmed, at: range))
  }

  // MARK: Names

  /// The vector of that name in the current plot, in one named before a dot, or among the constants; else a `.param`.
  func vector(named name: String) -> ScriptVector? {
    let name = name.contains("#") ? name.replacing(VectorText.minusInName, with: "-") : name
    if let vector = plots[current][name] ?? plots[0][name] { return vector }
    if let dot = name.firstIndex(of: "."), let plot = plots.first(where: { $0.name == name[..<dot] }) {
      return plot[String(name[name.index(after: dot)...])]
    }
    return parameter(name).map { ScriptVector($0) }
  }

  private func require(_ name: String) throws(ScriptError) -> ScriptVector {
    if let vector = vector(named: name) { return vector }
    throw .unknownVector(
      range, name: name, suggestion: Suggestion.nearest(to: name, among: plots[current].names))
  }

  /// `x`, or one of its numbers: `x[3]`, `x[3,5]`.
  private func named(_ name: String) throws(ScriptError) -> ScriptVector {
    guard name.hasSuffix("]"), let open = name.firstIndex(of: "["), open > name.startIndex else {
      return try require(name)
    }
    let vector = try require(String(name[..<open]))
    var bounds: [Double] = []
    for part in name[name.index(after: open)...].dropLast().split(separator: ",") {
      bounds.append(try value(of: String(part)).number(0).re)
    }
    return try Self.part(of: vector, bounds, text: name, range)
  }

  private static func part(
    of vector: ScriptVector, _ bounds: [Double], text: String, _ range: SourceRange
  ) throws(ScriptError) -> ScriptVector {
    guard let low = bounds.first.flatMap({ Int(exactly: $0.rounded()) }),
      let high = bounds.last.flatMap({ Int(exactly: $0.rounded()) }), bounds.count <= 2,
      let part = vector.part(min(low, high), max(low, high))
    else {
      let last = (vector.dimensions.first ?? vector.count) - 1
      throw .wrongExpression(
        range, text: text, reason: "the vector has \(vector.dimensions.isEmpty ? "numbers" : "rows") 0 to \(last)")
    }
    return part
  }

  // MARK: Expressions

  func value(of expression: Expression) throws(ScriptError) -> ScriptVector {
    switch expression {
    case .number(let number, _): return ScriptVector(number)
    case .name(let name, _): return try named(name)
    case .probe(let probe, _): return try value(of: probe)
    case .invalid: throw .wrongExpression(range, text: "", reason: "it cannot be read")
    case .unary(let sign, let operand, _):
      let operand = try value(of: operand)
      switch sign {
      case .plus: return operand
      case .minus: return -operand
      case .not: return operand.magnitude.map { $0 == 0 ? 1 : 0 }
      }
    case .binary(let sign, let left, let right, _):
      return Self.binary(sign, try value(of: left), try value(of: right))
    case .conditional(let condition, let then, let otherwise, _):
      return try value(of: try value(of: condition).isTrue ? then : otherwise)
    case .call(let name, let arguments, _): return try call(name, arguments)
    }
  }

  private func value(of probe: Probe) throws(ScriptError) -> ScriptVector {
    if let vector = vector(named: "\(probe)") { return vector }
    // What `let` has made, where a measure takes it for a node.
    if case .voltage(let name, nil) = probe, let vector = vector(named: name) { return vector }
    guard case .voltage(let plus, let minus?) = probe else { return try require("\(probe)") }
    func voltage(_ node: String) throws(ScriptError) -> ScriptVector {
      node == "0" || node == "gnd" ? ScriptVector([0], kind: .voltage) : try require("v(\(node))")
    }
    return try voltage(plus) - voltage(minus)
  }

  private static func binary(_ sign: BinaryOperator, _ left: ScriptVector, _ right: ScriptVector) -> ScriptVector {
    switch sign {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .power, .absolutePower: ScriptVector.power(left, right)
    case .less: ScriptVector.comparing(left, right, <)
    case .lessOrEqual: ScriptVector.comparing(left, right, <=)
    case .greater: ScriptVector.comparing(left, right, >)
    case .greaterOrEqual: ScriptVector.comparing(left, right, >=)
    case .equal: ScriptVector.comparing(left, right, ==)
    case .notEqual: ScriptVector.comparing(left, right, !=)
    case .and: ScriptVector.comparing(left, right) { $0 != 0 && $1 != 0 }
    case .or: ScriptVector.comparing(left, right) { $0 != 0 || $1 != 0 }
    }
  }

  private func call(_ name: String, _ arguments: [Expression]) throws(ScriptError) -> ScriptVector {
    // `tran1.v(out)`; `vdb(out)`, `vm(a,b)`: a part of a phasor.
    if let dot = name.lastIndex(of: "."), let plot = plots.firstIndex(where: { $0.name == name[..<dot] }) {
      let words = arguments.map(\.nameText).joined(separator: ",")
      let probe = name[name.index(after: dot)...]
      return try with(current: plot, functions).value(of: "\(probe)(\(words))")
    }
    if let function = functions[name], function.parameters.count == arguments.count {
      let given = Dictionary(zip(function.parameters.map(\.value), arguments)) { first, _ in first }
      var others = functions
      others[name] = nil
      return try with(current: current, others).value(of: function.body.substituting(names: { given[$0] }))
    }
    if let function = VectorFunctions.function(named: name) {
      guard function.argumentCount == arguments.count else {
        throw .wrongExpression(range, text: name, reason: "it takes \(function.argumentCount) arguments")
      }
      var values: [ScriptVector] = []
      for argument in arguments { values.append(try value(of: argument)) }
      let surroundings = VectorSurroundings(scale: plots[current].scaleVector, variables: variables)
      let result = function.value(values, surroundings)
      return measuresDegrees && VectorFunctions.givesAngle(name) ? result.map { $0 * 180 / .pi } : result
    }
    if let number = VectorFunctions.random(name) {
      guard let argument = arguments.first, arguments.count == 1 else {
        throw .wrongExpression(range, text: name, reason: "it takes 1 argument")
      }
      return try value(of: argument).map { number($0, draw()) }
    }
    if name == "element" {
      var bounds: [Double] = []
      for argument in arguments.dropFirst() { bounds.append(try value(of: argument).number(0).re) }
      guard let vector = arguments.first else { throw .wrongExpression(range, text: name, reason: "it has no operand") }
      return try Self.part(of: value(of: vector), bounds, text: "[]", range)
    }
    let known = VectorFunctions.names + FunctionTable.functions.map(\.name)
    guard let function = FunctionTable.function(named: name), function.argumentCount.contains(arguments.count) else {
      let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw .wrongExpression(range, text: name, reason: "there is no such function of vectors" + near)
    }
    var values: [ScriptVector] = []
    for argument in arguments { values.append(try value(of: argument)) }
    if measuresDegrees, VectorFunctions.takesAngle(name) { values = values.map { $0 * ScriptVector(.pi / 180) } }
    if values.contains(where: \.isComplex) {
      guard let function = ComplexFunction(named: name), values.count == 1 else {
        throw .wrongExpression(range, text: name, reason: "it takes real numbers")
      }
      return values[0].mapComplex { re, im in
        let value = function.value(ComplexNumber(re, im))
        return (value.real, value.imaginary)
      }
    }
    let count = values.map(\.count).max() ?? 0
    let result = ScriptVector((0..<count).map { index in function.value(values.map { $0.number(index).re }) })
    return measuresDegrees && VectorFunctions.givesAngle(name) ? result.map { $0 * 180 / .pi } : result
  }

  private func with(current plot: Int, _ functions: [String: FunctionDefinition]) -> VectorEvaluator {
    VectorEvaluator(
      plots: plots, current: plot, parameter: parameter, functions: functions, range: range,
      variables: variables, draw: draw)
  }
}

extension Expression {
  /// The node or device that an argument names: `v(2)` reads a number there.
  fileprivate var nameText: String {
    switch self {
    case .number(let number, _): number == number.rounded() ? String(Int(clamping: Int64(number))) : "\(number)"
    case .name(let name, _): name
    default: "\(self)"
    }
  }
}

extension String {
  /// The text without blanks around it.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
