internal import Devices
internal import Kernels
internal import Solvers

/// The slopes of a group's rows by values and by rates, and where they belong.
final class GroupSlopes {
  private struct Place {
    /// Among outputs, then internal unknowns; and among inputs, then internal unknowns.
    let row, column: Int
    let direct, reactive: UnsafeMutablePointer<Double>
    /// How late `direct` acts, s, where it is what a line delivers.
    var delay: [Double]?
  }

  private let group: KernelGroup
  private var places: [Place] = []
  private let kernel: BoundKernel
  private let known: [[Int: KernelGroup.Known]]
  /// By internal position and instance: a state on its bound that stays there.
  private var isResting: Set<Int> = []
  /// Rates of the states that are free, with the slope of each by the state itself.
  private(set) var restingRates: [(unknown: Int, rate: Double, slope: Double)] = []
  private let arena = Arena()

  init(_ group: KernelGroup) {
    self.group = group
    var local = group.local
    var nodes: [NodeID] = []
    var targets: [BoundKernel.Target] = []
    for row in local.rows.indices {
      for (column, variable) in (local.inputs + local.internals).enumerated() {
        let direct = local.graph.derivative(of: local.rows[row], by: .variable(variable))
        let reactive = local.graph.derivative(of: local.rows[row], by: .rate(variable))
        if local.graph.constantValue(of: direct) == 0, local.graph.constantValue(of: reactive) == 0 { continue }
        let place = Place(
          row: row, column: column, direct: arena.doubles(group.count), reactive: arena.doubles(group.count))
        places.append(place)
        // Taken at the clamped state, like the residual.
        nodes.append(local.bounded(direct, ofInternal: nil, pins: false))
        nodes.append(local.bounded(reactive, ofInternal: nil, pins: false))
        targets += [.fixed(place.direct), .fixed(place.reactive)]
      }
    }
    for (position, variable) in local.internals.enumerated() {
      guard case .delayed(let delay) = local.variables[variable].kind else { continue }
      let intervals = group.values(of: delay.interval)
      for (column, variable) in (local.inputs + local.internals).enumerated() {
        // The row is x - source(t - interval).
        let slope = local.graph.negate(local.graph.derivative(of: delay.source, by: .variable(variable)))
        if local.graph.constantValue(of: slope) == 0 { continue }
        let place = Place(
          row: local.outputs.count + position, column: column, direct: arena.doubles(group.count),
          reactive: arena.doubles(group.count), delay: intervals)
        places.append(place)
        nodes.append(slope)
        targets.append(.fixed(place.direct))
      }
    }
    kernel = group.bind(local.graph, nodes, targets)
    known = group.inputs.map { input in
      Dictionary(input.known.map { (Int($0.instance), $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  func evaluate(y: UnsafePointer<Double>, rate: UnsafePointer<Double>) {
    kernel.run(y: y, rate: rate, result: nil)
  }

  /// Finds the states that lie on a bound with a rate that presses against it, and the rates of the others.
  func findResting(y: UnsafePointer<Double>, rate: UnsafePointer<Double>, bounds: StateBounds) {
    evaluate(y: y, rate: rate)
    let local = group.local
    for (position, variable) in local.internals.enumerated() {
      guard case .state = local.variables[variable].kind else { continue }
      let rates = group.freeRates(y: y, rate: rate, position: position)
      let held = bounds.held.first { $0.group === group && $0.position == position }
      let own = places.first {
        $0.row == local.outputs.count + position && $0.column == local.inputs.count + position
      }
      let first = group.firstUnknown + position * group.count
      for instance in 0..<group.count {
        let value = y[first + instance]
        if let held,
          (value <= held.lower[instance] && rates[instance] < 0)
            || (value >= held.upper[instance] && rates[instance] > 0)
        {
          isResting.insert(position * group.count + instance)
        } else {
          restingRates.append((first + instance, rates[instance], own?.direct[instance] ?? 0))
        }
      }
    }
  }

  /// What the group adds to the linearised equations.
  struct Slopes {
    var entries: [LinearEntry]
    var delayed: [DelayedEntry] = []
    var sources: [(term: LinearPart.SourceTerm, delay: Double)]
  }

  func add(to slopes: inout Slopes) {
    let outputCount = group.outputs.count
    for place in places {
      if place.row < outputCount {
        let output = group.outputs[place.row]
        for instance in 0..<group.count {
          add(place, instance, row: Int(output.plus[instance]), sign: 1, &slopes)
          add(place, instance, row: Int(output.minus[instance]), sign: -1, &slopes)
        }
        for extra in output.extra {
          add(place, extra.instance, row: extra.row, sign: extra.sign, &slopes)
        }
      } else {
        let position = place.row - outputCount
        let first = group.firstUnknown + position * group.count
        for instance in 0..<group.count where !isResting.contains(position * group.count + instance) {
          add(place, instance, row: first + instance, sign: 1, &slopes)
        }
      }
    }
    for resting in isResting.sorted() {
      let unknown = Int32(group.firstUnknown + resting)
      slopes.entries.append(LinearEntry(row: unknown, column: unknown, conductance: 1, capacitance: 0))
    }
  }

  private func add(_ place: Place, _ instance: Int, row: Int, sign: Double, _ slopes: inout Slopes) {
    guard row >= 0 else { return }
    let row = Int32(row)
    let (direct, reactive) = (sign * place.direct[instance], sign * place.reactive[instance])
    let delay = place.delay?[instance]
    func add(column: Int32, _ sign: Double) {
      guard column >= 0 else { return }
      if let delay {
        slopes.delayed.append(DelayedEntry(row: row, column: column, value: sign * direct, delay: delay))
      } else {
        slopes.entries.append(
          LinearEntry(row: row, column: column, conductance: sign * direct, capacitance: sign * reactive))
      }
    }
    guard place.column < group.inputs.count else {
      let position = place.column - group.inputs.count
      return add(column: Int32(group.firstUnknown + position * group.count + instance), 1)
    }
    let input = group.inputs[place.column]
    add(column: input.plus[instance], 1)
    add(column: input.minus[instance], -1)
    guard let source = known[place.column][instance] else { return }
    func add(_ source: LinearPart.SourceTerm.Source, _ sign: Double) {
      let term = LinearPart.SourceTerm(
        row: row, source: source, conductance: sign * direct, capacitance: sign * reactive)
      slopes.sources.append((term, delay ?? 0))
    }
    if source.plus > 0 { add(.node(source.plus), 1) }
    if source.minus > 0 { add(.node(source.minus), -1) }
    if source.waveform >= 0 { add(.waveform(source.waveform), 1) }
  }
}
