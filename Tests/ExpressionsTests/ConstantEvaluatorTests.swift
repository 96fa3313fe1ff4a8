import Diagnostics
import Expressions
import Testing

@Suite struct ConstantEvaluatorTests {
  private static let scope = {
    var scope = TableScope(values: ["a": 2, "m2": -2, "gna": 1.5])
    scope.define("double", ["x"], "2*x")
    scope.define("choose", ["x", "y"], "x > 0 ? 1 : y")
    scope.define("inverse", ["x"], "1/x")
    scope.define("f", ["x"], "g(x)")
    scope.define("g", ["x"], "f(x) + 1")
    return scope
  }()

  /// Values that ngspice 39 gives for the same text.
  @Test(
    arguments: [
      ("-2**2", -4), ("2**3**2", 64), ("m2**3", 8), ("m2**2", 4), ("pow(m2,3)", -8), ("2**-1", 0.5),
      ("2**-3**2", 1 / 512),
      ("nint(2.5)", 2), ("nint(-2.5)", -2), ("nint(3.5)", 4), ("int(-2.5)", -2), ("sgn(-3)", -1), ("u(0)", 0.5),
      ("u2(0.5)", 0.5),
      ("uramp(-1)", 0), ("ceil(1.2) + floor(-1.2)", 0), ("1 + 2 > 2 ? 5 : 6", 5), ("1 > 0 || 1 && 0", 1),
      ("!0", 1), ("1 <> 2", 1), ("1 ? 2 : 0 ? 3 : 4", 2), ("eq0(0) + 10*ne0(0)", 1), ("pwl(-2, -3,0, -1,10)", 5),
      ("pwl(-5, -3,0, -1,10, 1,5)", -10), ("pwl(7, -3,0, -1,10, 1,5)", -10), ("1 - 2 == -1 && 3 > 2", 1),
    ] as [(String, Double)])
  func agreesWithNgspice(text: String, value: Double) {
    #expect(Self.scope.evaluate(text).value == value)
  }

  @Test(
    arguments: [
      ("log(e)", 1), ("log10(1000)", 3), ("pwr(m2, 3)", -8), ("hypot(3, 4)", 5), ("limit(5, 0, 1)", 1),
      ("max(1, 3, 2)", 3),
      ("min(1, 3, -2)", -2), ("exprel(0)", 1), ("atan2(1, 1)*4", Double.pi), ("double(a) + gna", 5.5),
      ("double(double(3))", 12), ("if(a > 1, 10, 1/0)", 10), ("choose(1, 1/0)", 1), ("0 and 1/0", 0), ("1 or 1/0", 1),
      ("a == 2 ? inf : 0", .infinity), ("P_K/P_Q", 1.380649e-23 / 1.602176634e-19), ("-kelvin", 273.15),
    ] as [(String, Double)])
  func evaluates(text: String, value: Double) {
    let (result, complaints) = Self.scope.evaluate(text)
    #expect(result == value)
    #expect(complaints.isEmpty)
  }

  @Test func mathematicalPowerKeepsTheSign() {
    #expect(Self.scope.evaluate("m2**3", .device).value == -8)
    #expect(Self.scope.evaluate("m2**0.5", .device).complaints.map(\.code) == ["domain-fault"])
  }

  @Test func aNegativeBaseIsJudgedByItsValue() {
    #expect(Self.scope.evaluate("m2**3").complaints.map(\.code) == ["absolute-power"])
    #expect(Self.scope.evaluate("a**3 + m2**2").complaints.isEmpty)
  }

  @Test(
    arguments: [
      ("1/(a - 2)", "division-by-zero", 0, 9), ("3 + ln(-1)", "domain-fault", 4, 10),
      ("sqrt(m2) + 1", "domain-fault", 0, 8),
      ("exp(1000)", "overflow", 0, 9), ("1e300*1e300", "overflow", 0, 11), ("ln(0)", "domain-fault", 0, 5),
      ("2*gnax", "unknown-name", 2, 6), ("2*sqrtt(2)", "unknown-function", 2, 10), ("1 + v(a)", "not-constant", 4, 8),
      ("time*2", "not-constant", 0, 4), ("ddt(a)", "not-constant", 0, 6), ("sqrt(1, 2)", "wrong-argument-count", 0, 10),
      ("double()", "wrong-argument-count", 0, 8), ("max(1)", "wrong-argument-count", 0, 6),
      ("agauss(1, 2)", "wrong-argument-count", 0, 12), ("inf - inf", "domain-fault", 0, 9),
      ("pwl(1, 2,0, 1,0)", "domain-fault", 0, 16),
      ("0**-1", "domain-fault", 0, 5), ("acosh(0.5)", "domain-fault", 0, 10),
    ] as [(String, String, UInt32, UInt32)])
  func placesFaults(text: String, code: String, start: UInt32, end: UInt32) throws {
    let (value, complaints) = Self.scope.evaluate(text)
    #expect(value == nil)
    try #require(complaints.count == 1)
    #expect(complaints[0].code.name == code)
    #expect(complaints[0].range == SourceRange(file: FileID(index: 0), start: start, end: end))
  }

  @Test func suggestsTheNearestName() {
    #expect(Self.scope.evaluate("gnax").complaints.first?.fixIts.first?.replacement == "gna")
    #expect(Self.scope.evaluate("sqrtt(2)").complaints.first?.fixIts.first?.message.contains("sqrt") == true)
  }

  @Test func faultsInAFunctionNameTheCall() throws {
    let complaint = try #require(Self.scope.evaluate("1 + inverse(a - 2)").complaints.first)
    #expect(complaint.code == "division-by-zero")
    #expect(complaint.labels.map(\.range) == [SourceRange(file: FileID(index: 0), start: 4, end: 18)])
    #expect(complaint.notes == ["with x = 0"])
  }

  @Test func recursionIsAnError() {
    #expect(Self.scope.evaluate("f(1)").complaints.map(\.code) == ["recursive-function"])
    var scope = TableScope()
    scope.define("f0", ["x"], "x + x")
    for level in 1...40 { scope.define("f\(level)", ["x"], "f\(level - 1)(x) + f\(level - 1)(x)") }
    #expect(scope.evaluate("f40(1)").complaints.map(\.code) == ["evaluation-too-long"])
    for level in 1...1000 { scope.define("f\(level)", ["x"], "-(-(-f\(level - 1)(x)))") }
    #expect(scope.evaluate("f1000(1)").complaints.map(\.code) == ["expression-too-deep"])
    // An argument is lent through every call, and worked out once.
    for level in 1...300 { scope.define("f\(level)", ["x"], "f\(level - 1)(x + x)") }
    #expect(scope.evaluate("f300(1)").value == Double(sign: .plus, exponent: 301, significand: 1))
  }

  @Test func reportedFaultsAreNotReportedTwice() {
    let (value, complaints) = Self.scope.evaluate("1 + ")
    #expect(value == nil)
    #expect(complaints.count == 1)
    var scope = TableScope()
    scope.define("broken", [], "1 +")
    #expect(scope.evaluate("1/broken()").value == nil)
    #expect(scope.evaluate("1/broken()").complaints.isEmpty)
  }

  @Test func everyFunctionGivesItsValueOrNaN() {
    for function in FunctionTable.functions {
      for x in [-2.5, -1, 0, 0.5, 1, 3] {
        let count = min(function.argumentCount.upperBound, max(function.argumentCount.lowerBound, 2))
        let value = function.value((0..<count).map { x + Double($0) })
        #expect(!value.isNaN || function.domain != nil, "\(function.name)(\(x))")
      }
      #expect(!function.documentation.isEmpty)
      #expect(FunctionTable.function(named: function.canonicalName) != nil)
    }
  }
}
