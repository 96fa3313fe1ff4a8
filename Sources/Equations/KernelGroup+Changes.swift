internal import Devices
internal import Kernels
internal import Solvers

/// The `on` blocks of a group: arguments, the side of zero each was last on, and what would be written.
final class EventKernels {
  let arguments: BoundKernel
  let values: [UnsafeMutablePointer<Double>]
  let sides: [UnsafeMutablePointer<Double>]
  let assignments: BoundKernel
  let assigned: [UnsafeMutablePointer<Double>]

  init(_ group: KernelGroup) {
    let events = group.model.events
    let arena = group.arena
    let count = group.count
    values = events.map { _ in arena.doubles(count) }
    sides = events.map { _ in arena.doubles(count) }
    let writes = events.flatMap { $0.assignments.map(\.value) }
    assigned = writes.map { _ in arena.doubles(count) }
    // The group's own graph holds the model's nodes under the same ids: it grew out of the model's.
    arguments = group.bind(group.local.graph, events.map(\.argument), values.map { .fixed($0) })
    assignments = group.bind(group.local.graph, writes, assigned.map { .fixed($0) })
  }
}

extension KernelGroup {
  /// f of x' = f for internal unknown `position`, at the bounds where x lies beyond them, whether pinned or not.
  func freeRates(y: UnsafePointer<Double>, rate: UnsafePointer<Double>, position: Int) -> UnsafePointer<Double> {
    if drives == nil {
      let columns = local.internals.map { _ in arena.doubles(count) }
      var nodes: [NodeID] = []
      for place in local.internals.indices {
        let row = local.bounded(local.rows[local.outputs.count + place], ofInternal: place, pins: false)
        let own = local.graph.leaf(.rate(local.internals[place]))
        nodes.append(local.graph.insert(.binary(.subtract, own, row)))
      }
      drives = (bind(local.graph, nodes, columns.map { .fixed($0) }), columns)
    }
    guard let drives else { return UnsafePointer(time) }
    drives.kernel.run(y: y, rate: rate, result: nil)
    return UnsafePointer(drives.columns[position])
  }

  /// The tolerance of a guard's argument, from those of what it reads: the band in which it may slide.
  func tolerance(
    ofGuard k: Int, instance: Int, y: UnsafePointer<Double>, weights: UnsafePointer<Double>, voltage: Double
  ) -> Double {
    let argument = model.guards[k].argument
    let variables = local.inputs + local.internals
    let columns = variables.map { _ in arena.doubles(count) }
    let slopes = variables.map { local.graph.derivative(of: argument, by: .variable($0)) }
    bind(local.graph, slopes, columns.map { .fixed($0) }).run(y: y, rate: y, result: nil)
    var sum = 0.0
    for (place, variable) in variables.enumerated() {
      let bound: Double
      if let position = local.internals.firstIndex(of: variable) {
        bound = 1 / weights[firstUnknown + position * count + instance]
      } else {
        bound = voltage
      }
      let slope = columns[place][instance].magnitude
      if slope.isFinite { sum += slope * bound }
    }
    return sum
  }
}
