internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

extension KernelGroup {
  /// Splits what sources contribute to inputs into what stays and what moves; to be called once.
  func findMovingInputs(_ sources: SourceValues) {
    if sources.moving.isEmpty { return }
    for index in inputs.indices {
      inputs[index].movingKnown = inputs[index].known.filter {
        sources.isMoving(Int($0.waveform)) || sources.isMoving(node: $0.plus) || sources.isMoving(node: $0.minus)
      }
    }
  }

  var readsMovingSources: Bool { inputs.contains { !$0.movingKnown.isEmpty } }

  /// Brings the known parts of inputs up to date: all after a change of direct values, else those that move.
  func refreshOffsets(_ sources: SourceValues, all: Bool) {
    for input in inputs {
      for known in all ? input.known : input.movingKnown {
        var value = sources.tied[Int(known.plus)] - sources.tied[Int(known.minus)]
        var slope = sources.tiedSlopes[Int(known.plus)] - sources.tiedSlopes[Int(known.minus)]
        if known.waveform >= 0 {
          value += sources.values[Int(known.waveform)]
          slope += sources.slopes[Int(known.waveform)]
        }
        input.offset[Int(known.instance)] = value
        // Most sources stand still: a slope that is 0 stays unwritten.
        if input.offsetSlope[Int(known.instance)] != slope { input.offsetSlope[Int(known.instance)] = slope }
      }
    }
    if all { sweepWiring?.noteEqualOffsets(of: self) }
  }

  /// Whether a kernel of the group can depend on time.
  var mayReadTime: Bool { [local.graph, model.graph].contains { $0.operations.contains(.leaf(.time)) } }

  func setTime(_ value: Double) {
    if readsTime { time.update(repeating: value, count: blockStride) }
  }
  func setSlope(_ value: Double) { slope.update(repeating: value, count: blockStride) }

  /// Fills the input columns from the border; `y[-1]` and `rate[-1]` must be 0.
  func gather(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?) {
    for input in inputs {
      let pair = NodePair(input)
      pair.gather(y, 0, count, offset: input.offset, into: input.value)
      if let rate, input.wantsRate { pair.gather(rate, 0, count, offset: input.offsetSlope, into: input.rate) }
    }
  }

  /// Adds the outputs to the border's rows; `result[-1]` takes what enters ground.
  func scatter(into result: UnsafeMutablePointer<Double>) {
    for output in outputs {
      NodePair(output).scatter(output.value, 0, count, into: result)
      for extra in output.extra { result[extra.row] += extra.sign * output.value[extra.instance] }
    }
  }
}

/// The two border unknowns of every instance that an input reads or an output adds to.
struct NodePair {
  let plus: UnsafeMutablePointer<Int32>
  let minus: UnsafeMutablePointer<Int32>
  /// As `Incidence.runStart`.
  private let run: Int

  init(_ input: KernelGroup.Input) { (plus, minus, run) = (input.plus, input.minus, input.runStart) }
  init(_ output: KernelGroup.Output) { (plus, minus, run) = (output.plus, output.minus, output.runStart) }

  /// y[plus] - y[minus] + offset of `length` instances from `first` on, whose first offset is `offset[0]`, into the
  /// beginning of `column`.
  @inline(__always)
  func gather(
    _ y: UnsafePointer<Double>, _ first: Int, _ length: Int, offset: UnsafeMutablePointer<Double>,
    into column: UnsafeMutablePointer<Double>
  ) {
    if run >= 0 {
      let from = y + (run + first)
      forEachInstance(length) { k in column[k] = from[k] + offset[k] }
    } else {
      let (plus, minus) = (plus + first, minus + first)
      forEachInstance(length) { k in column[k] = y[Int(plus[k])] - y[Int(minus[k])] + offset[k] }
    }
  }

  /// Adds the first `length` of `values`, those of the instances from `first` on, at plus and takes them off at minus.
  @inline(__always)
  func scatter(
    _ values: UnsafeMutablePointer<Double>, _ first: Int, _ length: Int, into rows: UnsafeMutablePointer<Double>
  ) {
    if run >= 0 {
      let to = rows + (run + first)
      forEachInstance(length) { k in to[k] += values[k] }
    } else {
      let (plus, minus) = (plus + first, minus + first)
      forEachInstance(length) { k in
        rows[Int(plus[k])] += values[k]
        rows[Int(minus[k])] -= values[k]
      }
    }
  }
}
