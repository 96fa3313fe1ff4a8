import TestSupport

/// Sources in time, on the scale of a circuit's own.
enum Shape {
  /// A voltage of a few volts; corners and periods are some `time`s apart.
  static func step(of time: Double, _ draws: inout Draws) -> String { shape(of: time, amplitude: 2, &draws) }

  /// A current of about `amplitude`.
  static func current(of time: Double, _ amplitude: Double, _ draws: inout Draws) -> String {
    shape(of: time, amplitude: amplitude, &draws)
  }

  private static func shape(of time: Double, amplitude: Double, _ draws: inout Draws) -> String {
    let text = Draws.text
    func level() -> String { draws.value(-amplitude...amplitude) }
    func span(_ range: ClosedRange<Double>) -> String { text(time * draws.uniform(range)) }
    switch draws.whole(0...6) {
    case 0:
      return
        "PULSE(\(level()) \(level()) \(span(0...2)) \(span(0.1...1)) \(span(0.1...1)) \(span(1...4)) \(span(7...12)))"
    case 1:
      return
        "SIN(\(level()) \(level()) \(text(draws.uniform(0.1...0.5) / time)) \(span(0...2)) \(text(draws.uniform(0...0.1) / time)))"
    case 2:
      return "SIN(\(level()) \(level()) \(text(draws.uniform(0.1...0.5) / time)) 0 0 \(draws.value(-180...180)))"
    case 3: return "EXP(\(level()) \(level()) \(span(0...2)) \(span(0.3...2)) \(span(5...9)) \(span(0.3...2)))"
    case 4:
      var at = 0.0
      let points = (0..<draws.whole(2...6)).map { _ in
        at += time * draws.uniform(0.3...4)
        return "\(text(at)) \(level())"
      }
      return "PWL(0 \(level()) \(points.joined(separator: " ")))"
    case 5: return "SFFM(\(level()) \(level()) \(text(0.4 / time)) \(draws.value(0.5...3)) \(text(0.1 / time)))"
    default: return "PULSE(\(level()) \(level()) \(span(1...3)) \(span(0.1...0.5)) \(span(0.1...0.5)) \(span(4...30)))"
    }
  }
}
