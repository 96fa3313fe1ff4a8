/// A node of one `ExpressionGraph`; equal operations have equal ids.
package struct NodeID: Hashable, Sendable {
  package var index: Int32

  package init(index: Int32) {
    self.index = index
  }
}

/// What is known of a node from its operands.
struct NodeTraits: OptionSet, Sendable {
  let rawValue: UInt8

  /// Depends on something that can change during a run.
  static let isRunning = NodeTraits(rawValue: 1)
  /// Can be only 0 or 1.
  static let isTruthValue = NodeTraits(rawValue: 2)
}

/// A hash-consed directed acyclic graph of operations; operands always precede their users.
///
/// Inserting folds constants and applies the identities that hold for every finite operand (`Simplifier`).
package struct ExpressionGraph: Sendable {
  package private(set) var operations: [Operation] = []
  private var traits: [NodeTraits] = []
  private var ids = OperationIndex()
  /// Derivatives made so far, by leaf and node (`Derivative`).
  var derivatives: [Leaf: NodeTable<NodeID>] = [:]

  package init() {}

  package subscript(id: NodeID) -> Operation { operations[Int(id.index)] }

  /// The node of `operation` exactly as given, shared with any equal one.
  package mutating func intern(_ operation: Operation) -> NodeID {
    let found = ids.find(operation, in: operations)
    if let id = found.id { return id }
    let id = NodeID(index: Int32(operations.count))
    traits.append(traits(of: operation))
    operations.append(operation)
    ids.insert(at: found.slot, lastOf: operations)
    return id
  }

  func contains(_ operation: Operation) -> Bool { ids.find(operation, in: operations).id != nil }

  package mutating func constant(_ value: Double) -> NodeID { intern(.constant(value.bitPattern)) }
  package mutating func leaf(_ leaf: Leaf) -> NodeID { intern(.leaf(leaf)) }

  /// The value of a constant node.
  package func constantValue(of id: NodeID) -> Double? {
    if case .constant(let bits) = self[id] { Double(bitPattern: bits) } else { nil }
  }

  /// Whether `id` can change during a run; else it is made of constants and parameters.
  package func isRunning(_ id: NodeID) -> Bool { traits[Int(id.index)].contains(.isRunning) }

  /// Whether `id` can be only 0 or 1.
  package func isTruthValue(_ id: NodeID) -> Bool { traits[Int(id.index)].contains(.isTruthValue) }

  private func traits(of operation: Operation) -> NodeTraits {
    var result: NodeTraits = []
    operation.forEachOperand { if isRunning($0) { result.insert(.isRunning) } }
    switch operation {
    case .leaf(let leaf):
      if leaf.isRunning { result.insert(.isRunning) }
      if case .mode = leaf { result.insert(.isTruthValue) }
    case .constant(let bits):
      if bits == (0.0).bitPattern || bits == (1.0).bitPattern { result.insert(.isTruthValue) }
    case .unary(.isPositive, _), .unary(.isNotNegative, _):
      result.insert(.isTruthValue)
    case .select(_, let then, let otherwise):
      if isTruthValue(then), isTruthValue(otherwise) { result.insert(.isTruthValue) }
    case .unary, .binary, .integerPower:
      break
    }
    return result
  }
}

extension ExpressionGraph {
  /// Every node that `roots` need, operands first, without what `isKnown` says is done already (nor what only that
  /// needs).
  package func reachable(from roots: [NodeID], isKnown: (NodeID) -> Bool = { _ in false }) -> [NodeID] {
    var marked = [Bool](repeating: false, count: operations.count)
    var highest = -1
    func mark(_ id: NodeID) {
      guard !isKnown(id) else { return }
      marked[Int(id.index)] = true
      highest = max(highest, Int(id.index))
    }
    for root in roots { mark(root) }
    var result: [NodeID] = []
    result.reserveCapacity(highest + 1)
    // Operands precede their users, so one pass downwards meets every node after all of its users.
    var index = highest
    while index >= 0 {
      if marked[index] {
        let id = NodeID(index: Int32(index))
        result.append(id)
        self[id].forEachOperand(mark)
      }
      index -= 1
    }
    result.reverse()
    return result
  }
}
