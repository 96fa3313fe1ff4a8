internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// A state's starts that were given, as columns for kernels: a flag and a value per instance, or one that all share.
struct HeldState {
  let flags: KernelColumn
  let values: KernelColumn

  init(of target: Event.Target, in group: DeviceGroup, _ arena: Arena) {
    if let common = group.heldStarts.commonValue(of: target, count: group.count) {
      flags = KernelColumn(uniform: 1, count: group.count, arena)
      values = KernelColumn(uniform: common, count: group.count, arena)
      return
    }
    let flags = arena.doubles(group.count)
    let values = arena.doubles(group.count)
    for start in group.heldStarts where start.target == target {
      flags[start.instance] = 1
      values[start.instance] = start.value
    }
    self.flags = KernelColumn(flags)
    self.values = KernelColumn(values)
  }

  /// The value given to an instance, or nil.
  subscript(instance: Int) -> Double? {
    let place = flags.isUniform ? 0 : instance
    return flags.pointer[place] == 0 ? nil : values.pointer[place]
  }
}
