internal import Diagnostics
internal import Solvers
internal import Waveforms

/// Why a run stopped before its end.
enum RunStop: Error {
  case solver(SolverFailure)
  /// What is to be said is known already.
  case complaint(Diagnostic)
  case sink(SinkFailure)
  case interrupted

  static func solving(_ body: () throws(SolverFailure) -> Void) throws(RunStop) {
    do throws(SolverFailure) { try body() } catch { throw .solver(error) }
  }

  static func writing(_ body: () throws(SinkFailure) -> Void) throws(RunStop) {
    do throws(SinkFailure) { try body() } catch { throw .sink(error) }
  }
}
