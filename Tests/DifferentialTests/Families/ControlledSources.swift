import TestSupport

/// E, F, G and H in all forms. A stage is controlled by the stages before it, so that there is one solution.
enum ControlledSources: CircuitFamily {
  static let name = "controlled sources"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    var lines = [
      "V1 a 0 \(draws.value(-3...3))", "Va a n0 0", "R0 n0 0 \(draws.magnitude(500...5e3))",
      "V2 b 0 \(draws.value(0.5...3))", "Vb b m0 0", "Rm m0 0 \(draws.magnitude(500...5e3))",
    ]
    var voltages = ["n0", "m0"]
    var currents = ["Va", "Vb"]
    for stage in 1...draws.whole(2...6) {
      lines += source(stage, voltages: voltages, currents: currents, &draws)
      lines.append("Vs\(stage) p\(stage) q\(stage) 0")
      lines.append("Rs\(stage) q\(stage) 0 \(draws.magnitude(500...5e3))")
      voltages.append("q\(stage)")
      currents.append("Vs\(stage)")
    }
    return lines + [".op", ".dc V1 -3 3 0.3"]
  }

  /// Lines of a source from ground to p`stage`, a few volts or milliamperes.
  private static func source(
    _ stage: Int, voltages: [String], currents: [String], _ draws: inout Draws
  ) -> [String] {
    let (name, ends) = ("\(stage)", "p\(stage) 0")
    let (plus, minus) = (draws.pick(voltages), draws.chance(0.5) ? "0" : draws.pick(voltages))
    let current = draws.pick(currents)
    switch draws.whole(0...11) {
    case 0: return ["E\(name) \(ends) \(plus) \(minus) \(draws.value(-3...3))"]
    case 1: return ["G\(name) \(ends) \(plus) \(minus) \(draws.value(-3e-3...3e-3))"]
    case 2: return ["F\(name) \(ends) \(current) \(draws.value(-3...3))"]
    case 3: return ["H\(name) \(ends) \(current) \(draws.value(-1500...1500))"]
    case 4:
      let other = draws.pick(voltages)
      return ["E\(name) \(ends) POLY(2) \(plus) 0 \(other) 0 \(coefficients(6, 0.5, &draws))"]
    case 5: return ["G\(name) \(ends) POLY(1) \(plus) \(minus) \(coefficients(4, 1e-4, &draws))"]
    case 6: return ["F\(name) \(ends) POLY(1) \(current) \(coefficients(2, 1e-4, &draws))"]
    case 7: return ["H\(name) \(ends) POLY(2) \(current) \(draws.pick(currents)) \(coefficients(3, 1, &draws))"]
    case 8:
      return [
        "E\(name) \(ends) VALUE={\(draws.value(0.2...2))*v(\(plus)) - v(\(plus),\(minus == plus ? "0" : minus))**2/10}"
      ]
    case 9: return ["G\(name) \(ends) VALUE={\(draws.value(0.2...2))*i(\(current)) + 1m*sin(v(\(plus)))}"]
    case 10: return ["B\(name) \(ends) V={pwl(v(\(plus)), \(points(1, &draws)))}"]
    default: return ["B\(name) \(ends) I={pwl(v(\(plus)), \(points(1e-3, &draws)))}"]
    }
  }

  private static func coefficients(_ count: Int, _ scale: Double, _ draws: inout Draws) -> String {
    (0..<count).map { _ in draws.value(-scale...scale) }.joined(separator: " ")
  }

  /// Points of a polygon. (ngspice rounds the corners of a `TABLE`: `NgspiceFaultTests`.)
  private static func points(_ scale: Double, _ draws: inout Draws) -> String {
    var x = draws.uniform(-3 ... -2)
    return (0..<draws.whole(2...5)).map { _ in
      defer { x += draws.uniform(0.5...2) }
      return "\(Draws.text(x)), \(draws.value(-2 * scale...2 * scale))"
    }.joined(separator: ", ")
  }
}
