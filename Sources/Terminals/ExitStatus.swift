internal import Glibc
package import Neuristor

/// What the program tells the shell; thrown by a command that does not end with `done`.
package enum ExitStatus: Error {
  case done
  /// An `.expect` does not hold.
  case expectationFailed
  /// The netlist, a file or the command line is wrong.
  case wrongInput
  /// The solver could not go on, or a file could not be written.
  case gaveUp
  /// By this signal.
  case interrupted(Int32)

  package init(_ status: SimulationResult.Status) {
    self =
      switch status {
      case .completed: .done
      case .expectationFailed: .expectationFailed
      case .invalid: .wrongInput
      case .gaveUp: .gaveUp
      case .interrupted: .interrupted(Interruption.signal)
      }
  }

  package var code: Int32 {
    switch self {
    case .done: 0
    case .expectationFailed: 1
    case .wrongInput: 2
    case .gaveUp: 3
    case .interrupted(let signal): 128 + signal
    }
  }

  /// Throws this status unless it is `done`.
  package func check() throws(ExitStatus) {
    if case .done = self { return }
    throw self
  }

  package func exit() -> Never { Glibc.exit(code) }
}
