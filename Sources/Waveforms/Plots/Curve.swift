internal import Glibc

/// What is drawn of a result's columns: a real signal as it is, a complex one as its magnitude in decibels and its phase in
/// degrees, which goes on without jumps of a turn.
struct Curve {
  private enum Form { case plain, decibels, degrees }

  let signal: Signal
  private let column: Int
  private let form: Form
  private var lastPhase = Double.nan

  /// The curves of column `place` among `signals`; none of an imaginary part, which its real part brings along.
  static func curves(of signals: [Signal], at place: Int) -> [Curve] {
    let signal = signals[place]
    guard let half = signal.half else { return [Curve(signal, place, .plain)] }
    if half.part == .imaginary { return [] }
    return [
      Curve(Signal(name: half.signal, kind: .other(unit: "dB")), place, .decibels),
      Curve(Signal(name: half.signal, kind: .other(unit: "deg")), place, .degrees),
    ]
  }

  private init(_ signal: Signal, _ column: Int, _ form: Form) {
    self.signal = signal
    self.column = column
    self.form = form
  }

  /// Its value at the next point, of which `value` gives a column's.
  mutating func next(_ value: (Int) -> Double) -> Double {
    switch form {
    case .plain: return value(column)
    case .decibels: return 20 * log10(hypot(value(column), value(column + 1)))
    case .degrees:
      let phase = atan2(value(column + 1), value(column)) * 180 / .pi
      if lastPhase.isNaN { lastPhase = phase }
      lastPhase += (phase - lastPhase).remainder(dividingBy: 360)
      return lastPhase
    }
  }

  /// The whole curve.
  func values(_ columns: [[Double]]) -> [Double] {
    var curve = self
    let count = columns[column].count
    return (0..<count).map { point in curve.next { columns[$0][point] } }
  }
}

extension WaveformTable {
  /// Whether the points lie evenly on the logarithm of a frequency axis; files other than raw ones do not say.
  var hasLogarithmicAxis: Bool {
    if header.isLogarithmic { return true }
    guard header.axis.kind == .frequency, let axis = columns.first, axis.count > 2, axis[0] > 0 else { return false }
    let ratio = axis[1] / axis[0]
    return ratio > 1 && zip(axis, axis.dropFirst()).dropLast().allSatisfy { abs($1 / ($0 * ratio) - 1) < 1e-6 }
  }
}
