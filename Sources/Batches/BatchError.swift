/// What can be wrong with the file of a batch.
package enum BatchError: Error, Sendable, Equatable {
  /// Another program has it open.
  case locked(path: String)
  case readOnly(path: String)
  case full(path: String)
  case cannotOpen(path: String)
  /// A file of another kind, or a damaged one.
  case notABatch(path: String)
  /// A batch of something else: `trait` differs.
  case changed(path: String, trait: String, was: String, asked: String)
  /// Two files to be merged are of different batches.
  case unlike(path: String, other: String, trait: String)
  /// What SQLite said.
  case failed(path: String, reason: String)
  case unknownColumn(name: String, known: [String])

  /// Whether what was asked is wrong; else the file or the machine is at fault.
  package var isWrongInput: Bool {
    switch self {
    case .changed, .unlike, .unknownColumn, .notABatch, .cannotOpen: true
    case .locked, .readOnly, .full, .failed: false
    }
  }
}
