/// A waveform file that cannot be read.
package enum WaveformFileError: Error, Sendable, Equatable {
  case unreadable(path: String, reason: String)
  case empty(path: String)
  /// A header line that a raw file must have is not there.
  case missingHeader(path: String, String)
  /// The header promises more signals or points than a file of that size can hold.
  case truncated(path: String)
  /// A cell that is no number; lines and columns from 1.
  case notANumber(path: String, line: Int, column: Int, text: String)
  case missingHDF5(path: String)
  /// The library cannot open it, or it is laid out otherwise; the reason finishes "...: ".
  case unreadableHDF5(path: String, reason: String)
  case unequalRows(path: String, line: Int, expected: Int, found: Int)
}
