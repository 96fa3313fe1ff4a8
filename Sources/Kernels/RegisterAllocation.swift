/// Slots for the values of a schedule: a register is free again after its value's last use.
struct RegisterAllocation {
  private(set) var leaves: [Leaf] = []
  private(set) var constants: [Double] = []
  private(set) var registerCount = 0

  /// Slot of a leaf, constant or output node.
  private var fixedSlots = NodeTable<Int32>()
  private var firstRegister: Int32 = 0

  init(_ graph: ExpressionGraph, schedule: Schedule, outputs: [NodeID]) {
    // A constant or leaf can be an output too: it is copied there.
    let needed = Set(schedule.steps.flatMap(\.selected.operands)).union(outputs)
      .sorted { $0.index < $1.index }
    for id in needed {
      guard case .leaf(let leaf) = graph[id] else { continue }
      fixedSlots[id] = Int32(leaves.count)
      leaves.append(leaf)
    }
    let firstConstant = Int32(leaves.count + outputs.count)
    for id in needed {
      guard let value = graph.constantValue(of: id) else { continue }
      fixedSlots[id] = firstConstant + Int32(constants.count)
      constants.append(value)
    }
    firstRegister = firstConstant + Int32(constants.count)
    for (index, output) in outputs.enumerated() where fixedSlots[output] == nil {
      fixedSlots[output] = Int32(leaves.count + index)
    }
  }

  /// The schedule with slots for operands and results, then the copies that outputs of one node need.
  mutating func instructions(schedule: Schedule, outputs: [NodeID]) -> [Instruction] {
    var lastUse = NodeTable<Int>()
    for (index, step) in schedule.steps.enumerated() {
      for operand in step.selected.operands { lastUse[operand] = index }
    }
    var result: [Instruction] = []
    var registers = NodeTable<Int32>()
    var free: [Int32] = []
    for (index, step) in schedule.steps.enumerated() {
      var instruction = step.selected.instruction
      let slots = step.selected.operands.map { fixedSlots[$0] ?? registers[$0] ?? 0 }
      if slots.count > 0 { instruction.a = slots[0] }
      if slots.count > 1 { instruction.b = slots[1] }
      if slots.count > 2 { instruction.c = slots[2] }
      // Chosen before operands are released: the runner may compute a lane twice, which needs its operands whole.
      if let slot = fixedSlots[step.node] {
        instruction.destination = slot
      } else {
        instruction.destination = free.popLast() ?? newRegister()
        registers[step.node] = instruction.destination
      }
      for operand in step.selected.operands where lastUse[operand] == index {
        if let register = registers[operand] { free.append(register) }
        registers[operand] = nil
      }
      result.append(instruction)
    }
    for (index, output) in outputs.enumerated() {
      let slot = Int32(leaves.count + index)
      guard let source = fixedSlots[output], source != slot else { continue }
      var copy = Instruction(.copy)
      copy.destination = slot
      copy.a = source
      result.append(copy)
    }
    return result
  }

  private mutating func newRegister() -> Int32 {
    registerCount += 1
    return firstRegister + Int32(registerCount - 1)
  }
}
