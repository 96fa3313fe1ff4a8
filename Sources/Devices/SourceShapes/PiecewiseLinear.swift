package import Diagnostics

/// `PWL(T1 V1 T2 V2 ...) [r=T] [td=T]`: straight lines between points, constant before the first and after the last.
///
/// With `r` the stretch from that time to the last point repeats for ever; `td` delays the whole. Two points of one
/// time are a jump. Corners of pass k are td + (k period + T), computed from k.
package struct PiecewiseLinear: SourceShapeKind, Equatable {
  /// s, not decreasing.
  package let times: [Double]
  package let values: [Double]
  /// Where a repetition begins, s; nil for none.
  package let repeatFrom: Double?
  package let delay: Double

  /// `times` and `values` are of one length, at least 1; `times` must not decrease, `repeatFrom` lie before the last.
  package init(times: [Double], values: [Double], repeatFrom: Double? = nil, delay: Double = 0) {
    self.times = times
    self.values = values
    self.repeatFrom = repeatFrom
    self.delay = delay
    pointsBeforeRepetition = repeatFrom.map { start in times.prefix { $0 <= start }.count } ?? 0
  }

  package static let keyword = "pwl"
  package static let arguments = ["T1", "V1", "T2", "V2"]
  package static let options = ["r", "td"]
  package static func accepts(argumentCount: Int) -> Bool { argumentCount >= 2 && argumentCount % 2 == 0 }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    let indices = stride(from: 0, to: arguments.values.count - 1, by: 2)
    let times = indices.map { arguments.values[$0] }
    let values = indices.map { arguments.values[$0 + 1] }
    for index in times.indices.dropFirst() where !(times[index] >= times[index - 1]) {
      SourceError.decreasingTime(
        shape: keyword, earlier: times[index - 1], later: times[index], range: arguments.range(of: 2 * index)
      ).report(to: &diagnostics)
      return nil
    }
    guard let last = times.last else { return nil }
    // ngspice: a negative r means no repetition.
    let repeatFrom = arguments.options["r"].flatMap { $0 >= 0 ? $0 : nil }
    if let repeatFrom, !(repeatFrom < last) {
      SourceError.emptyRepetition(from: repeatFrom, last: last, range: arguments.range).report(to: &diagnostics)
      return nil
    }
    if let repeatFrom, !arguments.resolves(last - repeatFrom, diagnostics: &diagnostics) { return nil }
    return PiecewiseLinear(times: times, values: values, repeatFrom: repeatFrom, delay: arguments.options["td"] ?? 0)
  }

  /// Points at or before `repeatFrom`.
  private let pointsBeforeRepetition: Int

  private var last: Double { times[times.count - 1] }

  /// Length of the repeated stretch; infinity without one.
  private var repetition: Double { repeatFrom.map { last - $0 } ?? .infinity }

  /// Time of point `index` in pass `pass` of the repetition.
  private func time(ofPoint index: Int, pass: Double) -> Double {
    delay + (pass == 0 ? times[index] : pass * repetition + times[index])
  }

  /// The pass that holds `time`: pass k ends, and k + 1 begins, when the last point comes for the k-th time.
  private func pass(at time: Double) -> Double {
    guard repetition.isFinite, time >= self.time(ofPoint: times.count - 1, pass: 0) else { return 0 }
    var pass = max(1, ((time - delay - last) / repetition).rounded(.down) + 1)
    // The quotient may round across a corner; the corner itself decides.
    if end(ofPass: pass) <= time { pass += 1 }
    if end(ofPass: pass - 1) > time { pass -= 1 }
    return pass
  }

  private func end(ofPass pass: Double) -> Double { time(ofPoint: times.count - 1, pass: pass) }

  /// How many points of pass `pass` lie at or before `time`. The point that a repetition begins at is the last one of
  /// the pass before: it has passed, however its time rounds.
  private func pointCount(until time: Double, pass: Double) -> Int {
    var low = pass > 0 ? pointsBeforeRepetition : 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if self.time(ofPoint: middle, pass: pass) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    let pass = pass(at: anchor)
    let next = pointCount(until: anchor, pass: pass)
    if next == 0 { return (values[0], 0) }
    if next == times.count { return (values[times.count - 1], 0) }
    let begin = self.time(ofPoint: next - 1, pass: pass)
    let slope = (values[next] - values[next - 1]) / (self.time(ofPoint: next, pass: pass) - begin)
    return (values[next - 1] + slope * (time - begin), slope)
  }

  package func nextCorner(after time: Double) -> Double {
    let pass = pass(at: time)
    let next = pointCount(until: time, pass: pass)
    return next < times.count ? self.time(ofPoint: next, pass: pass) : .infinity
  }

  package func period(at time: Double) -> Double? {
    guard let repeatFrom, time >= delay + repeatFrom else { return nil }
    return repetition
  }

  package var description: String {
    let points = zip(times, values).map { "\($0) \($1)" }.joined(separator: " ")
    let repeated = repeatFrom.map { " r=\($0)" } ?? ""
    return "PWL(\(points))\(repeated)\(delay == 0 ? "" : " td=\(delay)")"
  }
}
