internal import Diagnostics

extension Comparison {
  /// Everything but the curves of the picture as JSON; `Docs/manual/json.md` has the schema.
  public var json: String {
    JSONValue.document([
      "status": .string(status.word), "complaints": .array(reports.map(\.complaintsJSON)),
      "neurons": .array(neurons.map(\.json)),
    ])
  }
}

extension NeuronReport {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "source": .string(source), "title": .string(title), "inputUnit": .string(inputUnit),
      "measures": .array(findings.map(\.json)),
      "energies": .object(energies.map { ($0.element, .number($0.energy)) }),
      "rates": .array(rates.map { ["input": .number($0.input), "rate": .number($0.rate)] }),
    ]
  }
}

extension NeuronReport.Finding {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "label": .string(String(label.drop { $0 == " " })), "unit": .string(unit),
      "value": value.map { .number($0) } ?? .null, "rescaled": rescaled.map { .number($0) } ?? .null,
      "words": .string(words),
    ]
  }
}
