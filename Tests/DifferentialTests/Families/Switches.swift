import TestSupport

/// S and W between two resistances, with and without hysteresis, driven across their thresholds.
enum Switches: CircuitFamily {
  static let name = "switches"
  static let count = 20

  static func lines(_ draws: inout Draws) -> [String] {
    let time = draws.scaled(1e-5...1e-2)
    let text = Draws.text
    var lines = [
      "V1 c 0 SIN(0 \(draws.value(2...4)) \(text(0.15 / time)))", "RC c e 100", "CE e 0 \(text(time / 1000))",
      "VE e f 0",
      "RF f 0 1k", "V2 s 0 \(draws.value(1...5))",
    ]
    for number in 1...draws.whole(1...3) {
      let isVoltage = draws.chance(0.6)
      let begins = draws.pick(["", " on", " off"])
      lines.append("RS\(number) s p\(number) \(draws.magnitude(500...5e3))")
      lines.append("CP\(number) p\(number) 0 \(text(time / 1000 * draws.scaled(0.05...0.5)))")
      lines.append(
        isVoltage
          ? "S\(number) p\(number) 0 e 0 relay\(number)\(begins)" : "W\(number) p\(number) 0 VE relay\(number)\(begins)"
      )
      let scale = isVoltage ? 1.0 : 1e-3
      let (threshold, half) = (text(scale * draws.uniform(0.3...1)), text(scale * draws.uniform(0...0.5)))
      let keys = isVoltage ? "sw(vt=\(threshold) vh=\(half)" : "csw(it=\(threshold) ih=\(half)"
      lines.append(".model relay\(number) \(keys) ron=\(draws.magnitude(10...100)) roff=\(draws.magnitude(1e5...1e7)))")
    }
    return lines + [".op", ".tran \(text(time / 250)) \(text(20 * time))"]
  }
}
