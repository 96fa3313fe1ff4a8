internal import Diagnostics

/// Complaints about what `neuristor sweep` is told.
extension Diagnostic {
  static func malformedSweep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "malformed-sweep", "this is no list of values", at: range,
      fixIts: [
        FixIt(
          "write: --param NAME=from:to:step, NAME=lin:from:to:count, NAME=log:from:to:count or NAME=value,value,..."),
        FixIt("with --samples: --param NAME=from:to or NAME=log:from:to"),
      ])
  }

  static func sampledList(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "malformed-sweep", "samples are taken from a range, and this is a list of values", at: range,
      fixIts: [FixIt("write: --param NAME=from:to or NAME=log:from:to")])
  }

  static func tooManyDimensions(_ range: SourceRange, most: Int) -> Diagnostic {
    Diagnostic(
      .error, "malformed-sweep", "Sobol's sequence is tabled for \(most) parameters", at: range,
      fixIts: [FixIt("write --samples lhs:N")])
  }

  static func unequalCounts(_ range: SourceRange, count: Int, first: SourceRange, firstCount: Int) -> Diagnostic {
    Diagnostic(
      .error, "unequal-sweeps", "with --zip every parameter has as many values as the first", at: range,
      caption: "these are \(count)", labels: [Label(first, "these are \(firstCount)")])
  }

  static func sweepOfGiven(_ range: SourceRange, name: String) -> Diagnostic {
    Diagnostic(
      .error, "repeated-step", "'\(name)' is swept, and --set gives it a value too", at: range,
      fixIts: [FixIt("leave one of them out")])
  }
}
