import Diagnostics
import Expressions
import Kernels
import Testing

@Suite struct LoweringTests {
  @Test(arguments: [
    ("2*3 + 4/8 - 1", 5.5), ("2**10", 1024), ("-2**2", -4), ("hypot(3, 4)", 5), ("min(3, 1, 2)", 1),
    ("max(3, 1, 2)", 3), ("limit(5, 0, 2)", 2), ("sgn(-3)", -1), ("u(0)", 0.5), ("u2(0.25)", 0.25), ("uramp(-1)", 0),
    ("floor(-1.5)", -2), ("ceil(-1.5)", -1), ("int(-1.5)", -1), ("nint(2.5)", 2), ("1 < 2 and not (3 <= 2)", 1),
    ("3 == 3", 1), ("3 != 3", 0), ("1 > 2 ? 5 : 7", 7), ("if(1, 5, 7)", 5), ("inf > 1e300", 1), ("inf >= inf", 1),
    ("pwl(2.5, 0, 0, 1, 10, 2, 0)", -5), ("exprel(0)", 1), ("limexp(81)", 2 * 5.54062238439351e34),
    ("0 == 1 or 2", 1), ("pi", .pi),
  ])
  func constants(text: String, value: Double) {
    let lowered = Lowered(text)
    #expect(lowered.codes == [])
    #expect(abs((lowered.constant ?? .nan) - value) <= 1e-14 * abs(value), "\(text) = \(lowered.constant ?? .nan)")
  }

  /// Functions of running quantities agree with the function table, on both sides of every kink and at it.
  @Test(arguments: [
    "abs(x)", "min(x, y)", "max(x, y, 0)", "limit(x, -1, 1)", "sgn(x)", "u(x)", "u2(x)", "uramp(x)", "floor(x)",
    "ceil(x)", "int(x)", "nint(x)", "eq0(x)", "ne0(x)", "gt0(x)", "ge0(x)", "lt0(x)", "le0(x)",
    "pwl(x, -1, 2, 0, 1, 1, 5)", "hypot(x, y)", "pwr(x, 1.5)", "pwr(x, 3)", "x < y ? 1 : 2", "x >= y and not (y > 1)",
    "x == y", "x != y or y", "sqr(x)", "exp(x)", "expm1(x)", "ln1p(x + 3)", "atan2(x, y)", "x**3", "log10(x + 3)",
  ])
  func runningFunctions(text: String) {
    struct Point: ConstantScope {
      var values: [String: Double]
      func value(of name: String) -> Double? { values[name] }
      func function(_ name: String) -> FunctionDefinition? { nil }
      var names: [String] { Array(values.keys) }
    }
    let lowered = Lowered(text)
    for x in [-2.5, -1.5, -1, -0.25, 0, 0.5, 1, 1.5, 2, 2.5] {
      for y in [-1, 0, 1.5] {
        var bag = DiagnosticBag()
        let expected = TestScope.parse(text).constant(in: Point(values: ["x": x, "y": y]), diagnostics: &bag)
        let value = lowered.value(x: x, y: y)
        #expect(
          abs(value - (expected ?? .nan)) <= 1e-13, "\(text) at \(x), \(y): \(value), expected \(expected ?? .nan)")
      }
    }
  }

  @Test(arguments: FunctionTable.functions.map(\.name))
  func everyFunctionIsKnown(name: String) throws {
    let function = try #require(FunctionTable.function(named: name))
    let arguments = name == "pwl" ? "x, 1, 2, 3, 4" : function.parameters.map { _ in "x" }.joined(separator: ", ")
    let lowered = Lowered("\(name)(\(arguments))")
    #expect(lowered.codes == [])
    #expect(lowered.value(x: name == "acosh" ? 1.5 : 0.5).isFinite)
  }

  /// ngspice's power takes the absolute value of its base, unless the exponent is an even whole number.
  @Test func absolutePower() {
    #expect(Lowered("x**3", grammar: .spice).value(x: -2) == 8)
    #expect(Lowered("x**1.5", grammar: .spice).value(x: -4) == 8)
    #expect(Lowered("pow(x, 3)", grammar: .spice).value(x: -2) == 8)
    #expect(Lowered("x**3", grammar: .device).value(x: -2) == -8)
    let even = Lowered("x**2", grammar: .spice)
    #expect(even.value(x: -2) == 4)
    #expect(even.context.guards.isEmpty)
  }

  // MARK: Guards

  @Test func equalComparisonsShareGuards() {
    let lowered = Lowered("(x > y ? 1 : 2) + (x > y ? 3 : 4) + (y < x ? 5 : 6) + (x <= y ? 7 : 8)")
    #expect(lowered.context.guards.count == 1)
    #expect(lowered.value(x: 2, y: 1) == 1 + 3 + 5 + 8)
    #expect(lowered.value(x: 1, y: 1) == 2 + 4 + 6 + 7)
  }

  @Test(arguments: ["x > 0", "time > 1m", "m > 0", "ddt(x) > 0", "a*x > 1"])
  func runningComparisonsAreGuards(text: String) {
    #expect(Lowered("\(text) ? 1 : 2").context.guards.count == 1)
  }

  @Test func comparisonsOfParametersAreDecidedByValue() {
    let lowered = Lowered("a > b ? ln(a - b) : sqrt(b - a)")
    #expect(lowered.context.guards.isEmpty)
    #expect(lowered.value(a: 2, b: 1) == 0)
    #expect(lowered.value(a: 1, b: 5) == 2)
  }

  /// Value and derivative come from the branch that the mode chooses, though the other has none.
  @Test func chosenBranchAlone() {
    var lowered = Lowered("x > 0 ? sqrt(x) : sqrt(-x)")
    let slope = lowered.context.graph.derivative(of: lowered.root, by: .variable(0))
    #expect(lowered.value(x: 4) == 2)
    #expect(lowered.value(x: -9) == 3)
    #expect(lowered.value(slope, x: 4) == 0.25)
    #expect(lowered.value(slope, x: -4) == -0.25)
  }

  // MARK: Functions of the user

  @Test func functionsAreInlined() {
    let functions = ["f(x) = x + a", "g(x, y) = f(y) - f(x)*z"]
    let lowered = Lowered("g(2, f(x))", functions: functions)
    // f(x) = x + a; g(2, w) = (w + a) - (2 + a) z; the argument named x hides the variable, z is the variable.
    #expect(lowered.value(a: 0.5, x: 1, z: 10) == (1 + 0.5 + 0.5) - 2.5 * 10)
    #expect(lowered.codes == [])
  }

  @Test func recursionIsReported() {
    #expect(Lowered("f(x)", functions: ["f(x) = g(x)", "g(x) = f(x)"]).codes == ["recursive-function"])
    #expect(Lowered("f(f(x))", functions: ["f(x) = x + 1"]).codes == [])
  }

  @Test func doublingFunctionsEnd() {
    let functions = ["f0(x) = x*x + 1"] + (1...40).map { "f\($0)(x) = f\($0 - 1)(x) + f\($0 - 1)(-x)" }
    #expect(Lowered("f40(x)", functions: functions).codes == ["evaluation-too-long"])
  }

  // MARK: Faults

  @Test(arguments: [
    ("x + ystar", "unknown-name"), ("sinus(x)", "unknown-function"), ("sin(x, y)", "wrong-argument-count"),
    ("f(1, 2)", "wrong-argument-count"), ("1/0", "division-by-zero"), ("x/(1 - 1)", "division-by-zero"),
    ("x*sqrt(-1)", "domain-fault"), ("ln(0)", "domain-fault"), ("exp(1000)*x", "overflow"),
    ("(-8)**0.5", "domain-fault"),
    ("gauss(1)", "random-function"), ("v(n1)", "not-constant"), ("pwl(x, 1, 0, 1, 2)", "domain-fault"),
  ])
  func faults(text: String, code: String) {
    let lowered = Lowered(text, functions: ["f(x) = x"])
    #expect(lowered.codes == [code])
    #expect(lowered.context.graph.values(of: [lowered.root]) { _ in 1 }[0].isNaN)
  }

  @Test func faultsInABranchThatConstantsRuleOut() {
    #expect(Lowered("1 > 2 ? 1/0 : x").codes == [])
    #expect(Lowered("1 > 2 and 1/0 > 1").codes == [])
    #expect(Lowered("1 > 2 ? nobody : x").codes == ["unknown-name"])
  }

  @Test func infinityIsAConstant() {
    #expect(Lowered("min(inf, x)").codes == [])
    #expect(Lowered("1/inf").constant == 0)
  }

  @Test func longAndDeepExpressions() {
    let sum = Lowered(Array(repeating: "x", count: 900).joined(separator: " + "))
    #expect(sum.value(x: 2) == 1800)
    let product = Lowered(Array(repeating: "exp(x)", count: 500).joined(separator: "*"))
    #expect(abs(product.value(x: 1e-3) - 1.6487212707001282) < 1e-12)
    let nested = Lowered(String(repeating: "(x + ", count: 180) + "1" + String(repeating: ")", count: 180))
    #expect(nested.value(x: 1) == 181)
  }

  /// Parameters and constants of a product are gathered: one multiplication per instance and evaluation.
  @Test func parametersOfAProductAreGathered() {
    let lowered = Lowered("a*(x - y)/1m*b")
    let hoisting = ParameterHoisting(lowered.context.graph, outputs: [lowered.root])
    #expect(hoisting.derived.count == 1)
    #expect(abs(lowered.value(a: 3, b: 5, x: 2, y: 1) - 15000) < 1e-9)
    // x/3 has no parameter: it stays an exact division.
    #expect(Lowered("x/3").value(x: 0.9) == 0.9 / 3)
  }
}
