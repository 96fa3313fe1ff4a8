extension FunctionTable {
  /// Functions that choose between branches.
  static let piecewise: [Function] = [
    Function("min", "x", "y", about: "the least of its arguments") { $0.reduce(.infinity, least) }.taking(2...(.max)),
    Function("max", "x", "y", about: "the greatest of its arguments") { $0.reduce(-.infinity, greatest) }
      .taking(2...(.max)),
    Function("limit", "x", "lower", "upper", about: "x kept between lower and upper") {
      greatest($0[1], least($0[0], $0[2]))
    },
    Function("sgn", "x", about: "1, 0 or -1 by the sign of x") { $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : $0[0] },
    Function("u", "x", about: "unit step: 0 below 0, 1 above, 0.5 at 0") { $0[0] > 0 ? 1 : $0[0] < 0 ? 0 : 0.5 },
    Function("u2", "x", about: "0 below 0, x from 0 to 1, 1 above") { greatest(0, least($0[0], 1)) },
    Function("uramp", "x", about: "0 below 0, x above") { greatest(0, $0[0]) },
    Function("floor", "x", about: "largest whole number not above x") { $0[0].rounded(.down) },
    Function("ceil", "x", about: "smallest whole number not below x") { $0[0].rounded(.up) },
    Function("int", "x", about: "whole part, towards 0") { $0[0].rounded(.towardZero) },
    Function("nint", "x", about: "nearest whole number, halves to the even one") { $0[0].rounded(.toNearestOrEven) },
    Function("fmod", "x", "y", domain: "y not 0", about: "x - y int(x/y), also written x % y") {
      $0[0] - $0[1] * ($0[0] / $0[1]).rounded(.towardZero)
    },
    Function("eq0", "x", about: "1 where x = 0, else 0") { $0[0] == 0 ? 1 : 0 },
    Function("ne0", "x", about: "1 where x is not 0, else 0") { $0[0] != 0 ? 1 : 0 },
    Function("gt0", "x", about: "1 where x > 0, else 0") { $0[0] > 0 ? 1 : 0 },
    Function("ge0", "x", about: "1 where x >= 0, else 0") { $0[0] >= 0 ? 1 : 0 },
    Function("lt0", "x", about: "1 where x < 0, else 0") { $0[0] < 0 ? 1 : 0 },
    Function("le0", "x", about: "1 where x <= 0, else 0") { $0[0] <= 0 ? 1 : 0 },
    Function(
      "pwl", "x", "x1", "y1", "x2", "y2", domain: "pairs with x1 < x2 < ...",
      about: "straight lines through the points (x1, y1), (x2, y2), ..., the outer ones going on", value: polyline
    ).taking(5...(.max)),
    Function(
      "table", "x", "x1", "y1", domain: "pairs with x1 < x2 < ...",
      about: "straight lines through the points (x1, y1), (x2, y2), ..., the outermost values going on", value: table
    ).taking(3...(.max)),
    Function("stp", "x", about: "1 where x > 0, else 0 (PSpice, Xyce)") { $0[0] > 0 ? 1 : 0 },
    Function("buf", "x", about: "1 where x > 0.5, else 0 (LTspice)") { $0[0] > 0.5 ? 1 : 0 },
    Function("inv", "x", about: "0 where x > 0.5, else 1 (LTspice)") { $0[0] > 0.5 ? 0 : 1 },
  ]

  /// NaN if either is, unlike C's.
  private static func least(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : min(a, b) }
  private static func greatest(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

  @Sendable
  private static func table(_ arguments: [Double]) -> Double {
    guard arguments.count % 2 == 1, arguments.count > 3 else { return arguments.count == 3 ? arguments[2] : .nan }
    let limited = greatest(arguments[1], least(arguments[0], arguments[arguments.count - 2]))
    return polyline([limited] + arguments.dropFirst())
  }

  @Sendable
  private static func polyline(_ arguments: [Double]) -> Double {
    let x = arguments[0]
    let abscissas = stride(from: 1, to: arguments.count - 1, by: 2).map { arguments[$0] }
    let ordinates = stride(from: 2, to: arguments.count, by: 2).map { arguments[$0] }
    guard arguments.count % 2 == 1, abscissas.count >= 2, zip(abscissas, abscissas.dropFirst()).allSatisfy(<) else {
      return .nan
    }
    let inner = abscissas.dropFirst().dropLast()
    let segment = inner.prefix { $0 <= x }.count
    let (x1, x2) = (abscissas[segment], abscissas[segment + 1])
    let (y1, y2) = (ordinates[segment], ordinates[segment + 1])
    return y1 + (y2 - y1) * ((x - x1) / (x2 - x1))
  }
}
