import Kernels

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(seed)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Operations chosen at random such that values stay moderate: what differs between two evaluations is then rounding.
struct RandomGraph {
  static let leaves: [Leaf] = [
    .variable(0), .variable(1), .rate(1), .time, .parameter(0), .parameter(1), .derived(0), .memory(0), .mode(0),
  ]

  var graph = ExpressionGraph()
  var nodes: [NodeID] = []
  /// Without step functions, so that every node is differentiable.
  let isSmooth: Bool

  init(seed: Int, operations: Int, isSmooth: Bool = false) {
    self.isSmooth = isSmooth
    var generator = SeededGenerator(seed: seed)
    nodes = Self.leaves.map { graph.leaf($0) }
    for _ in 0..<operations { nodes.append(operation(&generator)) }
  }

  func roots(_ count: Int) -> [NodeID] { Array(nodes.suffix(count)) }

  private mutating func operation(_ generator: inout SeededGenerator) -> NodeID {
    let x = pick(&generator)
    let y = pick(&generator)
    let c = Double.random(in: -3...3, using: &generator)
    switch Int.random(in: 0..<(isSmooth ? 26 : 32), using: &generator) {
    case 0: return bounded(graph.add(x, y))
    case 1: return bounded(graph.subtract(x, y))
    case 2: return bounded(graph.multiply(x, y))
    case 3: return bounded(graph.divide(x, positive(y)))
    case 4: return graph.divide(graph.add(x, c), graph.constant(3))
    case 5: return graph.subtract(graph.constant(c), x)
    case 6: return graph.multiply(x, c)
    case 7: return bounded(graph.subtract(y, graph.multiply(x, c)))
    case 8: return bounded(graph.add(graph.multiply(x, y), pick(&generator)))
    case 9: return bounded(graph.subtract(pick(&generator), graph.multiply(x, y)))
    case 10: return bounded(graph.subtract(graph.multiply(x, c), y))
    case 11: return bounded(graph.power(x, Int32.random(in: 2...5, using: &generator)))
    case 12: return graph.power(positive(x), Int32.random(in: -4 ... -1, using: &generator))
    case 13: return graph.apply(.squareRoot, positive(x))
    case 14:
      return bounded(graph.apply(.exponential, graph.divide(graph.subtract(graph.constant(c), x), graph.constant(7))))
    case 15: return bounded(graph.multiply(graph.apply(.exponential, graph.multiply(x, c)), 0.125))
    case 16: return graph.apply(.bernoulli, graph.multiply(x, c))
    case 17: return graph.apply(.exprel, x)
    case 18: return graph.apply(.logarithm, positive(x))
    case 19: return graph.apply(.hyperbolicTangent, x)
    case 20:
      return graph.apply(
        [.sine, .cosine, .arcTangent, .inverseHyperbolicSine][Int.random(in: 0..<4, using: &generator)], x)
    case 21: return graph.insert(.binary(.power, positive(x), bounded(y)))
    case 22: return graph.insert(.binary(.arcTangent2, positive(x), y))
    case 23: return graph.select(graph.leaf(.mode(0)), x, y)
    case 24: return graph.apply(.exponentialMinusOne, bounded(x))
    case 25: return graph.apply(.logarithmOnePlus, positive(x))
    case 26: return graph.insert(.binary(.minimum, x, y))
    case 27: return graph.insert(.binary(.maximum, x, y))
    case 28: return graph.apply(.floor, graph.multiply(x, c))
    case 29: return graph.select(graph.apply(.isPositive, x), y, pick(&generator))
    case 30: return graph.select(graph.apply(.isNotNegative, x), y, graph.constant(c))
    default: return graph.negate(x)
    }
  }

  private func pick(_ generator: inout SeededGenerator) -> NodeID {
    nodes[max(0, nodes.count - 1 - Int.random(in: 0..<14, using: &generator))]
  }

  private mutating func positive(_ x: NodeID) -> NodeID { graph.add(graph.power(x, 2), 0.5) }

  /// 3 tanh(x/3): about x, and never far from 0.
  private mutating func bounded(_ x: NodeID) -> NodeID {
    graph.multiply(graph.apply(.hyperbolicTangent, graph.divide(x, graph.constant(3))), 3)
  }
}

/// Columns for the leaves of a program: `count` values each with no room behind, and whether they are shared.
struct Columns {
  let count: Int
  private var values: [Leaf: [Double]] = [:]

  init(_ leaves: [Leaf], count: Int, seed: Int) {
    self.count = count
    var generator = SeededGenerator(seed: seed)
    for leaf in leaves {
      values[leaf] = (0..<count).map { _ in
        if case .mode = leaf { return Double(Int.random(in: 0...1, using: &generator)) }
        return Double.random(in: -2...2, using: &generator)
      }
    }
  }

  subscript(leaf: Leaf, instance: Int) -> Double {
    get { isShared(leaf) ? values[leaf]![0] : values[leaf]![instance] }
    set { values[leaf]![instance] = newValue }
  }

  func isShared(_ leaf: Leaf) -> Bool { leaf == .time || leaf == .parameter(1) }

  /// Runs `program`; every column ends exactly at `count`, between guard values that must survive.
  func run(_ program: KernelProgram) -> [[Double]] {
    run(KernelRunner(program))
  }

  func run(_ runner: KernelRunner) -> [[Double]] {
    let program = runner.program
    var inputs: [KernelColumn] = []
    var allocations: [UnsafeMutablePointer<Double>] = []
    defer { for allocation in allocations { allocation.deallocate() } }
    for leaf in program.leaves {
      let length = isShared(leaf) ? KernelRunner.blockLength : count
      let column = UnsafeMutablePointer<Double>.allocate(capacity: max(1, length))
      for i in 0..<length { (column + i).initialize(to: self[leaf, min(i, count - 1)]) }
      allocations.append(column)
      inputs.append(KernelColumn(column, isUniform: isShared(leaf)))
    }
    let margin = 16
    let mark = 1.25e77
    let outputs = (0..<program.outputCount).map { _ in
      let column = UnsafeMutablePointer<Double>.allocate(capacity: count + 2 * margin)
      column.initialize(repeating: mark, count: count + 2 * margin)
      allocations.append(column)
      return column + margin
    }
    runner.run(count: count, inputs: inputs, outputs: outputs)
    for column in outputs {
      for i in 1...margin where column[-i] != mark || column[count + i - 1] != mark {
        return []
      }
    }
    return outputs.map { column in (0..<count).map { column[$0] } }
  }
}
