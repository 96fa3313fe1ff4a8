/// The outcome of one `.measure` line.
package struct MeasureResult: Sendable, Equatable {
  package var name: String
  package var value: Result<Double, MeasureFailure>

  package init(name: String, value: Result<Double, MeasureFailure>) {
    self.name = name
    self.value = value
  }
}

/// Why a measure has no value.
package enum MeasureFailure: Error, Sendable, Equatable {
  case nothingObserved
  case tooFewCrossings(found: Int, CrossingEdge, CrossingOccurrence)
  case outsideRun(axis: Double, from: Double, to: Double)
  case emptyWindow(AxisWindow)
  case noSpikeWindow(spikes: Int)
  case noWholePeriod
  case notFinite
  case trigger(Box)
  case target(Box)
  /// A result that an expression reads has no value.
  case dependency(name: String, Box)
  case noSuchSpike(name: String, wanted: Int, found: Int)
  case noVelocity(signals: Int)
  case noSpacing
  case missing(name: String)
  /// The expression met a domain fault, or refers to itself.
  case expression(String)

  /// Another failure as the cause.
  package indirect enum Box: Sendable, Equatable {
    case cause(MeasureFailure)
  }
}

extension MeasureFailure: CustomStringConvertible {
  /// Finishes the sentence "NAME failed: ...".
  package var description: String {
    switch self {
    case .nothingObserved: "the analysis produced no points"
    case .tooFewCrossings(let found, let edge, let occurrence): Self.crossings(found, edge, occurrence)
    case .outsideRun(let axis, let from, let to):
      "\(NumberFormat.spice(axis)) lies outside the run, which goes from \(NumberFormat.spice(from)) to "
        + NumberFormat.spice(to)
    case .emptyWindow(let window): "no point of the run lies in the window" + Self.bounds(window)
    case .noSpikeWindow(let spikes):
      spikes == 0
        ? "there is no spike to look around"
        : "the windows around all \(spikes) spikes reach outside the run"
    case .noWholePeriod: "the signal makes no whole period: give the window with from= and to="
    case .notFinite: "its value is not a finite number"
    case .trigger(.cause(let cause)): "trig: \(cause)"
    case .target(.cause(let cause)): "targ: \(cause)"
    case .dependency(let name, .cause(let cause)): "'\(name)' has no value: \(cause)"
    case .noSuchSpike(_, let wanted, let found):
      "spike \(wanted) is asked for, but there \(found == 1 ? "is" : "are") \(found == 0 ? "none" : "only \(found)")"
    case .noVelocity(let signals):
      signals < 2 ? "a velocity needs two signals at least" : "the spike did not pass both signals in order"
    case .noSpacing: "a velocity needs spacing=, the distance between neighbouring signals in metres"
    case .missing(let name): "there is no result named '\(name)'"
    case .expression(let reason): reason
    }
  }

  private static func crossings(_ found: Int, _ edge: CrossingEdge, _ occurrence: CrossingOccurrence) -> String {
    let kind =
      switch edge {
      case .rise: "upward crossing"
      case .fall: "downward crossing"
      case .cross: "crossing"
      }
    if case .fromLast(let wanted) = occurrence, found > 0 {
      return "\(kind) \(wanted) from the last is asked for, but there \(found == 1 ? "is" : "are") only \(found)"
    }
    guard case .number(let wanted) = occurrence, found > 0 else { return "there is no \(kind)" }
    return "\(kind) \(wanted) is asked for, but there \(found == 1 ? "is" : "are") only \(found)"
  }

  private static func bounds(_ window: AxisWindow) -> String {
    switch (window.from.isFinite, window.to.isFinite) {
    case (true, true): " from \(NumberFormat.spice(window.from)) to \(NumberFormat.spice(window.to))"
    case (true, false): " from \(NumberFormat.spice(window.from)) on"
    case (false, true): " up to \(NumberFormat.spice(window.to))"
    case (false, false): ""
    }
  }
}
