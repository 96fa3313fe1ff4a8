/// How the curves of a panel are told apart.
struct TraceStyle: Equatable {
  let colour: String
  /// Gnuplot's dash type, 1 for a whole line.
  let dash: Int

  /// Colours that people with any kind of colour vision tell apart: Okabe & Ito 2008, jfly.uni-koeln.de/color, without
  /// its yellow, which is faint on white.
  private static let palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#444444"]

  /// From dark to light in even steps, for values that have an order: viridis (van der Walt & Smith 2015) without its
  /// faint yellow end.
  private static let ramp: [(red: Double, green: Double, blue: Double)] = [
    (68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121),
    (110, 206, 88), (160, 210, 50),
  ]

  /// One per trace: a colour for each signal or, in a family of runs, a colour for each run and dashes for signals.
  static func styles(of panel: Panel) -> [TraceStyle] {
    let (signals, runs) = (panel.signalNames, panel.runs)
    guard runs.count > 1 else {
      return panel.traces.indices.map {
        TraceStyle(colour: palette[$0 % palette.count], dash: $0 / palette.count % 4 + 1)
      }
    }
    return panel.traces.map { trace in
      let run = runs.firstIndex(of: trace.run) ?? 0
      let signal = signals.firstIndex(of: trace.signal.name) ?? 0
      return TraceStyle(colour: colour(at: Double(run) / Double(runs.count - 1)), dash: signal % 4 + 1)
    }
  }

  /// The ramp's colour at `place`, 0 to 1.
  private static func colour(at place: Double) -> String {
    let scaled = place * Double(ramp.count - 1)
    let low = min(ramp.count - 2, max(0, Int(scaled)))
    let share = scaled - Double(low)
    func mixed(_ from: Double, _ to: Double) -> String {
      let value = Int((from + share * (to - from)).rounded())
      let digits = String(value, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    let (a, b) = (ramp[low], ramp[low + 1])
    return "#" + mixed(a.red, b.red) + mixed(a.green, b.green) + mixed(a.blue, b.blue)
  }
}
