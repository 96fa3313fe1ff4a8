/// What the points that follow are.
package struct PlotHeader: Sendable {
  package var title: String
  /// "Transient Analysis", "AC Analysis", "Operating Point", ...: ngspice's words.
  package var plotName: String
  /// As in the netlist: "tran", "ac", "op"; empty where a file does not say.
  package var analysis: String
  /// The independent variable, first column of every point.
  package var axis: Signal
  package var signals: [Signal]
  /// Points lie evenly on the axis's logarithm.
  package var isLogarithmic = false
  /// Which run of the netlist.
  package var run = RunPlace()

  package init(title: String, plotName: String, analysis: String = "", axis: Signal, signals: [Signal]) {
    self.title = title
    self.plotName = plotName
    self.analysis = analysis
    self.axis = axis
    self.signals = signals
  }
}

/// How a run ended, for the last words of a file.
package enum RunEnding: Sendable, Equatable {
  case completed
  case failed(String)
  case interrupted
}

/// Takes points one by one while a run goes on: a table in memory, a file, a picture.
package protocol WaveformSink: AnyObject {
  func begin(_ header: PlotHeader) throws(SinkFailure)
  /// `point[0]` is the axis; `point.count` is 1 + signals, a complex signal being two.
  func append(_ point: Span<Double>) throws(SinkFailure)
  func finish(_ ending: RunEnding) throws(SinkFailure)
}

/// A sink cannot go on (the disk is full, the pipe is closed); what it has written so far stays.
package struct SinkFailure: Error, Sendable, Equatable {
  package var path: String
  /// Why, in words that finish the sentence "cannot write 'x': ...".
  package var reason: String
  /// Who read from the pipe has read enough: no fault of the run.
  package var isClosedPipe: Bool
  /// The library that writes HDF5 is not installed.
  package var lacksHDF5: Bool

  package init(path: String, reason: String, isClosedPipe: Bool = false, lacksHDF5: Bool = false) {
    self.path = path
    self.reason = reason
    self.isClosedPipe = isClosedPipe
    self.lacksHDF5 = lacksHDF5
  }
}
