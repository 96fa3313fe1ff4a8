package import Diagnostics
package import Expressions

/// Which analysis a result belongs to, spelled as its directive.
package enum AnalysisKind: String, Sendable, CaseIterable {
  case op, dc, tran, ac, noise

  /// Whether its signals are not those of the running circuit but functions of frequency.
  package var isOverFrequency: Bool { self == .ac || self == .noise }
}

/// One `.measure` line, understood: numbers evaluated, signals as places in the watch list of its plan.
package struct MeasureRequest: Sendable {
  package enum Quantity: Sendable {
    /// `find SIGNAL at=` and `find SIGNAL when`: the signal at an instant.
    case find(signal: Int, Instant)
    /// `when`: the axis at a crossing.
    case when(CrossingCondition)
    /// `deriv SIGNAL at=` and `deriv SIGNAL when`: its derivative by the axis.
    case slope(signal: Int, Instant)
    /// `duty freq on_time off_time` of a signal that goes on and off.
    case cycles(CycleKind, signal: Int, CycleLevels, AxisWindow)
    /// `trig ... targ ...`: the distance on the axis from the first instant to the second.
    case delay(from: Instant, to: Instant)
    /// `max min pp avg ...`, an entry of `MeasureCatalogue`.
    case statistic(any WindowStatistic.Type, signal: Int, AxisWindow)
    /// The same in a window around every spike, averaged over the spikes.
    case statisticAroundSpikes(any WindowStatistic.Type, signal: Int, SpikeWindow)
    /// `lobe Y X`: the area of one side of a loop; the last whole period of X where there is no window.
    case lobe(y: Int, x: Int, side: LobeSide, AxisWindow?)
    /// `err1 A B`: how far B is from A, point by point.
    case error(ErrorKind, measured: Int, calculated: Int, ErrorBounds, AxisWindow)
    /// `param='...'`: of other results.
    case parameter(Expression)
  }

  package var name: String
  package var quantity: Quantity
  package var range: SourceRange
  /// Whether all further instants are wanted too: Xyce's `tran_cont`. They are called `name[2]`, `name[3]`, ...
  package var continues = false
  /// `default_val=`: what the measure is where it fails; nil: it fails.
  package var fallback: Double?

  package init(name: String, quantity: Quantity, range: SourceRange) {
    self.name = name
    self.quantity = quantity
    self.range = range
  }
}

/// `around=s before=1m after=4m`: [t_k - before, t_k + after] for every spike k of the last signal of s.
package struct SpikeWindow: Sendable, Equatable {
  /// Place of the spike train in its plan.
  package var train: Int
  package var before: Double
  package var after: Double

  package init(train: Int, before: Double, after: Double) {
    self.train = train
    self.before = before
    self.after = after
  }
}

package enum LobeSide: String, Sendable, CaseIterable {
  case positive = "+"
  case negative = "-"
}

/// What one analysis is to find out: the signals to watch, and what is read off them.
package struct MeasurePlan: Sendable {
  /// Signals by place; an analysis compiles them once.
  package var watched: [Expression]
  package var spikes: [SpikeRequest]
  package var measures: [MeasureRequest]
  package var fourier: [FourierRequest]

  package init(
    watched: [Expression] = [], spikes: [SpikeRequest] = [], measures: [MeasureRequest] = [],
    fourier: [FourierRequest] = []
  ) {
    self.watched = watched
    self.spikes = spikes
    self.measures = measures
    self.fourier = fourier
  }

  package var isEmpty: Bool { spikes.isEmpty && measures.isEmpty && fourier.isEmpty }

  /// Adds the `.four` lines of another plan.
  package mutating func append(fourierOf plan: MeasurePlan) {
    for request in plan.fourier {
      var request = request
      for index in request.signals.indices { request.signals[index].place += watched.count }
      fourier.append(request)
    }
    watched += plan.watched
  }
}
