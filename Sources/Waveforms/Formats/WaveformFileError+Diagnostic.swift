package import Diagnostics

extension WaveformFileError {
  package var diagnostic: Diagnostic {
    switch self {
    case .unreadable(let path, let reason):
      Diagnostic(.error, "unreadable-waveforms", "cannot read '\(path)': \(reason)", at: nil)
    case .empty(let path):
      damaged("'\(path)' is empty", "a run that has not written its first point yet leaves an empty file")
    case .missingHeader(let path, let line):
      damaged("'\(path)' is not a raw file: its header has no line '\(line)'")
    case .truncated(let path):
      damaged("'\(path)' ends before its header is complete")
    case .notANumber(let path, let line, let column, let text):
      damaged("'\(path)' line \(line), column \(column): '\(text)' is not a number")
    case .missingHDF5(let path): .missingHDF5(path: path)
    case .unreadableHDF5(let path, let reason):
      damaged("'\(path)' is not an HDF5 file of waveforms: \(reason)")
    case .unequalRows(let path, let line, let expected, let found):
      damaged("'\(path)' line \(line) has \(found) columns, the first line \(expected)")
    }
  }

  private func damaged(_ message: String, _ notes: String...) -> Diagnostic {
    Diagnostic(.error, "damaged-waveforms", message, at: nil, notes: notes)
  }
}

extension Diagnostic {
  /// Reading and writing HDF5 files need the same library.
  static func missingHDF5(path: String) -> Diagnostic {
    Diagnostic(
      .error, "missing-hdf5",
      "'\(path)' is for the HDF5 library, which is not installed: apt-get install libhdf5-dev", at: nil)
  }
}
