/// One frame of a figure: curves of one unit.
package struct Panel: Sendable {
  package var kind: SignalKind
  package var traces: [Trace]
  /// What its axis is called; the quantity where empty.
  package var name = ""

  package init(kind: SignalKind, traces: [Trace]) {
    self.kind = kind
    self.traces = traces
  }

  /// From the lowest to the highest value of its traces.
  var range: ClosedRange<Double> {
    let ranges = traces.compactMap { Trace.range(of: $0.y) }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return 0...1 }
    return low...high
  }

  /// Its name, else `Voltage`, or the name of the only signal.
  var label: String {
    if !name.isEmpty { return name }
    return signalNames.count == 1 ? signalNames[0] : kind.quantityName
  }

  /// The label, or the quantity alone where that is longer than `letters`; the legend then has the name.
  func label(within letters: Int) -> String { label.count <= letters ? label : kind.quantityName }

  /// Whether a legend must say what is drawn.
  func needsLegend(within letters: Int) -> Bool { traces.count > 1 || label.count > letters }

  /// What the legend calls each trace: its signal, its run, or both, as far as they differ.
  var legend: [String] {
    traces.map { trace in
      trace.run.isEmpty ? trace.signal.name : signalNames.count == 1 ? trace.run : "\(trace.signal.name), \(trace.run)"
    }
  }

  /// Signals and runs, each once, in the order in which they come first.
  var signalNames: [String] { distinct(traces.map(\.signal.name)) }
  var runs: [String] { distinct(traces.map(\.run)) }

  private func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension SignalKind {
  /// The quantity in a word, for an axis.
  var quantityName: String {
    switch self {
    case .time: "Time"
    case .voltage: "Voltage"
    case .current: "Current"
    case .power: "Power"
    case .frequency: "Frequency"
    case .temperature: "Temperature"
    case .other("dB"): "Magnitude"
    case .other("deg"): "Phase"
    case .other: ""
    }
  }
}

/// An axis with its values scaled to a fitting prefix: `Time (ms)`.
struct AxisScale {
  /// A value in SI units times this is what is drawn.
  let factor: Double
  let label: String
  let low: Double
  let high: Double

  /// A logarithmic axis, whose marks carry their own prefixes.
  init(logarithmic name: String, _ kind: SignalKind, _ range: ClosedRange<Double>) {
    factor = 1
    label = kind.unit.isEmpty ? name : "\(name) (\(kind.unit))"
    low = range.lowerBound
    high = range.upperBound > range.lowerBound ? range.upperBound : 10 * range.lowerBound
  }

  /// `margin` is left free on both sides, as a share of the range.
  init(_ name: String, _ kind: SignalKind, _ range: ClosedRange<Double>, margin: Double) {
    let unit = kind.unit
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    // A peak just below a power of a thousand is drawn in the larger unit: 1 V rather than 999 mV.
    let fitting = SIPrefix.fitting(1.02 * largest)
    let shown =
      unit == "ohm"
      ? "Ω" : unit == "C" ? "°C" : unit == "-" ? "" : unit.hasSuffix("/sqrt(Hz)") ? "\(unit.prefix(2))√Hz" : unit
    let measure: String
    if SIPrefix.applies(to: unit) {
      factor = 1 / fitting.factor
      measure = fitting.symbol + shown
    } else if largest >= 1e-2 && largest < 1e5 || largest == 0 {
      factor = 1
      measure = shown
    } else {
      // Tick labels of seven digits would run into the axis's name.
      factor = 1 / fitting.factor
      measure = "1e\(fitting.exponent)" + (shown.isEmpty ? "" : " \(shown)")
    }
    label = measure.isEmpty ? name : name.isEmpty ? measure : "\(name) (\(measure))"
    var low = range.lowerBound * factor
    var high = range.upperBound * factor
    // A constant gets a band around it, so that rounding is not drawn as a signal.
    if high - low <= 1e-9 * max(abs(low), abs(high)) {
      let half = max(abs(low), abs(high)) > 0 ? 0.1 * max(abs(low), abs(high)) : 1
      low -= half
      high += half
    } else if margin > 0 {
      let free = margin * (high - low)
      low -= free
      high += free
    }
    self.low = low
    self.high = high
  }
}
