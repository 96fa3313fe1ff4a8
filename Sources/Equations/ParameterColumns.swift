internal import Circuits
internal import Kernels
internal import Solvers

/// A group's parameters, and what is computed from them once, as columns for kernels.
struct ParameterColumns {
  let count: Int
  private let arena: Arena
  private(set) var parameters: [KernelColumn] = []
  private(set) var derived: [KernelColumn] = []

  init(_ group: DeviceGroup, arena: Arena) {
    count = group.count
    self.arena = arena
    for column in group.parameters {
      switch column {
      case .uniform(let value): parameters.append(KernelColumn(uniform: value, count: count, arena))
      case .values(let values): parameters.append(KernelColumn(arena.copy(values)))
      }
    }
  }

  /// Instances of the longest block.
  private var blockLength: Int { SweepBlocks.length(of: count) }

  /// Computes the parameter-only nodes that `.derived(k)` stands for.
  mutating func setDerived(_ programs: [KernelProgram]) {
    derived = evaluate(programs)
  }

  /// Columns of nodes over parameters alone; uniform where all they read is.
  func evaluate(_ nodes: [NodeID], of graph: ExpressionGraph) -> [KernelColumn] {
    evaluate(nodes.map { KernelProgram(graph, outputs: [$0]) })
  }

  /// Columns of what programs make of parameters alone.
  func evaluate(_ programs: [KernelProgram]) -> [KernelColumn] {
    programs.map { program in
      let inputs = program.leaves.map { leaf -> KernelColumn in
        if case .parameter(let index) = leaf {
          parameters[index]
        } else {
          KernelColumn(uniform: .nan, count: count, arena)
        }
      }
      let isUniform = inputs.allSatisfy(\.isUniform)
      let length = isUniform ? 1 : count
      let values = arena.doubles(isUniform ? blockLength : count)
      withUnsafePointer(to: values) { outputs in
        inputs.withUnsafeBufferPointer { inputs in
          let none = KernelColumn(values)
          withUnsafePointer(to: none) {
            KernelRunner(program, longest: min(length, blockLength)).run(
              count: length, inputs: inputs.baseAddress ?? $0, outputs: outputs)
          }
        }
      }
      if isUniform { values.update(repeating: values[0], count: blockLength) }
      return KernelColumn(values, isUniform: isUniform)
    }
  }

  /// Gives a parameter one value for all instances; what is bound to its column sees it.
  func set(_ index: Int, to value: Double) {
    let column = parameters[index]
    let length = column.isUniform ? blockLength : count
    UnsafeMutablePointer(mutating: column.pointer).update(repeating: value, count: length)
  }

  /// One value per instance, whether uniform or not.
  func values(_ column: KernelColumn) -> [Double] {
    (0..<count).map { column.pointer[column.isUniform ? 0 : $0] }
  }
}

extension KernelColumn {
  /// One value for all instances of a group of `count`.
  init(uniform value: Double, count: Int, _ arena: Arena) {
    self.init(arena.doubles(SweepBlocks.length(of: count), filledWith: value), isUniform: true)
  }
}
