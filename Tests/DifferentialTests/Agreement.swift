import Foundation
import Neuristor
import Waveforms

/// Columns over a common axis, whichever program they come from.
struct Curves {
  var axis: [Double]
  var signals: [String: [Double]]

  init(_ table: WaveformTable, isPoint: Bool) {
    let first = isPoint ? 0 : 1
    axis = isPoint ? [0] : table.columns[0]
    signals = Dictionary(
      zip(table.signals, table.columns).dropFirst(first).map { ($0.name.lowercased(), $1) },
      uniquingKeysWith: { first, _ in first })
  }

  init(_ operatingPoint: [String: Double]) {
    axis = [0]
    signals = Dictionary(
      operatingPoint.map { ($0.key.lowercased(), [$0.value]) }, uniquingKeysWith: { first, _ in first })
  }

  init(_ waveforms: Neuristor.Waveforms) {
    axis = waveforms.axis.values
    signals = Dictionary(
      waveforms.signals.map { ($0.name.lowercased(), $0.values) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Curves {
  fileprivate var withoutStart: Curves {
    var rest = self
    rest.axis.removeFirst()
    rest.signals = signals.mapValues { Array($0.dropFirst()) }
    return rest
  }
}

/// How much two programs may differ, and where they do.
enum Agreement {
  /// The largest difference that rounding and the smallest conductances of a simulator explain, in the signal's unit.
  static func floor(of signal: String, among curves: Curves) -> Double {
    guard signal.hasPrefix("i(") else { return 1e-6 }
    let currents = curves.signals.filter { $0.key.hasPrefix("i(") }.values
    let largest = currents.reduce(0) { max($0, $1.reduce(0) { max($0, abs($1)) }) }
    return 1e-12 + 1e-9 * largest
  }

  /// Sentences on the signals that differ by more than `relative` at a point of an operating point or a sweep.
  static func differences(_ ours: Curves, _ reference: Curves, relative: Double) -> [String] {
    guard ours.axis.count == reference.axis.count else {
      return ["\(ours.axis.count) points, ngspice has \(reference.axis.count)"]
    }
    return shared(ours, reference).compactMap { name, our, their in
      let floor = floor(of: name, among: reference)
      let worst = our.indices.max {
        abs(our[$0] - their[$0]) / (relative * abs(their[$0]) + floor)
          < abs(our[$1] - their[$1]) / (relative * abs(their[$1]) + floor)
      }
      guard let worst else { return nil }
      let allowed = relative * abs(their[worst]) + floor
      if abs(our[worst] - their[worst]) <= allowed { return nil }
      return "\(name) is \(our[worst]), ngspice has \(their[worst]) at point \(worst) (\(reference.axis[worst]))"
    }
  }

  /// Sentences on the phasors, columns `re(x)` and `im(x)`, that differ by more than `relative` of their magnitude at a
  /// frequency.
  static func phasorDifferences(_ ours: Curves, _ reference: Curves, relative: Double) -> [String] {
    guard ours.axis.count == reference.axis.count else {
      return ["\(ours.axis.count) points, ngspice has \(reference.axis.count)"]
    }
    let phasors = shared(ours, reference).compactMap { name, our, their -> (String, [Double], [Double])? in
      guard name.hasPrefix("re("), let ourOther = ours.signals["im" + name.dropFirst(2)],
        let theirOther = reference.signals["im" + name.dropFirst(2)]
      else { return nil }
      let distances = our.indices.map { hypot(our[$0] - their[$0], ourOther[$0] - theirOther[$0]) }
      return (String(name.dropFirst(3).dropLast()), distances, zip(their, theirOther).map { hypot($0, $1) })
    }
    return phasors.compactMap { name, distances, magnitudes in
      // Beside the largest of its kind a phasor may be rounding.
      let kin = phasors.filter { $0.0.hasPrefix("i(") == name.hasPrefix("i(") }
      let floor = 1e-15 + 1e-9 * (kin.flatMap(\.2).max() ?? 0)
      let worst = distances.indices.max {
        distances[$0] / (relative * magnitudes[$0] + floor) < distances[$1] / (relative * magnitudes[$1] + floor)
      }
      guard let worst, !(distances[worst] <= relative * magnitudes[worst] + floor) else { return nil }
      return
        "\(name) is \(distances[worst]) from ngspice's phasor of \(magnitudes[worst]) at \(reference.axis[worst]) Hz"
    }
  }

  /// Sentences on the spectra of noise that differ by more than `relative` at a frequency.
  static func spectrumDifferences(_ ours: Curves, _ reference: Curves, relative: Double) -> [String] {
    guard ours.axis.count == reference.axis.count else {
      return ["\(ours.axis.count) points, ngspice has \(reference.axis.count)"]
    }
    return shared(ours, reference).compactMap { name, our, their in
      let deviations = zip(our, their).map { abs($0 / $1 - 1) }
      guard let worst = deviations.indices.max(by: { deviations[$0] < deviations[$1] }),
        !(deviations[worst] <= relative)
      else { return nil }
      return "\(name) is \(our[worst]), ngspice has \(their[worst]) at \(reference.axis[worst]) Hz"
    }
  }

  /// The signals of both, each with its two columns.
  static func shared(_ ours: Curves, _ reference: Curves) -> [(name: String, ours: [Double], reference: [Double])] {
    reference.signals.sorted { $0.key < $1.key }.compactMap { name, their in
      ours.signals[name].map { (name, $0, their) }
    }
  }

  /// Sentences on the signals that leave a tube around ngspice's curve, or whose tube ngspice's curve leaves.
  ///
  /// The tube is 1e-3 of the run wide, and 1e-3 of the signal's range (of a constant, 1e-4 of its magnitude) high. Where
  /// neuristor's points are too far apart to tell, `dense` is asked for, a run with a point at each of many steps; where
  /// that does not do, `finer`, ngspice's curves at half the largest step, tell how far they can be trusted.
  static func outsideTube(_ ours: Curves, _ reference: Curves, dense: () throws -> Curves?, finer: () throws -> Curves)
    throws -> [String]
  {
    guard let start = reference.axis.first, let stop = reference.axis.last else { return ["ngspice has no points"] }
    let width = 1e-3 * (stop - start)
    var sentences: [String] = []
    // ngspice writes the operating point at t = 0; neuristor what follows, where a capacitor's current has begun.
    let reference = reference.withoutStart
    for (name, our, their) in shared(ours, reference) {
      let (least, greatest) = (their.min() ?? 0, their.max() ?? 0)
      var height = max(1e-3 * (greatest - least), 1e-4 * max(abs(least), abs(greatest)))
      height += floor(of: name, among: reference)
      func outside(_ height: Double, isDense: Bool) throws -> String? {
        let around = Tube(axis: reference.axis, values: their, width: width, height: height)
        if let worst = around.firstOutside(ours.axis, our) {
          return "\(worst.value) at \(worst.at) is \(worst.beyond) outside ngspice's tube"
        }
        var (axis, values) = (ours.axis, our)
        if let points = isDense ? try dense() : nil, let column = points.signals[name] {
          (axis, values) = (points.axis, column)
        }
        let aroundOurs = Tube(axis: axis, values: values, width: width, height: height)
        return aroundOurs.firstOutside(reference.axis, their).map {
          "ngspice's \($0.value) at \($0.at) is \($0.beyond) outside the tube"
        }
      }
      if try outside(height, isDense: false) == nil { continue }
      if try outside(height, isDense: true) == nil { continue }
      let second = try finer()
      if let values = second.signals[name] {
        let around = Tube(axis: reference.axis, values: their, width: 0, height: 0)
        height += around.firstOutside(second.axis, values)?.beyond ?? 0
      }
      if let sentence = try outside(height, isDense: true) {
        sentences.append("\(name): \(sentence) of \(height); its range is \(least) to \(greatest)")
      }
    }
    return sentences
  }
}
