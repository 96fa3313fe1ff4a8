/// One number of the comparison, or the reason why there is none.
package struct NeuronMeasure: Sendable, Equatable {
  /// What kind of quantity it is, which says how it is rescaled to the spike's own width and height.
  package enum Dimension: Sendable {
    /// In half widths of the spike.
    case time
    /// A level of the output: above rest, in heights of the spike.
    case level
    /// A difference of the output, in heights of the spike.
    case height
    /// In thresholds of the standard pulse.
    case input
    /// In spikes per half width.
    case rate
    /// In energies of a spike.
    case energy
    /// In energies of a spike per half width.
    case power
    /// Without a unit, as it is.
    case number
  }

  /// How CSV and JSON call it: `half_width`.
  package var name: String
  /// How the table calls it.
  package var label: String
  package var dimension: Dimension
  package var unit: String
  /// In SI units; nil where there is none.
  package var value: Double?
  /// The finding in words, or why there is no value.
  package var words: String
  /// The value in the spike's own measures; nil where they are unknown.
  package var rescaled: Double?

  init(
    _ name: String, _ label: String, _ dimension: Dimension, unit: String = "", _ value: Double?, words: String = ""
  ) {
    self.name = name
    self.label = label
    self.dimension = dimension
    self.unit = unit
    self.value = value
    self.words = words
  }
}

/// What is known of a neuron by which the rest is measured.
package struct SpikeScale: Sendable, Equatable {
  /// Of the output at rest.
  var rest: Double?
  /// Of the spike above rest, in the output's unit.
  var height: Double?
  /// s.
  var halfWidth: Double?
  /// Threshold of the standard pulse, A or V.
  var threshold: Double?
  /// Of one spike, J.
  var energy: Double?

  func rescaled(_ value: Double, _ dimension: NeuronMeasure.Dimension) -> Double? {
    func share(_ value: Double, _ of: Double?) -> Double? { of.flatMap { $0 != 0 ? value / $0 : nil } }
    return switch dimension {
    case .time: share(value, halfWidth)
    case .level: rest.flatMap { share(value - $0, height) }
    case .height: share(value, height)
    case .input: share(value, threshold)
    case .rate: halfWidth.map { value * $0 }
    case .energy: share(value, energy)
    case .power: halfWidth.flatMap { share(value * $0, energy) }
    case .number: value
    }
  }
}

/// Everything that the protocols found out about one neuron.
package struct NeuronRecord: Sendable {
  /// A device's voltage and current through the standard spike, in V and A.
  package struct Trajectory: Sendable {
    package var device: String
    package var voltage: [Double]
    package var current: [Double]
  }

  package var name: String
  package var measures: [NeuronMeasure] = []
  /// Energy per spike beyond rest of every element and source, J, the largest first; sources with what they give.
  package var energies: [(element: String, energy: Double)] = []
  /// The output through the standard spike: s, and the output's unit.
  package var spike: (time: [Double], output: [Double]) = ([], [])
  package var trajectories: [Trajectory] = []
  /// Steps in A or V, and the rates that they keep up in Hz.
  package var rates: [(input: Double, rate: Double)] = []
  package var scale = SpikeScale()

  /// The standard pulse, once its threshold is known.
  var standard: (amplitude: Double, width: Double)?
  var standardWidth: Double?
  /// Whether it fires without a stimulus, so that no threshold can be told.
  var firesByItself = false
  var spikeCount = 0
  var spikeTime = 0.0
  var staticPower: Double?
  /// The lowest step that keeps the neuron firing.
  package var onset: Double?

  init(name: String) {
    self.name = name
  }

  /// By which its spike is laid over others; nil where it has none that is whole.
  package var spikeFrame: (start: Double, width: Double, rest: Double, height: Double)? {
    guard let width = scale.halfWidth, let rest = scale.rest, let height = scale.height, width > 0, height != 0 else {
      return nil
    }
    return (spikeTime, width, rest, height)
  }

  mutating func add(_ measure: NeuronMeasure) { measures.append(measure) }

  /// Fills in what every measure is in the spike's own width and height.
  mutating func rescale() {
    for index in measures.indices {
      measures[index].rescaled = measures[index].value.flatMap { scale.rescaled($0, measures[index].dimension) }
    }
  }
}
