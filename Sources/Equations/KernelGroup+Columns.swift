internal import Circuits
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
  }

  func setTime(_ value: Double) {
    if readsTime { time.update(repeating: value, count: KernelRunner.blockLength) }
  }
  func setSlope(_ value: Double) { slope.update(repeating: value, count: KernelRunner.blockLength) }

  /// Fills the input columns from the border; `y[-1]` and `rate[-1]` must be 0.
  func gather(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?) {
    for input in inputs {
      Self.gather(y, input, offset: input.offset, into: input.value, count)
      if let rate, input.wantsRate { Self.gather(rate, input, offset: input.offsetSlope, into: input.rate, count) }
    }
  }

  private static func gather(
    _ y: UnsafePointer<Double>, _ input: Input, offset: UnsafePointer<Double>,
    into column: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    if input.runStart >= 0 {
      let from = y + input.runStart
      for instance in 0..<count { column[instance] = from[instance] + offset[instance] }
    } else {
      let plus = input.plus
      let minus = input.minus
      for instance in 0..<count {
        column[instance] = y[Int(plus[instance])] - y[Int(minus[instance])] + offset[instance]
      }
    }
  }

  /// Adds the outputs to the border's rows; `result[-1]` takes what enters ground.
  func scatter(into result: UnsafeMutablePointer<Double>) {
    for output in outputs {
      let value = output.value
      if output.runStart >= 0 {
        let to = result + output.runStart
        for instance in 0..<count { to[instance] += value[instance] }
      } else {
        let plus = output.plus
        let minus = output.minus
        for instance in 0..<count {
          result[Int(plus[instance])] += value[instance]
          result[Int(minus[instance])] -= value[instance]
        }
      }
      for extra in output.extra { result[extra.row] += extra.sign * value[extra.instance] }
    }
  }
}
