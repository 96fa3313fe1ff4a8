internal import Kernels
internal import Solvers

/// A program with every leaf bound to a column, ready to run on a group at any (t, y, y').
final class BoundKernel {
  /// Where a leaf's column lies.
  enum Source {
    case fixed(KernelColumn)
    /// Offset into y or y'.
    case unknown(Int)
    case rate(Int)
  }

  /// Where an output's column is written.
  enum Target {
    case fixed(UnsafeMutablePointer<Double>)
    /// Offset into the residual.
    case result(Int)
  }

  /// What is run, for `inspect`.
  var program: KernelProgram { runner.program }

  private let runner: KernelRunner
  private let count: Int
  private let arena: Arena
  private let columns: UnsafeMutablePointer<KernelColumn>
  private let outputs: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
  private let unknownSlots: [(slot: Int, offset: Int)]
  private let rateSlots: [(slot: Int, offset: Int)]
  private let resultSlots: [(slot: Int, offset: Int)]
  /// First instance of the block that the runner's slots are bound to; -1 for none.
  private var boundStart = -1
  /// The point and the result that `run` has bound them to.
  private var boundPoint = Point()

  private struct Point: Equatable {
    var y: UnsafePointer<Double>?
    var rate: UnsafePointer<Double>?
    var result: UnsafeMutablePointer<Double>?
  }

  init(_ program: KernelProgram, to targets: [Target], count: Int, binding: (Leaf) -> Source) {
    runner = KernelRunner(program, longest: SweepBlocks.length(of: count))
    self.count = count
    arena = Arena()
    let nowhere = arena.doubles(1)
    columns = .allocate(capacity: max(program.leaves.count, 1))
    columns.initialize(repeating: KernelColumn(nowhere), count: max(program.leaves.count, 1))
    outputs = .allocate(capacity: max(targets.count, 1))
    outputs.initialize(repeating: nowhere, count: max(targets.count, 1))
    var unknownSlots: [(slot: Int, offset: Int)] = []
    var rateSlots: [(slot: Int, offset: Int)] = []
    var resultSlots: [(slot: Int, offset: Int)] = []
    for (slot, leaf) in program.leaves.enumerated() {
      switch binding(leaf) {
      case .fixed(let column): columns[slot] = column
      case .unknown(let offset): unknownSlots.append((slot, offset))
      case .rate(let offset): rateSlots.append((slot, offset))
      }
    }
    for (slot, target) in targets.enumerated() {
      switch target {
      case .fixed(let pointer): outputs[slot] = pointer
      case .result(let offset): resultSlots.append((slot, offset))
      }
    }
    self.unknownSlots = unknownSlots
    self.rateSlots = rateSlots
    self.resultSlots = resultSlots
  }

  deinit {
    columns.deallocate()
    outputs.deallocate()
  }

  /// `rate` may be nil where no leaf is a rate, `result` where all targets are fixed.
  func run(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, result: UnsafeMutablePointer<Double>?) {
    let point = Point(y: y, rate: rate, result: result)
    // Of one instance little else is to be done; the solvers' points lie where they lay before.
    if count == 1, boundStart == 0, point == boundPoint { return runner.runBound(1) }
    for slot in unknownSlots { columns[slot.slot] = KernelColumn(y + slot.offset) }
    if let rate {
      for slot in rateSlots { columns[slot.slot] = KernelColumn(rate + slot.offset) }
    }
    if let result {
      for slot in resultSlots { outputs[slot.slot] = result + slot.offset }
    }
    boundStart = -1
    boundPoint = point
    if count == 1 { return runSingle() }
    runner.run(count: count, inputs: columns, outputs: outputs)
  }

  /// Runs one block of instances where every column is fixed; those that the block fills itself are bound as uniform,
  /// and outputs are written from their beginning.
  func runBlock(_ start: Int, _ length: Int) {
    guard KernelRunner.bindsColumns(length) else {
      return runner.runBlock(start, length, inputs: columns, outputs: outputs)
    }
    bind(start)
    runner.runBound(length)
  }

  /// The same for a group of one instance.
  func runSingle() {
    bind(0)
    runner.runBound(1)
  }

  /// Puts what `runSingle` does into a list, which the kernel is to outlive.
  func append(to list: InstructionList) {
    bind(0)
    list.append(runner)
  }

  @inline(__always)
  private func bind(_ start: Int) {
    if boundStart == start { return }
    runner.bind(start, inputs: columns, outputs: outputs)
    boundStart = start
  }
}
