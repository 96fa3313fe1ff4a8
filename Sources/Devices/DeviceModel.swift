package import Diagnostics
package import Kernels

/// One kind of element as equations, the same for a resistor and for a memristor out of a netlist.
///
/// Each equation adds `resistive + d(reactive)/dt` to one row of F(t, y, y') = 0. Leaves of `graph`: `.parameter(k)`
/// and `.memory(k)` by their lists here, `.variable(k)` and `.rate(k)` by `variables`, `.mode(k)` by `guards`.
package struct DeviceModel: Sendable {
  package var name: String
  /// Terminals in the order of the card, then sensed nodes (`senseCount` of them), then internal nodes.
  package var terminals: [String]
  /// Trailing entries of `terminals` that are internal nodes, made anew for every instance.
  package var internalNodeCount: Int
  package var parameters: [Parameter]
  package var variables: [Variable]
  package var memories: [Memory]
  package var graph: ExpressionGraph
  package var equations: [Equation]
  package var guards: [Guard]
  package var events: [Event]
  /// Random numbers that events draw: `.draw(k)` of `graph`.
  package var draws: [RandomDraw]
  /// Values that can be asked for as `@device[name]`; `i`, `v`, `p` are always there.
  package var quantities: [Quantity]
  package var noise: [NoiseSource]
  /// Thermal, shot and flicker noise of elements that have it by nature: heard in `.noise` alone.
  package var inherentNoise: [NoiseSource]
  /// The memories that hold noise in time, one for each of `noise` (`withNoise`); else empty.
  package var noiseMemories: Range<Int>
  package var topology: [TopologyFact]
  /// The terminals whose voltage the card's `ic` gives, where the device has no current of its own.
  package var initialVoltage: (plus: Int, minus: Int)
  /// What is worth a word about the parameters of an instance.
  package var checks: [ParameterCheck]
  package var card: ModelCard

  package init(name: String, terminals: [String]) {
    self.name = name
    self.terminals = terminals
    internalNodeCount = 0
    parameters = []
    variables = []
    memories = []
    graph = ExpressionGraph()
    equations = []
    guards = []
    events = []
    draws = []
    quantities = []
    noise = []
    inherentNoise = []
    noiseMemories = 0..<0
    topology = []
    initialVoltage = (0, 1)
    checks = []
    card = ModelCard()
  }
}

/// A number that is constant during a run, one per instance.
package struct Parameter: Sendable {
  /// Who gives the value.
  package enum Origin: Sendable, Hashable {
    /// The card, a `.model`, or the default.
    case card
    /// The circuit's temperature in degrees Celsius, unless the card gives `temp`. The parameter's name is `temp`.
    case temperature
    /// The temperature at which values hold, `.options tnom`, degrees Celsius, unless a `.model` gives `tnom`.
    case nominalTemperature
    /// The conductance across every junction, `.options gmin`, S; no card may give it.
    case junctionConductance
    /// The frequency of `.ac` and `.noise`, Hz; 0 in every other analysis. No card may give it.
    case frequency
    /// A quantity, made of parameters alone, of the device whose current signal `signal` reads: the inductance of a coil.
    case read(signal: Int, quantity: String)
    /// A name of the enclosing scope, always bound by the text that reads it; no card may give it.
    case scope

    /// Whether a card or `.model` may give the value.
    package var isGivable: Bool {
      switch self {
      case .card, .temperature, .nominalTemperature: true
      case .junctionConductance, .frequency, .read, .scope: false
      }
    }
  }

  package var name: String
  package var unit: String
  package var documentation: String
  /// The value where the card gives none; nil: it must be given. A node of `graph` over earlier parameters.
  package var defaultValue: NodeID?
  package var allowed: ParameterRange
  package var origin: Origin

  package init(
    name: String, unit: String = "", documentation: String = "", defaultValue: NodeID? = nil,
    allowed: ParameterRange = ParameterRange(), origin: Origin = .card
  ) {
    self.name = name
    self.unit = unit
    self.documentation = documentation
    self.defaultValue = defaultValue
    self.allowed = allowed
    self.origin = origin
  }
}

/// `in [lo, hi)`: limits are nodes over parameters; nil is no limit.
package struct ParameterRange: Sendable {
  package var lower: NodeID?
  package var upper: NodeID?
  package var includesLower = true
  package var includesUpper = true

  package init(lower: NodeID? = nil, upper: NodeID? = nil, includesLower: Bool = true, includesUpper: Bool = true) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }
}

/// A complaint about an instance, due where `condition` (a node over parameters) is not 0: a resistor of 0 ohm.
package struct ParameterCheck: Sendable {
  package var condition: NodeID
  /// `range` is nil: the place is that of the instance's card.
  package var complaint: Diagnostic

  package init(condition: NodeID, complaint: Diagnostic) {
    self.condition = condition
    self.complaint = complaint
  }
}

/// A running quantity that the equations read.
package struct Variable: Sendable {
  package enum Kind: Sendable {
    /// v(plus) - v(minus), indices into `terminals`; nil is ground.
    case voltage(plus: Int, minus: Int?)
    /// The device's own current as an unknown of the circuit; its row is `.branch`.
    case current
    /// An independent source's value at t, given by the instance's `SourceWaveform`.
    case waveform
    /// A running quantity bound by the instance (`ca=v(ca)`, `i(v1)`, `@n3[ca]`); the default where it may be left out.
    case signal(defaultValue: NodeID?)
    /// An unknown of the instance with a row of its own: x' - f = 0.
    case state
    /// An unknown of the instance with a row of its own: 0 = g.
    case algebraic
    /// An unknown of the instance, q - q(v) = 0, whose rate is a current.
    case charge
    /// An unknown of the instance, x - source(t - interval) = 0: what a line delivers.
    case delayed(Delay)
  }

  package var name: String
  package var kind: Kind
  package var unit: String
  package var documentation: String
  /// Absolute tolerance as written (`tol=`), a node over parameters.
  package var tolerance: NodeID?
  package var bounds: Bounds
  package var start: Start

  package init(
    name: String, kind: Kind, unit: String = "", documentation: String = "", tolerance: NodeID? = nil,
    bounds: Bounds = Bounds(), start: Start = .none
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.documentation = documentation
    self.tolerance = tolerance
    self.bounds = bounds
    self.start = start
  }
}

/// What arrives late: nodes of the model's graph.
package struct Delay: Sendable {
  /// What arrives; a sum of variables with factors of parameters.
  package var source: NodeID
  /// What is there instead at the operating point, where nothing moves.
  package var rest: NodeID
  /// What has been under way before a run that begins with `uic`.
  package var initial: NodeID
  /// How late, s: parameters alone.
  package var interval: NodeID

  package init(source: NodeID, rest: NodeID, initial: NodeID, interval: NodeID) {
    self.source = source
    self.rest = rest
    self.initial = initial
    self.interval = interval
  }
}

/// A state's range: a held bound `[lo` is never left, an open one `(lo` never reached.
package struct Bounds: Sendable {
  package var lower: NodeID?
  package var upper: NodeID?
  package var holdsLower = false
  package var holdsUpper = false

  package init(lower: NodeID? = nil, upper: NodeID? = nil, holdsLower: Bool = false, holdsUpper: Bool = false) {
    self.lower = lower
    self.upper = upper
    self.holdsLower = holdsLower
    self.holdsUpper = holdsUpper
  }
}

/// What the operating point asks of a state or algebraic unknown.
package enum Start: Sendable {
  case none
  /// The row is 0 = x - node, an equation like any other.
  case value(NodeID)
  /// The row is f = 0, sought from node.
  case steady(guess: NodeID)
  /// An algebraic unknown's first guess.
  case guess(NodeID)
}

package struct Memory: Sendable {
  package var name: String
  package var documentation: String
  package var start: NodeID

  package init(name: String, documentation: String = "", start: NodeID) {
    self.name = name
    self.documentation = documentation
    self.start = start
  }
}

/// Adds `resistive` + d(`reactive`)/dt to one row.
package struct Equation: Sendable {
  package enum Row: Sendable, Hashable {
    /// A current that leaves terminal `from` and enters `to` through the device (nil is ground).
    case current(from: Int, to: Int?)
    /// The equation of the device's own current.
    case branch
    /// The equation of the current that signal k reads: that of another device.
    case branchRead(signal: Int)
    /// The row of variable k (a state, algebraic unknown or charge).
    case variable(Int)
  }

  package var row: Row
  package var resistive: NodeID
  package var reactive: NodeID?

  package init(row: Row, resistive: NodeID, reactive: NodeID? = nil) {
    self.row = row
    self.resistive = resistive
    self.reactive = reactive
  }
}

/// `on rise(e) ... endon`: what an event writes into memories and states, all right sides read before any is written.
package struct Event: Sendable {
  package enum Edge: Sendable { case rise, fall, cross }
  package enum Target: Sendable, Hashable { case memory(Int), variable(Int) }

  package var edge: Edge
  package var argument: NodeID
  package var assignments: [(target: Target, value: NodeID)]
  package var range: SourceRange

  package init(edge: Edge, argument: NodeID, assignments: [(target: Target, value: NodeID)], range: SourceRange) {
    self.edge = edge
    self.argument = argument
    self.assignments = assignments
    self.range = range
  }
}

/// A random number, drawn anew for every event of a device.
package enum RandomDraw: String, Sendable {
  /// Mean 0, variance 1.
  case normal
  /// Even over (0, 1).
  case uniform
}

/// A value that can be asked for by name; it may hold rates (a capacitor's current).
package struct Quantity: Sendable {
  package var name: String
  package var value: NodeID
  package var unit: String
  package var documentation: String

  package init(name: String, value: NodeID, unit: String = "", documentation: String = "") {
    self.name = name
    self.value = value
    self.unit = unit
    self.documentation = documentation
  }
}

/// A white signal of one-sided density `density` (unit^2/Hz) with its coefficient in each equation it enters.
package struct NoiseSource: Sendable {
  package var name: String
  package var density: NodeID
  /// The density falls with this power of the frequency in Hz: 1 for flicker noise.
  package var frequencyExponent = 0.0
  /// `coefficient` of the signal in `equations[equation].resistive`.
  package var coefficients: [(equation: Int, coefficient: NodeID)]

  package init(name: String, density: NodeID, coefficients: [(equation: Int, coefficient: NodeID)]) {
    self.name = name
    self.density = density
    self.coefficients = coefficients
  }
}

/// What topology checks and elimination need to know of an element between two of its terminals.
package enum TopologyFact: Sendable, Hashable {
  /// A path for direct current.
  case conducts(Int, Int)
  /// A path in time only (a capacitor): at the operating point it holds nothing.
  case conductsInTime(Int, Int)
  /// The voltage between them is an independent function of time (an ideal source): they are tied.
  case tiesVoltage(plus: Int, minus: Int)
  /// The voltage between them follows from the device's branch equation (E, H, B with V=).
  case fixesVoltage(Int, Int)
  /// The current between them is fixed (current source, inductor).
  case fixesCurrent(Int, Int)
}

/// What `neuristor models NAME` prints beside the lists: `about` lines and the place of the text.
package struct ModelCard: Sendable {
  package var about: [(key: String, text: String)] = []
  package var summary: String = ""
  package var origin: SourceRange?

  package init() {}
}
