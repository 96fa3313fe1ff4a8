internal import Kernels
internal import Solvers

/// A group of one instance, as most are in a circuit of a few devices: what a loop over instances prepares takes longer than
/// the one pass through it.
extension KernelGroup {
  /// As `sweep` of a block, without loops over instances.
  func sweepSingle(
    _ station: SweepStation, _ wiring: SweepWiring, _ trial: Trial, _ border: UnsafePointer<Double>,
    _ borderRate: UnsafePointer<Double>, batch: Int, matrix: BorderedMatrix,
    into solution: UnsafeMutablePointer<Double>, watches: Bool
  ) -> Bool {
    let blocks = station.blocks
    if size > 0 { trial.form(firstUnknown, size, into: blocks.value(0, 0), rate: blocks.rate(0, 0)) }
    if watches {
      station.statesAreFar = innerRanges.allSatisfy { $0.contains(blocks.value($0.position, 1), count: 1) }
    }
    for index in 0..<wiring.openCount {
      let range = wiring.openRanges[index]
      let value = blocks.value(range.position, 1)[0]
      if !(value > range.lower[0] && value < range.upper[0]) { return false }
    }
    var input = wiring.inputs
    for index in 0..<wiring.inputCount {
      blocks.input(index)[0] = input.pointee.pair.single(in: border) + input.pointee.offset[0]
      if input.pointee.wantsRate {
        blocks.inputRate(index)[0] = input.pointee.pair.single(in: borderRate) + input.pointee.offsetSlope[0]
      }
      input += 1
    }
    station.sweptKernel._withUnsafeGuaranteedRef { $0.runSingle() }
    let rightSide = matrix.borderRightSide
    for index in 0..<wiring.outputCount { wiring.outputs[index].addSingle(blocks.result(index)[0], to: rightSide) }
    for index in 0..<wiring.extraCount {
      let extra = wiring.extra[index]
      rightSide[extra.row] += extra.sign * blocks.result(extra.output)[0]
    }
    if size > 0 {
      matrix.eliminate(
        batch: batch, instances: 0..<1, rows: blocks.result(wiring.outputCount), stride: blocks.length, into: solution)
    }
    return true
  }
}

extension NodePair {
  /// y[plus] - y[minus] of the first instance.
  @inline(__always)
  fileprivate func single(in y: UnsafePointer<Double>) -> Double { y[Int(plus[0])] - y[Int(minus[0])] }

  /// Adds the first instance's `value` at plus and takes it off at minus.
  @inline(__always)
  fileprivate func addSingle(_ value: Double, to rows: UnsafeMutablePointer<Double>) {
    rows[Int(plus[0])] += value
    rows[Int(minus[0])] -= value
  }
}
