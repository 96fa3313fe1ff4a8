package import Devices

extension Circuit {
  /// Every independent source, in the order of the groups.
  package var sources: [DeviceReference] {
    groups.indices.filter { !groups[$0].waveforms.isEmpty }.flatMap { group in
      (0..<groups[group].count).map { DeviceReference(group: group, instance: $0) }
    }
  }

  /// Their names.
  package var sourceNames: [String] { groups.filter { !$0.waveforms.isEmpty }.flatMap { Array($0.names) } }

  /// The independent source of `name`; nil where there is none, or another element has that name.
  package func source(named name: String) -> DeviceReference? {
    device(named: name).flatMap { groups[$0.group].waveforms.isEmpty ? nil : $0 }
  }

  /// What `source` gives.
  package func waveform(of source: DeviceReference) -> SourceWaveform {
    groups[source.group].waveforms[source.instance]
  }

  /// The same circuit with another waveform for one of its sources.
  package func replacing(waveformOf source: DeviceReference, by waveform: SourceWaveform) -> Circuit {
    var circuit = self
    circuit.groups[source.group].waveforms = groups[source.group].waveforms.replacing(source.instance, by: waveform)
    return circuit
  }

  /// The full name of a device: `x1.n1`.
  package func name(of device: DeviceReference) -> String { groups[device.group].names[device.instance] }
}

extension Circuit {
  /// The same circuit with `.ic` voltages as guesses: its operating point is a rest, not what somebody holds it at.
  package func releasingInitialVoltages() -> Circuit {
    var circuit = self
    for initial in initialVoltages {
      circuit.guessedVoltages.append(node: initial.node, value: initial.value, range: initial.range)
    }
    circuit.initialVoltages = NodeVoltages()
    return circuit
  }
}
