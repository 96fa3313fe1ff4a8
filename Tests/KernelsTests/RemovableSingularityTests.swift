import Expressions
import Kernels
import Testing

/// Rate constants that are 0/0 at one voltage, as papers print them.
@Suite struct RemovableSingularityTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var text: String
    var place: Double
    /// Value and slope at `place`.
    var value: Double
    var slope: Double

    var testDescription: String { text }
  }

  /// k u/(exp(u) - 1) is k - k u/2 + ..., so the value is k and the slope -k u'/2.
  static let forms = [
    Form(text: "0.01*(10 - x)/(exp((10 - x)/10) - 1)", place: 10, value: 0.1, slope: 0.005),
    Form(text: "0.1*(25 - x)/(exp((25 - x)/10) - 1)", place: 25, value: 1, slope: 0.05),
    Form(text: "0.01*(x + 55)/(1 - exp(-(x + 55)/10))", place: -55, value: 0.1, slope: 0.005),
    Form(text: "0.01*(-55 - x)/(exp((-55 - x)/10) - 1)", place: -55, value: 0.1, slope: 0.005),
    Form(text: "(x + 40)/10/(1 - exp(-(x + 40)/10))", place: -40, value: 1, slope: 0.05),
    Form(text: ".055*(-27 - x)/(exp((-27 - x)/3.8) - 1)", place: -27, value: 0.209, slope: 0.0275),
    Form(text: "0.1*(x + 40)/(-exp(-0.1*x - 4) + 1)", place: -40, value: 1, slope: 0.05),
    Form(text: "-0.01*(x + 55)/(-1 + exp(-0.1*(x + 55)))", place: -55, value: 0.1, slope: 0.005),
    Form(text: "-(0.01*(x + 55)/(exp(-(55 + x)/10) - 1))", place: -55, value: 0.1, slope: 0.005),
    Form(text: "(0.1*x + 4)/(1 - exp(-(x + 40)/10))", place: -40, value: 1, slope: 0.05),
    Form(text: "a*b*((10 - x)/(2*(exp((10 - x)/10) - 1)))*y", place: 10, value: 5 * 0.91 * 3, slope: 0.25 * 0.91 * 3),
    Form(text: "a*(x - b)/(1 - exp(-(x - b)/c))", place: 1.3, value: 0.7 * 2, slope: 0.35),
    Form(text: "(a*x - a*b)/(1 - exp(b/c - x/c))", place: 1.3, value: 0.7 * 2, slope: 0.35),
    Form(text: "(x - b)*(x - b)/(exp((x - b)/c) - 1)", place: 1.3, value: 0, slope: 2),
    Form(text: "1/(exp((10 - x)/10) - 1)*(10 - x)*0.01", place: 10, value: 0.1, slope: 0.005),
    Form(text: "x/(1 - 1/exp(x))", place: 0, value: 1, slope: 0.5),
    Form(text: "x/expm1(x)", place: 0, value: 1, slope: -0.5),
    Form(text: "x/(3 - 3*exp(-x))", place: 0, value: 1 / 3.0, slope: 1 / 6.0),
    Form(text: "(exp(x/2) - 1)/x", place: 0, value: 0.5, slope: 0.125),
    Form(text: "(1 - exp(-(x - 3)))/(x - 3)", place: 3, value: 1, slope: -0.5),
    Form(text: "a*x*(y - b*exp(-2*x))/(1 - exp(-2*x))", place: 0, value: 0.35 * 1.7, slope: 0.7 * 2.15),
    Form(text: "vtrap(10 - x, 10)*0.01", place: 10, value: 0.1, slope: 0.005),
  ]

  static let functions = ["vtrap(u, k) = u/(exp(u/k) - 1)"]

  /// Value and derivative at the place and around it: finite, and on the tangent to 1e-9.
  @Test(arguments: forms)
  func valueAndSlope(form: Form) {
    var lowered = Lowered(form.text, functions: Self.functions)
    #expect(lowered.codes == [])
    let slope = lowered.context.graph.derivative(of: lowered.root, by: .variable(0))
    for exponent in [-300, -15, -12, -9, -6, -3] {
      for sign in [-1.0, 0, 1] {
        let step = sign * UnaryFunction.exponential.value(Double(exponent) * 2.302585092994046)
        let (value, derivative) = Self.evaluate(lowered, slope, x: form.place + step)
        let x = form.place + step - form.place
        #expect(abs(value - (form.value + form.slope * x)) <= 1e-9 + 10 * x * x, "value at \(form.place) + \(step)")
        #expect(abs(derivative - form.slope) <= 1e-9 + 10 * abs(x), "slope at \(form.place) + \(step)")
      }
    }
  }

  /// Away from the singular place the value is what was typed.
  @Test(arguments: forms)
  func agreesAwayFromIt(form: Form) {
    let lowered = Lowered(form.text, functions: Self.functions)
    // Written with names for numerator and denominator that hide the pair: the typed formula itself.
    let x = form.place + 7.25
    let typed = TestScope.parse(form.text)
    var evaluator = TypedValue(x: x)
    let expected = evaluator.value(typed)
    let (value, _) = Self.evaluate(lowered, lowered.root, x: x)
    #expect(abs(value - expected) <= 1e-13 * abs(expected), "\(value), typed \(expected)")
  }

  /// Hodgkin & Huxley 1952 as printed (V measured from rest, downwards): a_n(10 mV), a_m(25 mV), with V in absolute terms
  /// -55 and -40 mV; values and generated derivatives within 1e-9.
  @Test(arguments: [-1e-3, -1e-6, -1e-9, -1e-12, 0, 1e-12, 1e-9, 1e-6, 1e-3])
  func hodgkinHuxley(offset: Double) {
    for (text, place, value, slope, curvature) in [
      ("0.01*(-55 - x)/(exp((-55 - x)/10) - 1)", -55.0, 0.1, 0.005, 0.1 / 600),
      ("0.1*(-40 - x)/(exp((-40 - x)/10) - 1)", -40.0, 1, 0.05, 1 / 600.0),
    ] {
      var lowered = Lowered(text)
      let derivative = lowered.context.graph.derivative(of: lowered.root, by: .variable(0))
      let x = place + offset
      let d = x - place
      let result = lowered.context.graph.values(of: [lowered.root, derivative]) { _ in x }
      #expect(abs(result[0] - (value + slope * d + curvature * d * d / 2)) <= 1e-15)
      #expect(abs(result[1] - (slope + curvature * d)) <= 1e-14)
    }
  }

  /// What looks similar and is not 0/0 stays as typed.
  @Test(arguments: [
    "(x + 40)/(exp((x + 41)/10) - 1)", "x/(exp(y) - 1)", "x/(exp(x) - 2)", "x/(exp(x) + 1)", "(x - a)/(exp(x - b) - 1)",
    "x*x/(exp(x*y) - 1)", "a/(exp(x) - 1)",
  ])
  func othersStay(text: String) {
    let lowered = Lowered(text)
    #expect(!lowered.contains(.bernoulli) && !lowered.contains(.exprel))
  }

  private static func evaluate(_ lowered: Lowered, _ slope: NodeID, x: Double) -> (Double, Double) {
    let values = lowered.context.graph.values(of: [lowered.root, slope]) { leaf in
      switch leaf {
      case .parameter(0): 0.7
      case .parameter(1): 1.3
      case .parameter(2): 2
      case .variable(0): x
      default: 3
      }
    }
    return (values[0], values[1])
  }
}

/// The value of an expression as typed, operator by operator.
private struct TypedValue {
  var x: Double

  mutating func value(_ expression: Expression) -> Double {
    switch expression {
    case .number(let number, _): return number
    case .name(let name, _): return ["a": 0.7, "b": 1.3, "c": 2, "x": x][name] ?? 3
    case .unary(_, let operand, _): return -value(operand)
    case .binary(let sign, let left, let right, _):
      let (p, q) = (value(left), value(right))
      switch sign {
      case .add: return p + q
      case .subtract: return p - q
      case .multiply: return p * q
      default: return p / q
      }
    case .call("vtrap", let arguments, _):
      let (u, k) = (value(arguments[0]), value(arguments[1]))
      return u / UnaryFunction.exponentialMinusOne.value(u / k)
    case .call("expm1", let arguments, _): return UnaryFunction.exponentialMinusOne.value(value(arguments[0]))
    case .call(_, let arguments, _): return UnaryFunction.exponential.value(value(arguments[0]))
    case .probe, .conditional, .invalid: return .nan
    }
  }
}
