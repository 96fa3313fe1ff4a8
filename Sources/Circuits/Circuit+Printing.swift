internal import Devices

extension Circuit {
  /// The circuit as text, for `inspect --stage circuit`; of every group and of the nodes at most `limit` lines.
  package func text(limit: Int = 100) -> String {
    var lines = ["\(deviceCount) devices in \(groups.count) groups, \(nodeNames.count) nodes"]
    for group in groups {
      lines.append("group \(group.model.name): " + (group.count == 1 ? "1 device" : "\(group.count) devices"))
      lines += Self.limited(0..<group.count, to: limit) { "  " + line(of: $0, in: group) }
    }
    lines.append("nodes")
    lines += Self.limited(nodeNames.indices, to: limit) { "  \($0)  \(nodeNames[$0])" }
    if !initialVoltages.isEmpty {
      lines.append("initial voltages")
      lines += Self.limited(initialVoltages.indices, to: limit) {
        "  v(\(name(initialVoltages[$0].node)))=\(AllowedRange.text(initialVoltages[$0].value))"
      }
    }
    if !guessedVoltages.isEmpty {
      lines.append("guessed voltages")
      lines += Self.limited(guessedVoltages.indices, to: limit) {
        "  v(\(name(guessedVoltages[$0].node)))=\(AllowedRange.text(guessedVoltages[$0].value))"
      }
    }
    if !capacitiveNodes.isEmpty {
      lines.append("without a path for direct current")
      lines += Self.limited(capacitiveNodes.indices, to: limit) { "  \(name(capacitiveNodes[$0]))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(of instance: Int, in group: DeviceGroup) -> String {
    var words = [group.names[instance]]
    words += group.terminals.map { name($0[instance]) }
    for (parameter, column) in zip(group.model.parameters, group.parameters) {
      words.append("\(parameter.name)=\(AllowedRange.text(column[instance]))")
    }
    if instance < group.waveforms.count { words.append(Self.text(of: group.waveforms[instance])) }
    let signals = group.model.variables.filter { if case .signal = $0.kind { true } else { false } }
    for (variable, bindings) in zip(signals, group.signals) {
      words.append("\(variable.name)<-\(text(of: bindings[instance]))")
    }
    for start in group.heldStarts where start.instance == instance {
      words.append("\(group.model.name(of: start.target))(0)=\(AllowedRange.text(start.value))")
    }
    for initial in group.initialConditions where initial.instance == instance {
      words.append("ic=\(AllowedRange.text(initial.value))")
    }
    return words.joined(separator: " ")
  }

  private static func text(of waveform: SourceWaveform) -> String {
    var words = ["dc \(AllowedRange.text(waveform.direct))"]
    if waveform.acMagnitude != 0 {
      words.append("ac \(AllowedRange.text(waveform.acMagnitude)) \(AllowedRange.text(waveform.acPhase))")
    }
    if let shape = waveform.shape { words.append(shape.description) }
    return words.joined(separator: " ")
  }

  private func text(of binding: SignalBinding) -> String {
    switch binding {
    case .constant(let value): AllowedRange.text(value)
    case .voltage(let plus, 0): "v(\(name(plus)))"
    case .voltage(let plus, let minus): "v(\(name(plus)),\(name(minus)))"
    case .current(let device): "i(\(name(device)))"
    case .quantity(let device, let index): "@\(name(device))[\(groups[device.group].model.quantities[index].name)]"
    case .variable(let device, let index): "@\(name(device))[\(groups[device.group].model.variables[index].name)]"
    }
  }

  private func name(_ node: NodeIndex) -> String { nodeNames[Int(node)] }

  private func name(_ device: DeviceReference) -> String { groups[device.group].names[device.instance] }

  private static func limited(_ indices: Range<Int>, to limit: Int, _ line: (Int) -> String) -> [String] {
    let shown = indices.prefix(limit).map(line)
    return indices.count > shown.count ? shown + ["  ... \(indices.count - shown.count) more"] : shown
  }
}

extension DeviceModel {
  fileprivate func name(of target: Event.Target) -> String {
    switch target {
    case .memory(let index): memories[index].name
    case .variable(let index): variables[index].name
    }
  }
}
