package import Diagnostics

/// Expressions over the phasors of `.ac`: arithmetic is complex, as ngspice's of vectors is.
///
/// `db mag ph re im` make real numbers of complex ones; a comparison, or a function that is known of real numbers alone,
/// takes no others.
package struct ComplexProgram: Sendable {
  /// What is given from outside, once for each frequency.
  package enum Input: Sendable, Hashable {
    case probe(Probe)
    case name(String)
  }

  /// In the order in which `evaluate` wants their values.
  package private(set) var inputs: [Input] = []
  /// Whether each expression is real whatever the inputs are.
  package private(set) var isReal: [Bool] = []
  private var roots: [Node] = []
  /// The last phase of each `cph` call, so that the next one lies near it.
  private var phases: [Double] = []

  indirect enum Node: Sendable {
    case constant(Double)
    case frequency
    case input(Int)
    case negated(Node)
    case inverted(Node)
    case binary(BinaryOperator, Node, Node)
    case function(ComplexFunction, Node)
    case realFunction(@Sendable ([Double]) -> Double, [Node])
    case continuousPhase(memory: Int, Node)
    case rate(Node)
    case conditional(Node, Node, Node)
  }

  /// `isComplex` is nil for a name that is no input beside constants.
  /// `matches` gives the signals that a pattern in `sum()` stands for.
  package init(
    _ expressions: [Expression], scope: some ConstantScope, isComplex: @escaping (String) -> Bool? = { _ in nil },
    matching matches: @escaping (Probe) -> [Probe] = { _ in [] }, diagnostics: inout DiagnosticBag
  ) {
    var reader = ComplexReader(scope: scope, isComplex: isComplex, matches: matches)
    for expression in expressions {
      let part = reader.read(expression, &diagnostics)
      roots.append(part.node)
      isReal.append(part.isReal)
    }
    inputs = reader.inputs
    phases = Array(repeating: .nan, count: reader.phaseCount)
  }

  package var count: Int { roots.count }

  /// The values of all expressions at `frequency` (Hz), to be called with frequencies in their order.
  package mutating func evaluate(_ values: [ComplexNumber], frequency: Double) -> [ComplexNumber] {
    roots.map { value(of: $0, values, frequency) }
  }

  private mutating func value(of node: Node, _ inputs: [ComplexNumber], _ frequency: Double) -> ComplexNumber {
    switch node {
    case .constant(let value): return ComplexNumber(value)
    case .frequency: return ComplexNumber(frequency)
    case .input(let index): return inputs[index]
    case .negated(let operand): return -value(of: operand, inputs, frequency)
    case .inverted(let operand): return ComplexNumber(value(of: operand, inputs, frequency).real == 0 ? 1 : 0)
    case .function(let function, let operand): return function.value(value(of: operand, inputs, frequency))
    case .realFunction(let function, let operands):
      var values: [Double] = []
      for operand in operands { values.append(value(of: operand, inputs, frequency).real) }
      return ComplexNumber(function(values))
    case .continuousPhase(let memory, let operand):
      let phase = value(of: operand, inputs, frequency).phase
      let before = phases[memory].isNaN ? phase : phases[memory]
      phases[memory] = before + (phase - before).remainder(dividingBy: 2 * .pi)
      return ComplexNumber(phases[memory])
    case .rate(let operand): return ComplexNumber(0, 2 * .pi * frequency) * value(of: operand, inputs, frequency)
    case .conditional(let condition, let then, let otherwise):
      return value(of: value(of: condition, inputs, frequency).real != 0 ? then : otherwise, inputs, frequency)
    case .binary(let sign, let left, let right):
      let (a, b) = (value(of: left, inputs, frequency), value(of: right, inputs, frequency))
      return Self.apply(sign, a, b)
    }
  }

  private static func apply(_ sign: BinaryOperator, _ a: ComplexNumber, _ b: ComplexNumber) -> ComplexNumber {
    func truth(_ holds: Bool) -> ComplexNumber { ComplexNumber(holds ? 1 : 0) }
    switch sign {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .power: return a.power(b)
    case .absolutePower: return a.imaginary == 0 ? ComplexNumber(a.magnitude).power(b) : a.power(b)
    case .less: return truth(a.real < b.real)
    case .lessOrEqual: return truth(a.real <= b.real)
    case .greater: return truth(a.real > b.real)
    case .greaterOrEqual: return truth(a.real >= b.real)
    case .equal: return truth(a.real == b.real)
    case .notEqual: return truth(a.real != b.real)
    case .and: return truth(a.real != 0 && b.real != 0)
    case .or: return truth(a.real != 0 || b.real != 0)
    }
  }
}
