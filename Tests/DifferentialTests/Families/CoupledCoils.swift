import TestSupport

/// Two to four coils that couple pairwise, loaded, loosely and nearly ideally.
enum CoupledCoils: CircuitFamily {
  static let name = "coupled coils"
  static let count = 20

  static func lines(_ draws: inout Draws) -> [String] {
    let time = draws.scaled(1e-5...1e-3)
    let text = Draws.text
    let count = draws.whole(2...4)
    var lines = ["V1 in 0 \(Shape.step(of: time, &draws))", "R1 in n1 \(draws.value(5...50))"]
    for coil in 1...count {
      let far = draws.chance(0.7) ? "0" : "m\(coil)"
      let turned = draws.chance(0.3)
      lines.append(
        "L\(coil) \(turned ? "\(far) n\(coil)" : "n\(coil) \(far)") \(text(30 * time * draws.scaled(0.3...3)))")
      if far != "0" { lines.append("RM\(coil) \(far) 0 \(draws.value(1...20))") }
      if coil > 1 {
        lines.append("RL\(coil) n\(coil) 0 \(draws.magnitude(10...300))")
        if draws.chance(0.5) { lines.append("CL\(coil) n\(coil) 0 \(text(time / 100 * draws.scaled(0.1...1)))") }
      }
    }
    // Below 1/(count - 1) every set of signs is a matrix of energies.
    let limit = count == 2 ? 0.999 : 0.95 / Double(count - 1)
    var number = 0
    for first in 1..<count {
      for second in first + 1...count where draws.chance(0.8) || (first == 1 && second == 2) {
        number += 1
        lines.append("K\(number) L\(first) L\(second) \(draws.value(0.1...limit))")
      }
    }
    return lines + [".op", ".tran \(text(time / 250)) \(text(20 * time))"]
  }
}
