internal import Kernels
internal import Solvers

/// The sweep of a circuit without two devices alike, as a single neuron is: its equations, its linear elements and their
/// elimination are one list of instructions, and the point of an iteration is formed at once.
///
/// Where the border was factored as a tree, its solution and what follows from it for the blocks is part of the list too.
/// The same sums as those of a sweep by groups, but for their rounding.
final class SingleSweep {
  /// Unknowns and rates of the point; place -1, for ground, is 0.
  private let y: UnsafeMutablePointer<Double>
  private let rate: UnsafeMutablePointer<Double>
  private let count: Int
  private let list: InstructionList
  private let openRanges: [(value: UnsafeMutablePointer<Double>, range: SweepWiring.OpenRange)]
  /// What the list has pointers into.
  private let blocks: [SweepBlocks]
  private let kernels: [BoundKernel]
  private let arena = Arena()
  private let matrix: BorderedMatrix
  private let solution: UnsafeMutablePointer<Double>
  private let solves: Bool

  /// More unknowns are swept group by group, where loops over instances may pay.
  private static let mostUnknowns = 64

  /// Nil where the circuit is none of these.
  init?(_ evaluator: SystemEvaluator, _ matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>) {
    let groups = evaluator.groups
    guard !groups.isEmpty, evaluator.count <= Self.mostUnknowns, !evaluator.linear.hasBands,
      groups.allSatisfy({ $0.count == 1 && $0.sweepWiring != nil })
    else { return nil }
    count = evaluator.count
    self.matrix = matrix
    self.solution = solution
    solves = matrix.solvesByProducts
    // From the fourth double on: whole fours of unknowns are written at once.
    let y = arena.doubles(count + 8) + 4
    let rate = arena.doubles(count + 8) + 4
    self.y = y
    self.rate = rate
    blocks = groups.map { SweepBlocks($0, values: y + $0.firstUnknown, rates: rate + $0.firstUnknown) }
    kernels = zip(groups, blocks).map { $0.sweepKernel(in: $1) }
    openRanges = groups.flatMap { group in
      let ranges = group.sweepWiring.map { UnsafeBufferPointer(start: $0.openRanges, count: $0.openCount) }
      return ranges?.map { (y + group.firstUnknown + $0.position, $0) } ?? []
    }
    let rows = zip(groups, blocks).map { $1.result($0.outputs.count) }
    guard let products = matrix.eliminationProducts(rows: rows, into: solution) else { return nil }

    let rightSide = matrix.borderRightSide
    list = InstructionList(
      groups.contains(where: \.hasPins) ? MachineCodeCache() : evaluator.system.compiled.sweepCode)
    for (group, blocks) in zip(groups, blocks) {
      for (index, input) in group.inputs.enumerated() {
        Self.append(to: list, input, of: y, offset: input.offset, into: blocks.input(index))
        if input.wantsRate {
          Self.append(to: list, input, of: rate, offset: input.offsetSlope, into: blocks.inputRate(index))
        }
      }
    }
    for kernel in kernels { kernel.append(to: list) }
    evaluator.linear.append(to: list, evaluator.sources, y: y, rate: rate, into: rightSide)
    for (group, blocks) in zip(groups, blocks) {
      for (index, output) in group.outputs.enumerated() {
        guard Self.append(to: list, output, blocks.result(index), rightSide) else { return nil }
      }
    }
    for product in products { Self.append(to: list, product) }
    if solves { for product in matrix.solutionProducts(into: solution) { Self.append(to: list, product) } }
    list.seal()
  }

  /// Whether it was made for an elimination into `solution`, and for a border factored as it is now.
  @inline(__always)
  func serves(_ matrix: BorderedMatrix, _ solution: UnsafeMutablePointer<Double>) -> Bool {
    self.matrix === matrix && self.solution == solution && !matrix.keepsInstances && matrix.solvesByProducts == solves
  }

  /// y[plus] - y[minus] + offset
  private static func append(
    to list: InstructionList, _ input: KernelGroup.Input, of y: UnsafeMutablePointer<Double>,
    offset: UnsafeMutablePointer<Double>, into value: UnsafeMutablePointer<Double>
  ) {
    let (plus, minus) = (Int(input.plus[0]), Int(input.minus[0]))
    if minus < 0 {
      list.append(.add, y + plus, offset, into: value)
    } else if plus < 0 {
      list.append(.subtract, offset, y + minus, into: value)
    } else {
      list.append(.subtract, y + plus, y + minus, into: value)
      list.append(.add, value, offset, into: value)
    }
  }

  /// Adds an output's current to the rows it enters; false where it enters one by a factor.
  ///
  /// What enters ground is looked at (`BorderedMatrix.endSweep`) where it has no other end.
  private static func append(
    to list: InstructionList, _ output: KernelGroup.Output, _ current: UnsafeMutablePointer<Double>,
    _ rightSide: UnsafeMutablePointer<Double>
  ) -> Bool {
    let (plus, minus) = (Int(output.plus[0]), Int(output.minus[0]))
    if plus >= 0 || minus < 0 { list.append(.add, rightSide + plus, current, into: rightSide + plus) }
    if minus >= 0 { list.append(.subtract, rightSide + minus, current, into: rightSide + minus) }
    for extra in output.extra {
      guard extra.sign.magnitude == 1 else { return false }
      list.append(extra.sign > 0 ? .add : .subtract, rightSide + extra.row, current, into: rightSide + extra.row)
    }
    return true
  }

  private static func append(to list: InstructionList, _ product: EliminationProduct) {
    let target = product.target
    switch product.effect {
    case .replace: list.append(.multiply, product.factor, product.source, into: target)
    case .add: list.append(.multiplyAdd, product.factor, product.source, target, into: target)
    case .subtract: list.append(.subtractProduct, product.factor, product.source, target, into: target)
    }
  }

  /// As `SweptProblem.sweep`; sources stand at the trial's time.
  func run(_ trial: Trial) -> Bool {
    trial.form(all: count, into: y, rate: rate)
    for open in openRanges {
      let value = open.value.pointee
      if !(value > open.range.lower[0] && value < open.range.upper[0]) { return false }
    }
    list.run()
    matrix.isSolved = solves
    return true
  }
}
