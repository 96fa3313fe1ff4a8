package import Diagnostics
package import Expressions
package import Netlists

/// What one card says, bound once and read again in every pass of a `.for` and every instance of a subcircuit.
///
/// Nothing here is evaluated: the elaborator evaluates each expression and fills each name in the scope of the pass.
package struct BoundElement: Sendable {
  /// Index into `ElementBinder.models`; equal equations have equal indices, so it is the group of the device.
  package var model: Int
  /// The nodes of `terminals` up to the internal ones: the card's own in its order, then sensed ones.
  package var nodes: [Located<NameTemplate>]
  /// Values of model parameters written on the card; the others keep the model's defaults.
  package var parameters: [ParameterBinding]
  /// Where the model has a `.waveform` variable.
  package var waveform: WaveformCard?
  /// One per `.signal` variable of the model, in the order of those variables; nil takes the variable's default.
  package var signals: [Located<SignalTemplate>?]
  /// `state=value` and `memory=value` of an N line.
  package var heldStarts: [StartBinding]
  /// `ic=` of a capacitor (V) or an inductor (A).
  package var initialCondition: Expression?

  package init(model: Int, nodes: [Located<NameTemplate>], parameters: [ParameterBinding] = []) {
    self.model = model
    self.nodes = nodes
    self.parameters = parameters
    waveform = nil
    signals = []
    heldStarts = []
    initialCondition = nil
  }
}

/// A model parameter and what it is worth, read in the scope of the text it stands in.
package struct ParameterBinding: Sendable {
  /// Index into the model's `parameters`.
  package var index: Int
  package var value: Expression
  /// `dev=` of a `.model`: the part of the value by which each device may differ.
  package var deviation: Expression?

  package init(index: Int, value: Expression) {
    self.index = index
    self.value = value
  }
}

/// A state or memory that begins at a given value and is held there at the operating point.
package struct StartBinding: Sendable {
  package var target: Event.Target
  package var value: Expression

  package init(target: Event.Target, value: Expression) {
    self.target = target
    self.value = value
  }
}

/// What an input of an instance reads, its names not yet filled in.
package enum SignalTemplate: Sendable {
  case constant(Expression)
  case voltage(plus: NameTemplate, minus: NameTemplate?)
  /// The current of a device, from its first terminal to its second.
  case current(NameTemplate)
  /// The power into a device.
  case power(NameTemplate)
  /// `@device[name]`.
  case quantity(device: NameTemplate, name: String)
}

/// A `.memristor` or a `.model` on one: a model, and values that its text gives to parameters.
///
/// The values are read in the scope where that text stands, before those of the card.
package struct DefinedModel: Sendable {
  /// Index into `ElementBinder.models`.
  package var model: Int
  package var parameters: [ParameterBinding]

  package init(model: Int, parameters: [ParameterBinding] = []) {
    self.model = model
    self.parameters = parameters
  }
}
