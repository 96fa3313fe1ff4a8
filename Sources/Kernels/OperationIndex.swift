/// Finds an operation of a graph: a hash table with open addresses that holds ids alone.
///
/// `Dictionary` hashes against chosen keys, which took a tenth of the time of compiling a model.
struct OperationIndex: Sendable {
  private var slots: [Int32] = Array(repeating: Self.empty, count: 64)

  private static let empty: Int32 = -1

  /// The id of `operation` among `operations`, or the slot where it is to go.
  func find(_ operation: Operation, in operations: [Operation]) -> (id: NodeID?, slot: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: operation.mixed) & mask
    while slots[slot] != Self.empty {
      if operations[Int(slots[slot])] == operation { return (NodeID(index: slots[slot]), slot) }
      slot = (slot + 1) & mask
    }
    return (nil, slot)
  }

  /// Notes that the operation for which `find` gave `slot` is now the last of `operations`.
  mutating func insert(at slot: Int, lastOf operations: [Operation]) {
    slots[slot] = Int32(operations.count - 1)
    if 2 * operations.count > slots.count { grow(operations) }
  }

  private mutating func grow(_ operations: [Operation]) {
    slots = Array(repeating: Self.empty, count: 4 * slots.count)
    for (index, operation) in operations.enumerated() {
      slots[find(operation, in: operations).slot] = Int32(index)
    }
  }
}

extension Operation {
  /// A number that tells operations apart well enough for a hash table.
  fileprivate var mixed: UInt64 {
    switch self {
    case .constant(let bits): Self.mix(1, bits)
    case .leaf(let leaf): Self.mix(2 + UInt64(leaf.key.kind) << 8, UInt64(truncatingIfNeeded: leaf.key.place))
    case .unary(let function, let x): Self.mix(3 + UInt64(function.rawValue) << 8, UInt64(x.packed))
    case .binary(let function, let x, let y):
      Self.mix(4 + UInt64(function.rawValue) << 8, UInt64(x.packed) << 32 | UInt64(y.packed))
    case .integerPower(let x, let n): Self.mix(5, UInt64(x.packed) << 32 | UInt64(UInt32(bitPattern: n)))
    case .select(let condition, let then, let otherwise):
      Self.mix(6 + UInt64(condition.packed) << 8, UInt64(then.packed) << 32 | UInt64(otherwise.packed))
    }
  }

  /// Both halves of a product by an odd number, so that every bit counts in the low ones.
  private static func mix(_ kind: UInt64, _ operands: UInt64) -> UInt64 {
    let product = (operands ^ kind &* 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: 0xbf58_476d_1ce4_e5b9)
    return product.high ^ product.low
  }
}

extension NodeID {
  fileprivate var packed: UInt32 { UInt32(bitPattern: index) }
}
