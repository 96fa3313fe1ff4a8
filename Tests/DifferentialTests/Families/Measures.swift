import TestSupport

/// What `.measure` and `.four` lines read off sines, exponentials and edges behind filters.
enum Measures: CircuitFamily {
  static let name = "measures"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    let time = draws.scaled(1e-6...1e-3)
    let text = Draws.text
    // Averages far from 0: ngspice cuts windows at its own points.
    let amplitude = draws.uniform(1...2)
    let offset = draws.uniform(2...4)
    let frequency = Draws.text(1 / (10 * time))
    let (r, c) = (draws.scaled(100...1e4), draws.uniform(0.3...1.5))
    var lines = [
      "V1 s 0 SIN(\(text(offset)) \(text(amplitude)) \(frequency))", "R1 s a \(text(r))",
      "C1 a 0 \(text(c * time / r))",
      "R2 a 0 \(text(5 * r))",
      "V2 p 0 PULSE(0 \(draws.value(1...3)) \(text(time)) \(text(0.3 * time)) \(text(0.5 * time)) \(text(4 * time)) \(text(10 * time)))",
      "R3 p b \(text(r))", "C3 b 0 \(text(0.6 * time / r))",
      "E1 q 0 VALUE={v(s) + 0.1*v(s)*v(s) - 5m*v(s)**3}", "RQ q 0 1k",
    ]
    if draws.chance(0.5) {
      lines += ["D1 q d clip", "RD d 0 \(draws.magnitude(500...5e3))", ".model clip D(is=1e-14)"]
    }
    let level = text(draws.uniform(0.2...0.6))
    let (from, to) = (text(time * draws.uniform(1...10)), text(time * draws.uniform(20...39)))
    for (number, kind) in ["avg", "rms", "max", "min", "pp", "integ"].enumerated() {
      let isSum = kind == "avg" || kind == "integ"
      let signal = draws.pick(["v(a)", "v(b)", "v(q)", isSum ? "v(s)" : "i(v1)"])
      let window = draws.chance(0.5) ? " from=\(from) to=\(to)" : ""
      lines.append(".measure tran w\(number) \(kind) \(signal)\(window)")
    }
    for number in 1...2 {
      lines.append(
        ".measure tran c\(number) when v(b)=\(level) \(draws.pick(["rise", "fall", "cross"]))=\(draws.whole(1...3))")
    }
    return lines + [
      ".measure tran d1 trig v(b) val=\(level) rise=\(draws.whole(1...2)) targ v(b) val=\(level) fall=\(draws.whole(2...3))",
      ".measure tran f1 find v(a) at=\(text(time * draws.uniform(2...38)))",
      ".measure tran f2 find v(a) when v(b)=\(level) rise=\(draws.whole(1...3))",
      ".measure tran p1 param='w0*2 + f1'",
      ".four \(frequency) v(a) v(q)",
      ".tran \(text(time / 100)) \(text(40 * time))",
    ]
  }
}
