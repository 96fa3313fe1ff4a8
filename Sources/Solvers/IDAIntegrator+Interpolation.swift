internal import CSundials

extension IDAIntegrator {
  /// All of y and y' at `time` of the last step, into buffers of `count`.
  package func interpolate(
    at time: Double, y: UnsafeMutablePointer<Double>, rate: UnsafeMutablePointer<Double>
  ) {
    guard let values = StateVector_New(sunindextype(count), y, context),
      let rates = StateVector_New(sunindextype(count), rate, context)
    else { return }
    defer {
      N_VDestroy(values)
      N_VDestroy(rates)
    }
    let inside = min(max(time, previousTime), self.time)
    _ = IDAGetDky(memory, inside, 0, values)
    _ = IDAGetDky(memory, inside, 1, rates)
  }
}
