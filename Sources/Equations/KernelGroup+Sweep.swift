internal import Kernels
internal import Solvers

/// Memory for one block of instances, used by every group in turn: what a sweep has just computed is still in the cache
/// when the kernel reads it, and what the kernel writes when it is eliminated.
final class SweepBlocks {
  /// `KernelRunner.blockLength`, as a constant of this module.
  static var length: Int { 128 }
  /// A group of so many is one block: what a second one costs is more than what it saves.
  private static var mostWhole: Int { 256 }
  /// Instances of the longest block of a group of `count`.
  static func length(of count: Int) -> Int { count <= mostWhole ? count : length }
  /// Instances of the longest block in this memory.
  let length: Int
  private let arena = Arena()
  private let values: UnsafeMutablePointer<Double>
  private let rates: UnsafeMutablePointer<Double>
  private let inputs: UnsafeMutablePointer<Double>
  private let inputRates: UnsafeMutablePointer<Double>
  /// The currents of outputs, then the rows of internal unknowns.
  private let results: UnsafeMutablePointer<Double>

  /// Room for `length` instances of the largest group.
  init(_ facts: StructuralFacts, length: Int) {
    self.length = length
    values = arena.doubles(facts.mostInternals * length)
    rates = arena.doubles(facts.mostInternals * length)
    inputs = arena.doubles(facts.mostInputs * length)
    inputRates = arena.doubles(facts.mostInputs * length)
    results = arena.doubles(facts.mostRows * length)
  }

  /// Room for the one instance of a group whose unknowns lie at `values` and `rates`.
  init(
    _ group: KernelGroup, values: UnsafeMutablePointer<Double>, rates: UnsafeMutablePointer<Double>
  ) {
    length = 1
    self.values = values
    self.rates = rates
    inputs = arena.doubles(group.inputs.count)
    inputRates = arena.doubles(group.inputs.count)
    results = arena.doubles(group.outputs.count + group.size)
  }

  /// Columns of internal unknowns, `stride` apart: those of a group that is one block lie one behind the other.
  func value(_ position: Int, _ stride: Int) -> UnsafeMutablePointer<Double> { values + position * stride }
  func rate(_ position: Int, _ stride: Int) -> UnsafeMutablePointer<Double> { rates + position * stride }
  func input(_ input: Int) -> UnsafeMutablePointer<Double> { inputs + input * length }
  func inputRate(_ input: Int) -> UnsafeMutablePointer<Double> { inputRates + input * length }
  func result(_ row: Int) -> UnsafeMutablePointer<Double> { results + row * length }

  func targets(_ outputs: Int, _ size: Int) -> [BoundKernel.Target] {
    (0..<outputs + size).map { .fixed(result($0)) }
  }
}

/// What one member of a crew sweeps a group with.
final class SweepStation {
  let blocks: SweepBlocks
  var kernel: BoundKernel { didSet { sweptKernel = .passUnretained(kernel) } }
  /// The kernel as a sweep runs it, without counting references.
  private(set) var sweptKernel: Unmanaged<BoundKernel>
  /// Whether its last share lay within the equations' domain.
  var isInside = true
  /// Whether the states of its last share that was watched lay within the inner ranges.
  var statesAreFar = false

  init(_ blocks: SweepBlocks, _ kernel: BoundKernel) {
    self.blocks = blocks
    self.kernel = kernel
    sweptKernel = .passUnretained(kernel)
  }
}

/// A group's wiring as the loops of a sweep read it.
struct SweepWiring {
  struct Input {
    var pair: NodePair
    var offset: UnsafeMutablePointer<Double>
    var offsetSlope: UnsafeMutablePointer<Double>
    var wantsRate: Bool
    /// Whether offsets and slopes are those of the first instance, always: every block reads the beginning of the
    /// columns, which stays in the cache.
    var offsetsAreEqual = false
  }

  struct Extra {
    var output: Int
    var instance: Int
    var row: Int
    var sign: Double
  }

  struct OpenRange {
    var position: Int
    var lower: UnsafeMutablePointer<Double>
    var upper: UnsafeMutablePointer<Double>
  }

  let inputs: UnsafeMutablePointer<Input>
  let inputCount: Int
  let outputs: UnsafeMutablePointer<NodePair>
  let outputCount: Int
  let extra: UnsafeMutablePointer<Extra>
  let extraCount: Int
  let openRanges: UnsafeMutablePointer<OpenRange>
  let openCount: Int
  /// Whether no two instances add to the same row, so that a crew may share them out.
  let isDivisible: Bool

  init(_ group: KernelGroup, openRanges open: [StateBounds.Bounded], _ arena: Arena) {
    inputs = arena.copy(
      group.inputs.map {
        Input(pair: NodePair($0), offset: $0.offset, offsetSlope: $0.offsetSlope, wantsRate: $0.wantsRate)
      })
    inputCount = group.inputs.count
    outputs = arena.copy(group.outputs.map { NodePair($0) })
    outputCount = group.outputs.count
    let rows = group.outputs.enumerated().flatMap { output, wired in
      wired.extra.map { Extra(output: output, instance: $0.instance, row: $0.row, sign: $0.sign) }
    }
    extra = arena.copy(rows)
    extraCount = rows.count
    openRanges = arena.copy(open.map { OpenRange(position: $0.position, lower: $0.lower, upper: $0.upper) })
    openCount = open.count
    let count = group.count
    let runs = group.outputs.map(\.runStart)
    isDivisible =
      rows.isEmpty
      && runs.allSatisfy { run in run >= 0 && runs.allSatisfy { $0 == run || abs($0 - run) >= count } }
  }

  /// Looks which inputs have one offset, now that all have been set. Slopes that nobody has written are 0, and are not
  /// read: they take no memory.
  func noteEqualOffsets(of group: KernelGroup) {
    let count = group.count
    for (index, input) in group.inputs.enumerated() {
      let slope = input.known.count == count ? input.offsetSlope[0] : 0
      inputs[index].offsetsAreEqual =
        input.movingKnown.isEmpty && (1..<max(count, 1)).allSatisfy { input.offset[$0] == input.offset[0] }
        && input.known.allSatisfy { input.offsetSlope[Int($0.instance)] == slope }
    }
  }
}

extension KernelGroup {
  /// Evaluates the group block by block and eliminates its rows; false where a state left its open range. `border` and
  /// `borderRate` hold the border's values and rates; place -1 is 0. With `watches` it finds out about `statesAreFar`.
  func sweep(
    _ trial: Trial, _ border: UnsafePointer<Double>, _ borderRate: UnsafePointer<Double>, batch: Int,
    matrix: BorderedMatrix, into solution: UnsafeMutablePointer<Double>, crew: Crew?, watches: Bool
  ) -> Bool {
    guard let wiring = sweepWiring, let firstStation else { return false }
    if count == 1 {
      return firstStation._withUnsafeGuaranteedRef {
        sweepSingle(
          $0, wiring, trial, border, borderRate, batch: batch, matrix: matrix, into: solution, watches: watches)
      }
    }
    guard let crew, wiring.isDivisible, count >= Crew.leastWork, !matrix.keepsInstances else {
      return firstStation._withUnsafeGuaranteedRef {
        sweep(
          0..<count, $0, wiring, trial, border, borderRate, batch: batch, matrix: matrix, into: solution,
          watches: watches)
      }
    }
    crew.run { member in
      let station = stations[member]
      station.isInside = sweep(
        crew.share(of: member, in: count), station, wiring, trial, border, borderRate, batch: batch, matrix: matrix,
        into: solution, watches: watches)
    }
    return stations.allSatisfy(\.isInside)
  }

  /// Some of the instances, from the beginning of a block on.
  private func sweep(
    _ instances: Range<Int>, _ station: SweepStation, _ wiring: SweepWiring, _ trial: Trial,
    _ border: UnsafePointer<Double>, _ borderRate: UnsafePointer<Double>, batch: Int, matrix: BorderedMatrix,
    into solution: UnsafeMutablePointer<Double>, watches: Bool
  ) -> Bool {
    let blocks = station.blocks
    let rightSide = matrix.borderRightSide
    let size = self.size
    let longest = blockStride
    var isInside = true
    station.statesAreFar = watches
    var first = instances.lowerBound
    while first < instances.upperBound {
      let length = min(longest, instances.upperBound - first)
      if count <= longest {
        // The rows of one block lie one behind the other.
        if size > 0 { trial.form(firstUnknown, size * count, into: blocks.value(0, 0), rate: blocks.rate(0, 0)) }
      } else {
        for position in 0..<size {
          trial.form(
            firstUnknown + position * count + first, length, into: blocks.value(position, longest),
            rate: blocks.rate(position, longest))
        }
      }
      for index in 0..<wiring.openCount where !holds(wiring.openRanges[index], blocks, first, length) {
        isInside = false
      }
      // What is left of the group is only formed.
      guard isInside else {
        first += length
        continue
      }
      if watches {
        for range in innerRanges where !range.contains(blocks.value(range.position, longest), count: length) {
          station.statesAreFar = false
        }
      }
      for index in 0..<wiring.inputCount {
        let input = wiring.inputs[index]
        let offset = input.offsetsAreEqual ? 0 : first
        input.pair.gather(border, first, length, offset: input.offset + offset, into: blocks.input(index))
        if input.wantsRate {
          input.pair.gather(
            borderRate, first, length, offset: input.offsetSlope + offset, into: blocks.inputRate(index))
        }
      }
      station.sweptKernel._withUnsafeGuaranteedRef { $0.runBlock(first, length) }
      for index in 0..<wiring.outputCount {
        wiring.outputs[index].scatter(blocks.result(index), first, length, into: rightSide)
      }
      for index in 0..<wiring.extraCount {
        let extra = wiring.extra[index]
        guard extra.instance >= first, extra.instance < first + length else { continue }
        rightSide[extra.row] += extra.sign * blocks.result(extra.output)[extra.instance - first]
      }
      if size > 0 {
        matrix.eliminate(
          batch: batch, instances: first..<first + length, rows: blocks.result(wiring.outputCount),
          stride: blocks.length, into: solution)
      }
      first += length
    }
    return isInside
  }

  /// Whether all states lay within the inner ranges at the last sweep that watched them.
  var statesAreFar: Bool { innerRanges.isEmpty || stations.allSatisfy(\.statesAreFar) }

  /// Distance between the columns of internal unknowns in the blocks.
  var blockStride: Int { SweepBlocks.length(of: count) }

  private func holds(_ range: SweepWiring.OpenRange, _ blocks: SweepBlocks, _ first: Int, _ length: Int) -> Bool {
    let value = blocks.value(range.position, blockStride)
    let lower = range.lower + first
    let upper = range.upper + first
    for k in 0..<length where !(value[k] > lower[k] && value[k] < upper[k]) { return false }
    return true
  }
}
