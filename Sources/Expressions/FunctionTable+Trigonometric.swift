internal import Glibc

extension FunctionTable {
  /// Circular and hyperbolic functions and their inverses; angles are in radians.
  static let trigonometric: [Function] = [
    Function("sin", "x", about: "sine") { sin($0[0]) },
    Function("cos", "x", about: "cosine") { cos($0[0]) },
    Function("tan", "x", about: "tangent") { tan($0[0]) },
    Function("asin", "x", domain: "-1 <= x <= 1", about: "arc sine") { asin($0[0]) },
    Function("acos", "x", domain: "-1 <= x <= 1", about: "arc cosine") { acos($0[0]) },
    Function("atan", "x", about: "arc tangent") { atan($0[0]) },
    Function("atan2", "y", "x", about: "angle of the point (x, y), from -pi to pi") { atan2($0[0], $0[1]) },
    Function("sinh", "x", about: "hyperbolic sine") { sinh($0[0]) },
    Function("cosh", "x", about: "hyperbolic cosine") { cosh($0[0]) },
    Function("tanh", "x", about: "hyperbolic tangent") { tanh($0[0]) },
    Function("asinh", "x", about: "inverse hyperbolic sine") { asinh($0[0]) },
    Function("acosh", "x", domain: "x >= 1", about: "inverse hyperbolic cosine") { acosh($0[0]) },
    Function("atanh", "x", domain: "-1 < x < 1", about: "inverse hyperbolic tangent") { atanh($0[0]) },
  ]
}
