internal import Circuits
internal import Devices
internal import Kernels
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
  /// Counts changes of values that do not move by themselves (a sweep, a scale).
  private(set) var generation = 0

  private let arena = Arena()
  /// By place in `moving`.
  private let shapes: [any SourceShape]
  private let count: Int
  private let direct: UnsafeMutablePointer<Double>
  /// Branches in an order in which a parent's comes before its children's.
  private let branches: SourceBranches
  /// Those whose child moves with time.
  private let movingBranches: [SourceForest.Branch]
  private let movingNodes: Set<NodeIndex>
  /// Waveforms whose jumps become ramps, and the ramps under way.
  private let rampable: [Int]
  private var ramps: [Int: JumpRamp] = [:]
  private var lastTime = Double.nan
  private var lastAnchor = Double.nan

  /// `rampable`: waveforms that move a voltage across a capacitive path. Noise is drawn from `generator`.
  init(_ forest: SourceForest, of circuit: Circuit, rampable: Set<Int>, generator: Philox) {
    count = forest.waveformCount
    values = arena.doubles(count)
    slopes = arena.doubles(count)
    direct = arena.doubles(count)
    tied = arena.doubles(circuit.nodeNames.count)
    tiedSlopes = arena.doubles(circuit.nodeNames.count)
    var moving: [Int] = []
    var shapes: [any SourceShape] = []
    for (index, group) in circuit.groups.enumerated() where forest.firstWaveforms[index] >= 0 {
      let first = forest.firstWaveforms[index]
      for (instance, place) in group.waveforms.places.enumerated() {
        let waveform = group.waveforms.values[Int(place)]
        direct[first + instance] = waveform.direct
        if let shape = waveform.shape {
          moving.append(first + instance)
          shapes.append(shape.seeded(by: generator, source: Philox.stream(of: group.names[instance])))
        }
      }
    }
    self.shapes = shapes
    self.moving = moving
    self.rampable = moving.filter(rampable.contains)
    branches = forest.branches
    var isMoving = [Bool](repeating: false, count: count)
    for waveform in moving { isMoving[waveform] = true }
    movingBranches = forest.branchesMoved { isMoving[$0] }
    movingNodes = Set(movingBranches.map(\.child))
    setDirect()
  }

  /// All sources at their direct values times `scale`; with `initial`, shapes at time 0 (a transient's operating point).
  func setDirect(scale: Double = 1, initial: Bool = false) {
    for index in 0..<count { values[index] = scale * direct[index] }
    for index in moving { slopes[index] = 0 }
    if initial {
      for (index, shape) in zip(moving, shapes) {
        values[index] = scale * shape.evaluate(at: 0, segmentOf: 0).value
      }
    }
    for branch in branches {
      tied[Int(branch.child)] = tied[Int(branch.parent)] + branch.sign * values[branch.waveform]
    }
    for branch in movingBranches { setTie(branch) }
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
    for (index, shape) in zip(moving, shapes) {
      if !ramps.isEmpty, let ramp = ramps[index], ramp.isActive(inSegmentOf: anchor) {
        (values[index], slopes[index]) = ramp.evaluate(at: time)
      } else {
        (values[index], slopes[index]) = shape.evaluate(at: time, segmentOf: anchor)
      }
    }
    for branch in movingBranches { setTie(branch) }
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
      guard let shape = shape(of: index) else { continue }
      let left = shape.evaluate(at: time, segmentOf: before).value
      let right = shape.evaluate(at: time, segmentOf: time).value
      // A ramp that ends at 0 does so but for rounding: its beginning tells what is small.
      let begin = shape.evaluate(at: before, segmentOf: before).value
      guard abs(right - left) > 1e-9 * max(abs(begin), abs(left), abs(right)) else { continue }
      let to = shape.evaluate(at: end, segmentOf: time).value
      ramps[index] = JumpRamp(begin: time, end: end, from: left, to: to)
      jumping.append(index)
    }
    return jumping
  }

  private func setTie(_ branch: SourceForest.Branch) {
    let (child, parent) = (Int(branch.child), Int(branch.parent))
    tied[child] = tied[parent] + branch.sign * values[branch.waveform]
    tiedSlopes[child] = tiedSlopes[parent] + branch.sign * slopes[branch.waveform]
  }

  func isMoving(_ waveform: Int) -> Bool { shape(of: waveform) != nil }

  /// Whether a moving waveform is on the path that ties `node`.
  func isMoving(node: NodeIndex) -> Bool { !movingNodes.isEmpty && movingNodes.contains(node) }

  private func shape(of waveform: Int) -> (any SourceShape)? {
    var low = 0
    var high = moving.count
    while low < high {
      let middle = (low + high) / 2
      if moving[middle] < waveform { low = middle + 1 } else { high = middle }
    }
    return low < moving.count && moving[low] == waveform ? shapes[low] : nil
  }

  /// The first corner of any shape after `time`.
  func nextCorner(after time: Double) -> Double {
    var first = Double.infinity
    for shape in shapes { first = min(first, shape.nextCorner(after: time)) }
    for ramp in ramps.values where ramp.end > time { first = min(first, ramp.end) }
    return first
  }

  /// The shortest period of a source active at `time`.
  func shortestPeriod(at time: Double) -> Double {
    var shortest = Double.infinity
    for shape in shapes {
      if let period = shape.period(at: time) { shortest = min(shortest, period) }
    }
    return shortest
  }
}
