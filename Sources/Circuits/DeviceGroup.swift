package import Devices
package import Diagnostics

/// One value per instance, or one that all share.
package enum Column: Sendable, Equatable {
  case uniform(Double)
  case values([Double])

  package subscript(instance: Int) -> Double {
    switch self {
    case .uniform(let value): value
    case .values(let values): values[instance]
    }
  }
}

/// What an instance's input or a B source's foreign quantity reads.
package enum SignalBinding: Sendable, Equatable {
  case constant(Double)
  case voltage(plus: NodeIndex, minus: NodeIndex)
  /// The current of a device, from its first terminal to its second.
  case current(DeviceReference)
  /// The quantity of that index in the device's model (`quantities`), or its variable.
  case quantity(DeviceReference, index: Int)
  case variable(DeviceReference, index: Int)
}

/// All instances of one model: a column per terminal and parameter.
package struct DeviceGroup: Sendable {
  package var model: DeviceModel
  /// Full names, lower case, hierarchy first: `x1.n1`.
  package var names: NameTable
  /// `terminals[t][i]`: node of terminal t (internal nodes included) of instance i.
  package var terminals: [[NodeIndex]]
  /// `parameters[k][i]`, all resolved (defaults evaluated, ranges checked).
  package var parameters: [Column]
  /// One per instance where the model has a `.waveform` variable, else empty.
  package var waveforms: SharedColumn<SourceWaveform>
  /// `signals[k][i]` for the k-th `.signal` variable of the model.
  package var signals: [[SignalBinding]]
  /// States given on the card or by `.ic @n1[x]=`: held at the operating point, released at t = 0.
  package var heldStarts: HeldStarts
  /// `ic=` of capacitors and inductors, obeyed with `uic` only: (instance, value).
  package var initialConditions: [(instance: Int, value: Double)]
  /// Where each instance was written.
  package var origins: SharedColumn<SourceRange>

  package init(model: DeviceModel) {
    self.model = model
    names = []
    terminals = Array(repeating: [], count: model.terminals.count)
    parameters = []
    waveforms = SharedColumn()
    signals = []
    heldStarts = HeldStarts()
    initialConditions = []
    origins = SharedColumn()
  }

  package var count: Int { names.count }
}
