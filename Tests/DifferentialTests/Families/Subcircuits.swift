import TestSupport

/// Subcircuits with parameters, nested, with defaults, functions and models of their own.
enum Subcircuits: CircuitFamily {
  static let name = "subcircuits"
  static let count = 35

  static func lines(_ draws: inout Draws) -> [String] {
    let time = draws.scaled(1e-6...1e-3)
    let text = Draws.text
    var lines = [
      ".param scale=\(draws.value(0.5...2)) unit={scale*\(draws.magnitude(200...2e3))}",
      ".func twice(x) {2*x}",
      ".func mean(x,y) {(x+y)/2}",
      ".subckt lowpass in out params: r=1k c=\(text(time / 1000))",
      "R1 in out {r}", "C1 out 0 {c}", "R2 out 0 {twice(r)*5}",
      ".ends lowpass",
      ".subckt chain in out params: r=\(draws.value(300...900)) ratio=\(draws.value(0.5...2))",
      ".param inner={mean(r, r*ratio)}",
      "X1 in m lowpass r={inner}",
      "X2 m out lowpass r={r} c={\(text(time / 1000))/ratio}",
      "E1 probe 0 m out {ratio}", "RP probe 0 1k",
      ".ends",
      ".subckt clamp a b", ".model local D(is=\(draws.magnitude(1e-15...1e-11)) n=\(draws.value(1...1.6)))",
      "D1 a b local", "R1 a b 100k", ".ends",
      "V1 in 0 \(Shape.step(of: time, &draws))",
    ]
    var node = "in"
    for stage in 1...draws.whole(1...4) {
      let given = draws.pick(["", " r={unit}", " r={twice(unit)/3} ratio={scale}", " ratio=\(draws.value(0.5...2))"])
      let plain = draws.pick(["", " r={unit}", " c={\(text(time / 2000))*scale}"])
      lines.append(
        draws.chance(0.6) ? "X\(stage) \(node) k\(stage) chain\(given)" : "X\(stage) \(node) k\(stage) lowpass\(plain)")
      node = "k\(stage)"
    }
    if draws.chance(0.6) { lines.append("XC \(node) 0 clamp") }
    return lines + [".op", ".dc V1 -2 2 0.25", ".tran \(text(time / 250)) \(text(20 * time))"]
  }
}
