internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// A source whose voltage or current follows others: E, F, G, H.
///
/// A gain and the coefficients of POLY are parameters of the model, so that sources which differ in these alone are one
/// group; VALUE and TABLE are expressions like those of a B source.
protocol ControlledSource: ElementKind {
  static var givesVoltage: Bool { get }
  static var control: ControlKind { get }
}

/// What a controlled source reads.
enum ControlKind {
  /// Pairs of nodes.
  case voltage
  /// Names of devices.
  case current
}

extension ControlledSource {
  static func controlledSyntax(
    title: String, form: String, example: String, gain: CardParameter, parameters: [CardParameter] = [],
    aliases: [String: String] = [:]
  ) -> CardSyntax {
    CardSyntax(
      title: title, form: form, example: example, nodes: ["n+", "n-"], value: gain, parameters: parameters,
      aliases: aliases)
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      bound.assignsOnlyNames(of: syntax, diagnostics: &diagnostics),
      let law = ControlLawReader.read(bound, of: Self.self, diagnostics: &diagnostics)
    else { return nil }
    let multiplicity = bound.assignments["m"]?.expression
    guard multiplicity?.isConstant(for: syntax.title, diagnostics: &diagnostics) ?? true else { return nil }
    return withoutActuallyEscaping(function) { function in
      var scope = BehaviouralScope(bound, title: syntax.title, givesVoltage: givesVoltage, function: function)
      var context = LoweringContext()
      var node = lower(law, in: &scope, &context)
      if let multiplicity, let slot = syntax.parameters.first(where: { $0.name == "m" }) {
        let factor = scope.addParameter(slot, value: multiplicity, to: &context.graph)
        node = context.graph.multiply(factor, node)
      }
      let failed = context.diagnostics.hasErrors || scope.failed
      diagnostics.append(context.diagnostics)
      guard !failed else { return nil }
      return scope.element(expression: node, context: context, binder: &binder) {
        DeviceError.nonlinearRate(range: law.range).report(to: &diagnostics)
      }
    }
  }

  private static func lower(
    _ law: ControlLaw, in scope: inout BehaviouralScope, _ context: inout LoweringContext
  ) -> NodeID {
    switch law {
    case .formula(let expression): return context.lower(expression, in: &scope)
    case .gain(let gain, let control):
      let factor = syntax.value.map { scope.addParameter($0, value: gain, to: &context.graph) }
      let read = context.lower(control, in: &scope)
      return context.graph.multiply(factor ?? context.graph.constant(1), read)
    case .polynomial(let coefficients, let controls, _):
      var reads: [NodeID] = []
      for control in controls { reads.append(context.lower(control, in: &scope)) }
      var sum = context.graph.constant(0)
      var monomials = Monomials(dimension: controls.count)
      for (index, value) in coefficients.enumerated() {
        let factor = scope.addParameter(
          CardParameter("p\(index)", "coefficient of the polynomial"), value: value, to: &context.graph)
        let product = monomials.next().reduce(factor) { context.graph.multiply($0, reads[$1]) }
        sum = context.graph.add(sum, product)
      }
      return sum
    }
  }
}

/// What the value of a controlled source is made of.
enum ControlLaw {
  case gain(Expression, control: Expression)
  case polynomial([Expression], controls: [Expression], range: SourceRange)
  case formula(Expression)

  var range: SourceRange {
    switch self {
    case .gain(let value, _): value.range
    case .polynomial(_, _, let range): range
    case .formula(let expression): expression.range
    }
  }
}

/// The products of SPICE's polynomials in their order: 1; a, b, c; aa, ab, ac, bb, bc, cc; aaa, aab, ...
struct Monomials {
  private let dimension: Int
  private var factors: [Int] = []

  init(dimension: Int) { self.dimension = dimension }

  /// The places of the factors of the next product, in ascending order.
  mutating func next() -> [Int] {
    defer {
      if let last = factors.lastIndex(where: { $0 < dimension - 1 }) {
        let next = factors[last] + 1
        for place in last..<factors.count { factors[place] = next }
      } else {
        factors = Array(repeating: 0, count: factors.count + 1)
      }
    }
    return factors
  }
}
