internal import CSundials

extension IDAIntegrator {
  /// All of y and y' at `time` of the last step, into buffers of `count`.
  package func interpolate(
    at time: Double, y: UnsafeMutablePointer<Double>, rate: UnsafeMutablePointer<Double>
  ) {
    if borrowed?.y != y || borrowed?.rate != rate { borrowed = BorrowedVectors(y, rate, count: count, context) }
    guard let borrowed else { return }
    let inside = min(max(time, previousTime), self.time)
    _ = IDAGetDky(memory, inside, 0, borrowed.values)
    _ = IDAGetDky(memory, inside, 1, borrowed.rates)
  }
}

/// Buffers of others as IDA's vectors. An event is looked for in some twenty of its step's instants, always into the same
/// buffers: the vectors are made once.
final class BorrowedVectors {
  let y: UnsafeMutablePointer<Double>
  let rate: UnsafeMutablePointer<Double>
  let values: N_Vector
  let rates: N_Vector

  init?(_ y: UnsafeMutablePointer<Double>, _ rate: UnsafeMutablePointer<Double>, count: Int, _ context: SUNContext) {
    guard let values = StateVector_New(sunindextype(count), y, context) else { return nil }
    guard let rates = StateVector_New(sunindextype(count), rate, context) else {
      N_VDestroy(values)
      return nil
    }
    self.y = y
    self.rate = rate
    self.values = values
    self.rates = rates
  }

  deinit {
    N_VDestroy(values)
    N_VDestroy(rates)
  }
}
