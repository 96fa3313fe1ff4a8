/// `lobe Y X`: the signed integral of Y dX over the part of a window where X has one sign, one lobe of a pinched loop.
///
/// Without a window it is that of the last whole period of X, from one upward zero crossing to the next. The start of
/// the run counts as one if X is 0 there and rises, its end if X is 0 there and comes from below.
struct Lobe: RunningMeasure {
  private let y: Int
  private let x: Int
  private let side: LobeSide
  private let window: AxisWindow?
  private let tolerance: Double
  private var zeros: CrossingDetector
  /// The zeros of X in the segment at hand, kept from one to the next for their memory.
  private var crossings: [(time: Double, rising: Bool)] = []
  private var isEmpty = true
  private var integral = 0.0
  private var lastPeriod: Double?
  /// Whether `integral` began at an upward crossing; at the start of the run that depends on how small X was.
  private var start = PeriodStart.unknown
  private var lowest = 0.0
  private var largestMagnitude = 0.0
  private var lastX = Double.infinity

  private enum PeriodStart {
    case unknown
    case beginning(magnitude: Double)
    case crossing
  }

  init(y: Int, x: Int, side: LobeSide, window: AxisWindow?, tolerance: Double) {
    self.y = y
    self.x = x
    self.side = side
    self.window = window
    self.tolerance = tolerance
    zeros = CrossingDetector(signal: x, level: .constant(0))
  }

  mutating func observe(_ view: SegmentView) {
    var crossings: [(time: Double, rising: Bool)] = []
    swap(&crossings, &self.crossings)
    defer { swap(&crossings, &self.crossings) }
    crossings.removeAll(keepingCapacity: true)
    zeros.scan(view) { crossings.append(($0, $1)) }
    if isEmpty, view.sample(1, of: x) > view.sample(0, of: x) {
      start = .beginning(magnitude: abs(view.sample(0, of: x)))
    }
    isEmpty = false
    guard let window else { return observePeriods(view, crossings) }
    guard let part = view.part(in: window) else { return }
    var begin = part.start
    for crossing in crossings where part.start < crossing.time && crossing.time < part.end {
      add(view, from: begin, to: crossing.time)
      begin = crossing.time
    }
    add(view, from: begin, to: part.end)
    lastPeriod = integral
  }

  private mutating func observePeriods(_ view: SegmentView, _ crossings: [(time: Double, rising: Bool)]) {
    let samples = view.samples(of: x)
    largestMagnitude = max(largestMagnitude, max(samples.max(), -samples.min()))
    var begin = view.start
    for crossing in crossings {
      add(view, from: begin, to: crossing.time)
      begin = crossing.time
      lowest = min(lowest, samples.min())
      // Rounding makes X flutter about zero where it starts or rests: a period has a negative half.
      guard crossing.rising, lowest < -tolerance * largestMagnitude else { continue }
      finishPeriod()
      start = .crossing
      integral = 0
      lowest = 0
    }
    add(view, from: begin, to: view.end)
    lowest = min(lowest, view.sample(GaussLobatto.count - 1, of: x))
    lastX = view.sample(GaussLobatto.count - 1, of: x)
  }

  private mutating func finishPeriod() {
    switch start {
    case .crossing: lastPeriod = integral
    case .beginning(let magnitude) where magnitude <= tolerance * largestMagnitude: lastPeriod = integral
    case .beginning, .unknown: break
    }
  }

  /// Adds the integral over an interval in which X keeps its sign.
  private mutating func add(_ view: SegmentView, from begin: Double, to end: Double) {
    guard end > begin else { return }
    let middle = view.value(of: x, at: 0.5 * (begin + end))
    guard side == .positive ? middle > 0 : middle < 0 else { return }
    integral += stieltjes(view, from: begin, to: end, depth: 0)
  }

  /// The integral of Y dX: the Gauss-Lobatto sum of Y times the derivative of the quartic through X, the interval
  /// halved until halving changes nothing, or what it changes is rounding: neither X nor the instants have more digits.
  private func stieltjes(_ view: SegmentView, from begin: Double, to end: Double, depth: Int) -> Double {
    func rule(_ from: Double, _ to: Double) -> (value: Double, magnitude: Double, rounding: Double) {
      var xs = SIMD8<Double>(repeating: 0)
      var ys = xs
      for point in 0..<GaussLobatto.count {
        let time = GaussLobatto.time(point, from: from, to: to)
        xs[point] = view.value(of: x, at: time)
        ys[point] = view.value(of: y, at: time)
      }
      let products = ys * GaussLobatto.derivatives(xs)
      var magnitudes = products
      for point in 0..<GaussLobatto.count { magnitudes[point] = abs(products[point]) }
      let largest = max(xs.max(), -xs.min())
      let travelled = abs(xs[GaussLobatto.count - 1] - xs[0])
      let lastDigit = largest.ulp + travelled * max(abs(from), abs(to)).ulp / (to - from)
      return (
        GaussLobatto.integral(products), GaussLobatto.integral(magnitudes), max(ys.max(), -ys.min()) * lastDigit
      )
    }
    let middle = 0.5 * (begin + end)
    let whole = rule(begin, end)
    let left = rule(begin, middle)
    let right = rule(middle, end)
    let halves = left.value + right.value
    let allowed = tolerance * max(whole.magnitude, left.magnitude + right.magnitude)
    let rounding = 32 * max(whole.rounding, left.rounding, right.rounding)
    if abs(whole.value - halves) <= max(allowed, rounding) || halves.isNaN || depth == 12 { return halves }
    return stieltjes(view, from: begin, to: middle, depth: depth + 1)
      + stieltjes(view, from: middle, to: end, depth: depth + 1)
  }

  func result() -> Result<Double, MeasureFailure> {
    if let window { return lastPeriod.map { .success($0) } ?? .failure(.emptyWindow(window)) }
    var finished = self
    if abs(lastX) <= tolerance * largestMagnitude, lowest < -tolerance * largestMagnitude { finished.finishPeriod() }
    return finished.lastPeriod.map { .success($0) } ?? .failure(.noWholePeriod)
  }
}
