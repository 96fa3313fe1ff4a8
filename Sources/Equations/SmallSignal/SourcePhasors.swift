package import Circuits
internal import Devices
package import Expressions

/// What independent sources give in the frequency domain, and the voltages they tie nodes to.
package struct SourcePhasors: Sendable {
  /// By waveform, V or A.
  package private(set) var waveforms: [ComplexNumber]
  /// By node: the known part of its voltage.
  package private(set) var tied: [ComplexNumber]

  /// The `AC magnitude phase` of every source.
  package init(_ system: EquationSystem) {
    self.init(of: system) { ComplexNumber(magnitude: $0.acMagnitude, degrees: $0.acPhase) }
  }

  /// 1 for the source `device`, 0 for every other.
  package init(_ system: EquationSystem, unit device: DeviceReference) {
    self.init(of: system) { _ in .zero }
    let first = system.forest.firstWaveforms[device.group]
    if first >= 0 { waveforms[first + device.instance] = ComplexNumber(1) }
    tie(system.forest)
  }

  private init(of system: EquationSystem, phasor: (SourceWaveform) -> ComplexNumber) {
    let (circuit, forest) = (system.circuit, system.forest)
    waveforms = Array(repeating: .zero, count: forest.waveformCount)
    tied = Array(repeating: .zero, count: circuit.nodeNames.count)
    for (index, group) in circuit.groups.enumerated() where forest.firstWaveforms[index] >= 0 {
      for (instance, place) in group.waveforms.places.enumerated() {
        waveforms[forest.firstWaveforms[index] + instance] = phasor(group.waveforms.values[Int(place)])
      }
    }
    tie(forest)
  }

  private mutating func tie(_ forest: SourceForest) {
    for branch in forest.branches {
      tied[Int(branch.child)] = tied[Int(branch.parent)] + branch.sign * waveforms[branch.waveform]
    }
  }

  /// Whether every source is silent.
  package var isZero: Bool { waveforms.allSatisfy { $0 == .zero } }
}
