internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// What is under way in lines: the waves that were sent off, as polynomials of accepted steps, for as long as the
/// longest line holds them.
///
/// A corner of a wave arrives at the end of its line as a corner. Between corners, what arrives is smooth; a trial time
/// belongs to the side of a corner that the segment of the sources lies on, as their own corners do.
package final class DelayLines {
  /// An unknown of a device, x = source(t - interval).
  struct Wave {
    var device: DeviceReference
    var delay: Delay
    var interval: Double
    /// Where the equations read what arrives.
    var arrival: UnsafeMutablePointer<Double>
  }

  /// Waves of one delay, which find what arrives at one time in one place.
  private struct Bundle {
    var interval: Double
    var waves: Range<Int>
  }

  /// The waves of one accepted step.
  private struct Record {
    /// Where the polynomials were read.
    var begin: Double
    var end: Double
    /// The waves from here on are those of this record.
    var start: Double
    /// By bundle: whether the beginning is a corner for which the run stops when it arrives.
    var isCorner: [Bool]
    /// Sample k of wave w at `k * waves.count + w`.
    var samples: [Double]
  }

  /// In ascending order of their delays.
  let waves: [Wave]
  private let bundles: [Bundle]
  /// What has been under way before the run began.
  private var initial: [Double]
  private var records: [Record] = []
  private var corners: [Double] = []
  /// A corner whose record is still to come.
  private var pending: (time: Double, isCorner: [Bool])?
  private var last = (time: Double.nan, anchor: Double.nan, recordCount: -1)

  init(_ groups: [KernelGroup]) {
    var waves: [Wave] = []
    for group in groups {
      for (position, arrival) in group.arrivals.enumerated() {
        guard let arrival, case .delayed(let delay) = group.local.variables[group.local.internals[position]].kind else {
          continue
        }
        let intervals = group.values(of: delay.interval)
        for instance in 0..<group.count {
          waves.append(
            Wave(
              device: DeviceReference(group: group.index, instance: instance), delay: delay,
              interval: intervals[instance], arrival: arrival + instance))
        }
      }
    }
    // A sort that keeps equal ones in order, for equal bits on every machine.
    waves = waves.enumerated().sorted { ($0.element.interval, $0.offset) < ($1.element.interval, $1.offset) }
      .map(\.element)
    var bundles: [Bundle] = []
    for (index, wave) in waves.enumerated() {
      if let open = bundles.last, open.interval == wave.interval {
        bundles[bundles.count - 1].waves = open.waves.lowerBound..<index + 1
      } else {
        bundles.append(Bundle(interval: wave.interval, waves: index..<index + 1))
      }
    }
    self.waves = waves
    self.bundles = bundles
    initial = Array(repeating: 0, count: waves.count)
  }

  package var isEmpty: Bool { waves.isEmpty }
  /// s; infinity where there is no line.
  package var shortestDelay: Double { bundles.first?.interval ?? .infinity }

  // MARK: Filling

  /// Begins a run before which `values` were under way.
  func begin(_ values: [Double]) {
    initial = values
    records = []
    corners = []
    pending = nil
    last.recordCount = -1
  }

  /// Adds the step from `begin` to `end`, whose waves at the sampling points `samples` holds.
  func append(from begin: Double, to end: Double, samples: [Double]) {
    let none = Array(repeating: false, count: bundles.count)
    records.append(
      Record(
        begin: begin, end: end, start: pending?.time ?? begin, isCorner: pending?.isCorner ?? none, samples: samples))
    pending = nil
    let oldest = end - (bundles.last?.interval ?? 0)
    guard let first = records.firstIndex(where: { $0.end >= oldest }), first > 64, 2 * first > records.count else {
      return
    }
    records.removeFirst(first - 1)
  }

  /// Notes a corner at `time`: to the right of it the waves are `values` with slopes `slopes`. Where one differs from the
  /// left by more than `tolerance` of its size, in value or over `span` (s) in slope, the corner will arrive. The first
  /// time that one does; infinity where none will.
  func noteCorner(
    at time: Double, values: [Double], slopes: [Double], span: Double, tolerance: (Double) -> Double
  ) -> Double {
    let isCorner = bundles.map { bundle in
      bundle.waves.contains { wave in
        let left = end(of: wave)
        let bound = tolerance(max(left.value.magnitude, values[wave].magnitude))
        return (values[wave] - left.value).magnitude > bound
          || span * (slopes[wave] - left.slope).magnitude > Self.slopeFactor * bound
      }
    }
    pending = (time, isCorner)
    corners.removeAll { $0 <= time }
    var first = Double.infinity
    for (bundle, isCorner) in zip(bundles, isCorner) where isCorner {
      let arrival = time + bundle.interval
      corners.insert(arrival, at: corners.firstIndex { $0 >= arrival } ?? corners.count)
      first = min(first, arrival)
    }
    return first
  }

  /// The slope of a polynomial at its end is as good as the tolerance over the step, but for a factor of its order.
  private static let slopeFactor = 10.0

  /// Value and slope of a wave where the last record ends.
  private func end(of wave: Int) -> (value: Double, slope: Double) {
    guard let record = records.last else { return (initial[wave], 0) }
    var slope = 0.0
    for k in 0..<WaveSampling.count { slope += WaveSampling.endSlopes[k] * record.samples[k * waves.count + wave] }
    let value = record.samples[(WaveSampling.count - 1) * waves.count + wave]
    return (value, record.end > record.begin ? 2 * slope / (record.end - record.begin) : 0)
  }

  /// The first time after `time` at which a corner arrives.
  func nextCorner(after time: Double) -> Double { corners.first { $0 > time } ?? .infinity }

  // MARK: Reading

  /// Writes what arrives at `time`, seen from the segment of the sources that begins at `anchor`.
  func move(to time: Double, anchor: Double) {
    guard !isEmpty, last != (time, anchor, records.count) else { return }
    last = (time, anchor, records.count)
    for (index, bundle) in bundles.enumerated() {
      guard let record = record(at: time, anchor: anchor, bundle: index) else {
        for wave in bundle.waves { waves[wave].arrival.pointee = initial[wave] }
        continue
      }
      let weights = WaveSampling.weights(at: time - bundle.interval, from: record.begin, to: record.end)
      for wave in bundle.waves {
        var value = 0.0
        for k in 0..<WaveSampling.count { value += weights[k] * record.samples[k * waves.count + wave] }
        waves[wave].arrival.pointee = value
      }
    }
  }

  /// The record that is at the end of the lines of a bundle; nil where none has got there.
  private func record(at time: Double, anchor: Double, bundle: Int) -> Record? {
    let interval = bundles[bundle].interval
    var low = 0
    var high = records.count
    while low < high {
      let middle = (low + high) / 2
      if records[middle].start + interval <= time { low = middle + 1 } else { high = middle }
    }
    var place = low - 1
    while place >= 0, records[place].isCorner[bundle], anchor < records[place].start + interval { place -= 1 }
    return place >= 0 ? records[place] : nil
  }
}

/// Where a step's waves are read: the six points of Chebyshev and Lobatto, which say all about a polynomial of IDA's
/// highest order (barycentric formula: J.-P. Berrut & L. N. Trefethen, SIAM Review 46 (2004) 501).
enum WaveSampling {
  static let count = 6
  /// -1 ... 1.
  static let points = [-1, -0.8090169943749475, -0.3090169943749475, 0.3090169943749475, 0.8090169943749475, 1]
  private static let barycentric = [0.5, -1, 1, -1, 1, -0.5]
  /// The slope at 1 of the polynomials that are 1 at one point and 0 at the others.
  static let endSlopes: [Double] = (0..<count).map { k in
    k == count - 1 ? 8.5 : barycentric[k] / barycentric[count - 1] / (1 - points[k])
  }

  static func time(_ k: Int, from begin: Double, to end: Double) -> Double {
    k == count - 1 ? end : begin + 0.5 * (1 + points[k]) * (end - begin)
  }

  /// What the samples contribute to the value at `time`.
  static func weights(at time: Double, from begin: Double, to end: Double) -> SIMD8<Double> {
    var weights = SIMD8<Double>.zero
    let x = end > begin ? 2 * (time - begin) / (end - begin) - 1 : 1
    var sum = 0.0
    for k in 0..<count {
      let distance = x - points[k]
      if distance == 0 {
        weights = .zero
        weights[k] = 1
        return weights
      }
      weights[k] = barycentric[k] / distance
      sum += weights[k]
    }
    return weights / sum
  }
}
