internal import Devices

/// One value of one device changed, the circuit else the same.
extension Circuit {
  /// The same circuit with other values for a device: one for a parameter, or those of a shape, `sin`, `pulse`, of a source,
  /// which takes times that are left out from `transient` (s). Nil where the device has no such parameter.
  package func altering(
    _ parameter: String?, of device: DeviceReference, to values: [Double], transient: (step: Double, stop: Double)
  ) -> Circuit? {
    if let parameter, !groups[device.group].waveforms.isEmpty,
      let shape = SourceShapeCatalogue.shape(
        named: parameter, values, step: transient.step, stop: transient.stop)
    {
      var waveform = waveform(of: device)
      waveform.shape = shape
      return replacing(waveformOf: device, by: waveform)
    }
    return values.count == 1 ? altering(parameter, of: device, to: values[0]) : nil
  }

  /// The same circuit with another value for a parameter of a device, by the parameter's own name or a longer one; nil is
  /// the value that stands behind the nodes. Nil where the device has no such parameter.
  package func altering(_ parameter: String?, of device: DeviceReference, to value: Double) -> Circuit? {
    var circuit = self
    let group = groups[device.group]
    if !group.waveforms.isEmpty, parameter == nil || parameter == "dc" || parameter == "acmag" || parameter == "acphase"
    {
      var waveform = waveform(of: device)
      switch parameter {
      case "acmag": waveform.acMagnitude = value
      case "acphase": waveform.acPhase = value
      default: waveform.direct = value
      }
      return replacing(waveformOf: device, by: waveform)
    }
    let name = parameter.map { Self.shortNames[$0] ?? $0 }
    let parameters = group.model.parameters
    guard let index = name.map({ name in parameters.firstIndex { $0.name == name } }) ?? parameters.indices.first else {
      return nil
    }
    circuit.groups[device.group].parameters[index] = group.parameters[index].replacing(
      [(device.instance, value)], count: group.count)
    return circuit
  }

  /// The value that `altering` would change; nil where there is none, or several.
  package func value(of parameter: String, of device: DeviceReference) -> Double? {
    let group = groups[device.group]
    let name = Self.shortNames[parameter] ?? parameter
    if !group.waveforms.isEmpty {
      let waveform = waveform(of: device)
      return switch name {
      case "dc": waveform.direct
      case "acmag": waveform.acMagnitude
      case "acphase": waveform.acPhase
      default: nil
      }
    }
    return group.model.parameters.firstIndex { $0.name == name }.map { group.parameters[$0][device.instance] }
  }

  /// What ngspice calls the values of elements.
  private static let shortNames = [
    "resistance": "r", "capacitance": "c", "inductance": "l", "coupling": "k", "current": "dc", "voltage": "dc",
  ]

  /// The names of what `altering` can change in a device.
  package func alterableNames(of device: DeviceReference) -> [String] {
    let group = groups[device.group]
    return group.waveforms.isEmpty ? group.model.parameters.map(\.name) : ["dc", "acmag", "acphase"]
  }
}
