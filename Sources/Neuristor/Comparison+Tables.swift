internal import Waveforms

extension Comparison {
  /// The findings side by side, in physical units and in the spikes' own; then where each spike's energy goes.
  public var tables: String {
    guard !neurons.isEmpty else { return "" }
    var parts = [
      table(headed: "in physical units") { $0.text },
      table(headed: "in the spike's own width, height, threshold and energy") { finding in
        finding.rescaled.map { NumberFormat.significant($0, digits: 4) } ?? "-"
      },
    ]
    let energies = neurons.filter { !$0.energies.isEmpty }.map { [$0.name, Self.words(for: $0.energies)] }
    if !energies.isEmpty { parts.append("energy per spike, by element\n" + Tables.aligned(energies)) }
    return parts.joined(separator: "\n")
  }

  /// Every finding that any neuron has, a row each, in the order of the first that has it.
  private func table(headed head: String, cell: (NeuronReport.Finding) -> String) -> String {
    let findings = neurons.map(\.findings)
    var names: [String] = []
    for finding in findings.joined() where !names.contains(finding.name) { names.append(finding.name) }
    var rows = [[head] + neurons.map(\.name)]
    for name in names {
      let row = findings.map { $0.first { $0.name == name } }
      let label = row.lazy.compactMap { $0?.label }.first ?? name
      rows.append([label] + row.map { $0.map(cell) ?? "-" })
    }
    return Tables.aligned(rows, rightAligned: Set(1...neurons.count))
  }

  private static let shownElements = 6

  private static func words(for energies: [(element: String, energy: Double)]) -> String {
    let shown = energies.prefix(shownElements).map {
      "\($0.element) \(NumberFormat.quantity($0.energy, unit: "J", digits: 4))"
    }
    let rest = energies.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? ", \(rest) more" : "")
  }

  /// One line per neuron and finding: `neuron,measure,unit,value,rescaled,words`, numbers in SI units.
  public var csv: String {
    var text = "neuron,measure,unit,value,rescaled,words\n"
    func number(_ value: Double?) -> String { value.map { $0.isFinite ? $0.description : "" } ?? "" }
    for neuron in neurons {
      for finding in neuron.findings {
        let words = finding.words.contains(",") ? "\"\(finding.words)\"" : finding.words
        text +=
          "\(neuron.name),\(finding.name),\(finding.unit),\(number(finding.value)),\(number(finding.rescaled)),\(words)\n"
      }
      for (element, energy) in neuron.energies { text += "\(neuron.name),energy[\(element)],J,\(energy),,\n" }
      for (input, rate) in neuron.rates {
        text += "\(neuron.name),rate[\(input)],Hz,\(rate),,\n"
      }
    }
    return text
  }
}

extension NeuronReport.Finding {
  /// The value with its unit, or what there is to say.
  fileprivate var text: String {
    guard let value else { return words.isEmpty ? "-" : words }
    let quantity = NumberFormat.quantity(value, unit: unit)
    return words.isEmpty ? quantity : "\(words), \(quantity)"
  }
}
