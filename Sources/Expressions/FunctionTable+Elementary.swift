internal import Glibc

extension FunctionTable {
  /// Powers, exponentials and logarithms.
  static let elementary: [Function] = [
    Function("abs", "x", about: "absolute value") { abs($0[0]) },
    Function("sqr", "x", about: "square") { $0[0] * $0[0] },
    Function("sqrt", "x", domain: "x >= 0", about: "square root") { $0[0].squareRoot() },
    Function("hypot", "x", "y", about: "sqrt(x**2 + y**2) without overflow") { hypot($0[0], $0[1]) },
    Function("exp", "x", about: "exponential") { exp($0[0]) },
    Function("expm1", "x", about: "exp(x) - 1, exact near 0") { expm1($0[0]) },
    Function("limexp", "x", about: "exponential that goes on along its tangent above x = 80") {
      $0[0] < 80 ? exp($0[0]) : exp(80) * (1 + ($0[0] - 80))
    },
    Function("exprel", "x", about: "(exp(x) - 1)/x, 1 at 0") { $0[0] == 0 ? 1 : expm1($0[0]) / $0[0] },
    Function("ln", "x", domain: "x > 0", about: "natural logarithm") { log($0[0]) },
    Function("ln1p", "x", domain: "x > -1", about: "ln(1 + x), exact near 0") { log1p($0[0]) },
    Function("log10", "x", domain: "x > 0", about: "logarithm to base 10") { log10($0[0]) },
    Function(
      "pow", "x", "y", domain: "x >= 0 or a whole y, and x other than 0 for y < 0",
      about: "x to the power y; in a source outside device blocks ngspice takes abs(x)"
    ) { pow($0[0], $0[1]) },
    Function("pwr", "x", "y", about: "sgn(x)*abs(x)**y, a power that keeps the sign") {
      $0[0] < 0 ? -pow(-$0[0], $0[1]) : pow($0[0], $0[1])
    },
  ]
}
