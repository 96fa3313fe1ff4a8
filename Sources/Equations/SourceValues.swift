internal import Circuits
internal import Devices
internal import Solvers

/// The independent sources at one time: their values and slopes, and the voltages they tie nodes to.
final class SourceValues {
  /// Where the segment of every shape is taken from; moved at breakpoints only, so that within a step a source is one
  /// smooth formula.
  var anchor = 0.0
  /// Values and slopes by waveform.
  let values: UnsafeMutablePointer<Double>
  let slopes: UnsafeMutablePointer<Double>
  /// Known part of each node's voltage and its slope, by node; 0 where a node is not tied.
  let tied: UnsafeMutablePointer<Double>
  let tiedSlopes: UnsafeMutablePointer<Double>
  /// Waveforms with a shape, whose values change with time.
  let moving: [Int]
  /// Nodes tied by a path with a moving waveform.
  let movingNodes: [NodeIndex]
  /// Counts changes of values that do not move by themselves (a sweep, a scale).
  private(set) var generation = 0

  private let arena = Arena()
  private let shapes: [(any SourceShape)?]
  private let direct: UnsafeMutablePointer<Double>
  private let paths: [(node: NodeIndex, path: [(waveform: Int, sign: Double)])]
  private let movingPaths: [(node: NodeIndex, path: [(waveform: Int, sign: Double)])]
  /// Waveforms whose jumps become ramps, and the ramps under way.
  private let rampable: [Int]
  private var ramps: [Int: JumpRamp] = [:]
  private var lastTime = Double.nan
  private var lastAnchor = Double.nan

  /// `rampable`: waveforms that move a voltage across a capacitive path.
  init(_ forest: SourceForest, nodeCount: Int, rampable: Set<Int>) {
    let count = forest.waveforms.count
    let shapes = forest.waveforms.map { $0.waveform.shape }
    self.shapes = shapes
    moving = shapes.indices.filter { shapes[$0] != nil }
    self.rampable = rampable.filter { shapes[$0] != nil }.sorted()
    values = arena.doubles(count)
    slopes = arena.doubles(count)
    direct = arena.copy(forest.waveforms.map { $0.waveform.direct })
    tied = arena.doubles(nodeCount)
    tiedSlopes = arena.doubles(nodeCount)
    var paths: [(node: NodeIndex, path: [(waveform: Int, sign: Double)])] = []
    var movingPaths: [(node: NodeIndex, path: [(waveform: Int, sign: Double)])] = []
    for node in 0..<NodeIndex(nodeCount) where forest.parentBranches[Int(node)] >= 0 {
      let path = forest.path(of: node)
      paths.append((node, path))
      if path.contains(where: { shapes[$0.waveform] != nil }) { movingPaths.append((node, path)) }
    }
    self.paths = paths
    self.movingPaths = movingPaths
    movingNodes = movingPaths.map(\.node)
    setDirect()
  }

  /// All sources at their direct values times `scale`; with `initial`, shapes at time 0 (a transient's operating point).
  func setDirect(scale: Double = 1, initial: Bool = false) {
    for (index, shape) in shapes.enumerated() {
      let value = initial ? shape?.evaluate(at: 0, segmentOf: 0).value ?? direct[index] : direct[index]
      values[index] = scale * value
      slopes[index] = 0
    }
    for tie in paths { setTie(tie.node, tie.path) }
    lastTime = .nan
    generation += 1
  }

  /// The direct value of a source, as a sweep sets it.
  func setDirect(_ value: Double, of waveform: Int) { direct[waveform] = value }
  func direct(of waveform: Int) -> Double { direct[waveform] }

  /// Moves every shape to `time` within the segment of `anchor`.
  func move(to time: Double) {
    guard !moving.isEmpty, time != lastTime || anchor != lastAnchor else { return }
    lastTime = time
    lastAnchor = anchor
    for index in moving {
      guard let shape = shapes[index] else { continue }
      if !ramps.isEmpty, let ramp = ramps[index], ramp.isActive(inSegmentOf: anchor) {
        (values[index], slopes[index]) = ramp.evaluate(at: time)
      } else {
        (values[index], slopes[index]) = shape.evaluate(at: time, segmentOf: anchor)
      }
    }
    for tie in movingPaths { setTie(tie.node, tie.path) }
  }

  /// Goes on to the segment that begins at `time`; the waveforms whose jump there becomes a ramp.
  func enterSegment(at time: Double, stop: Double) -> [Int] {
    let before = anchor
    anchor = time
    ramps = ramps.filter { $0.value.end > time }
    guard !rampable.isEmpty, time > before else { return [] }
    var jumping: [Int] = []
    let end = time + JumpRamp.width(at: time, gap: min(nextCorner(after: time), stop) - time)
    for index in rampable where ramps[index] == nil {
      guard let shape = shapes[index] else { continue }
      let left = shape.evaluate(at: time, segmentOf: before).value
      let right = shape.evaluate(at: time, segmentOf: time).value
      guard abs(right - left) > 1e-9 * max(abs(left), abs(right)) else { continue }
      let to = shape.evaluate(at: end, segmentOf: time).value
      ramps[index] = JumpRamp(begin: time, end: end, from: left, to: to)
      jumping.append(index)
    }
    return jumping
  }

  private func setTie(_ node: NodeIndex, _ path: [(waveform: Int, sign: Double)]) {
    var value = 0.0
    var slope = 0.0
    for step in path {
      value += step.sign * values[step.waveform]
      slope += step.sign * slopes[step.waveform]
    }
    tied[Int(node)] = value
    tiedSlopes[Int(node)] = slope
  }

  func isMoving(_ waveform: Int) -> Bool { shapes[waveform] != nil }

  /// The first corner of any shape after `time`.
  func nextCorner(after time: Double) -> Double {
    var first = Double.infinity
    for index in moving {
      if let corner = shapes[index]?.nextCorner(after: time) { first = min(first, corner) }
    }
    for ramp in ramps.values where ramp.end > time { first = min(first, ramp.end) }
    return first
  }

  /// The shortest period of a source active at `time`.
  func shortestPeriod(at time: Double) -> Double {
    var shortest = Double.infinity
    for index in moving {
      if let period = shapes[index]?.period(at: time) { shortest = min(shortest, period) }
    }
    return shortest
  }
}
