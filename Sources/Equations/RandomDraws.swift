internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// The random numbers that events of a group draw, one column per `normal()` or `uniform()` in its model's text.
///
/// Each is Philox keyed by (seed, run) at the counter (device, event, place in the text): the device by a hash of its
/// name, the event by how many the device has had. Neither other devices nor threads nor refused steps matter.
final class RandomDraws {
  let columns: [UnsafeMutablePointer<Double>]
  private let kinds: [RandomDraw]
  private let names: NameTable
  /// Events so far, by instance.
  private var eventCounts: [UInt32]

  init(_ group: DeviceGroup, arena: Arena) {
    kinds = group.model.draws
    columns = kinds.map { _ in arena.doubles(group.count) }
    names = group.names
    eventCounts = kinds.isEmpty ? [] : Array(repeating: 0, count: group.count)
  }

  /// Draws what the next event of `instance` needs.
  func draw(for instance: Int, from generator: Philox) {
    if kinds.isEmpty { return }
    let device = Philox.stream(of: names[instance])
    for (place, kind) in kinds.enumerated() {
      let counter = SIMD4(device, UInt64(place) << 32 | UInt64(eventCounts[instance]))
      columns[place][instance] =
        switch kind {
        case .normal: generator.normal(counter)
        case .uniform: generator.uniform(counter)
        }
    }
    eventCounts[instance] &+= 1
  }
}
