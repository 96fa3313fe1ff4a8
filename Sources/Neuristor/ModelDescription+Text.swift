internal import Diagnostics
internal import Waveforms

extension ModelDescription {
  /// The card as people read it.
  public var card: String {
    var page = name + (summary.isEmpty ? "" : ": " + summary) + "\n"
    let use = kind == .subcircuit ? "X1" : "N1"
    page += "\n  \(use) \(terminals.joined(separator: " ")) \(name)\n"
    if !about.isEmpty { page += "\n" + Tables.aligned(about.map { ["  " + $0.key, $0.text] }) }
    for (heading, entries) in [
      ("parameters", parameters), ("inputs", inputs), ("states", states), ("quantities", quantities),
    ] where !entries.isEmpty {
      page += "\n\(heading)\n" + Tables.aligned(entries.map(\.row), rightAligned: [1])
    }
    return page + "\n" + text
  }

  /// The card as JSON.
  public var json: String { JSONValue.document(jsonValue) }

  var jsonValue: JSONValue {
    [
      "name": .string(name), "kind": .string(kind.rawValue), "summary": .string(summary),
      "about": .object(about.map { ($0.key, .string($0.text)) }),
      "terminals": .array(terminals.map { .string($0) }), "parameters": .array(parameters.map(\.json)),
      "inputs": .array(inputs.map(\.json)), "states": .array(states.map(\.json)),
      "quantities": .array(quantities.map(\.json)), "text": .string(text),
    ]
  }
}

extension ModelDescription.Entry {
  fileprivate var row: [String] { ["  " + name, value, unit, range, documentation] }

  fileprivate var json: JSONValue {
    [
      "name": .string(name), "unit": .string(unit), "value": .string(value), "range": .string(range),
      "documentation": .string(documentation),
    ]
  }
}
