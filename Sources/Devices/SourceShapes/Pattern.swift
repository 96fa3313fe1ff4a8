package import Diagnostics

/// `PAT(VHI VLO TD TR TF TSAMPLE b1010) [r=N]`: a row of bits, each TSAMPLE long, as HSPICE and Xyce have it.
///
/// An edge stands about the instant between its two bits, half of it on either side. With `r` the bits come N more times,
/// for ever with -1.
package struct Pattern: SourceShapeKind {
  /// The piecewise linear wave through its corners.
  private let wave: PiecewiseLinear

  package static let keyword = "pat"
  package static let arguments = ["VHI", "VLO", "TD", "TR", "TF", "TSAMPLE", "b1010"]
  package static let options = ["r"]
  package static func accepts(argumentCount: Int) -> Bool { argumentCount >= 7 }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    guard arguments.areNotNegative([3, 4, 5], of: Self.self, diagnostics: &diagnostics) else { return nil }
    let (high, low, delay) = (arguments.values[0], arguments.values[1], arguments.values[2])
    let (rise, fall, sample) = (arguments.values[3], arguments.values[4], arguments.values[5])
    guard sample > 0, max(rise, fall) <= sample else {
      SourceError.emptyRepetition(from: max(rise, fall), last: sample, range: arguments.range).report(to: &diagnostics)
      return nil
    }
    let bits = arguments.values[6...].map { $0 != 0 }
    let length = sample * Double(bits.count)
    guard arguments.resolves(length, diagnostics: &diagnostics) else { return nil }
    let repetitions = arguments.options["r"] ?? 0
    let isEndless = repetitions == -1 || repetitions > mostRepetitions
    let row =
      isEndless ? bits + [bits[0]] : Array(repeatElement(bits, count: 1 + Int(max(0, repetitions))).joined())
    var times = [0.0]
    var values = [row[0] ? high : low]
    for index in row.indices.dropFirst() where row[index] != row[index - 1] {
      let half = 0.5 * (row[index] ? rise : fall)
      times += [sample * Double(index) - half, sample * Double(index) + half]
      values += [row[index - 1] ? high : low, row[index] ? high : low]
    }
    guard isEndless, let first = bits.first, let last = bits.last else {
      return Pattern(wave: PiecewiseLinear(times: times, values: values, delay: delay))
    }
    // The edge from the last bit to the first ends the stretch that repeats, and stands before its beginning.
    let half = first == last ? 0 : 0.5 * (first ? rise : fall)
    if first == last {
      times.append(length)
      values.append(first ? high : low)
    }
    return Pattern(wave: PiecewiseLinear(times: times, values: values, repeatFrom: half, delay: delay))
  }

  /// More than these, one after the other, are for ever.
  private static let mostRepetitions = 10_000.0

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    wave.evaluate(at: time, segmentOf: anchor)
  }

  package func nextCorner(after time: Double) -> Double { wave.nextCorner(after: time) }

  package func period(at time: Double) -> Double? { wave.period(at: time) }

  package var description: String { wave.description }
}
