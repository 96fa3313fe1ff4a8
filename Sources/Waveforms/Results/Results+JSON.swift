package import Diagnostics

extension MeasureResult {
  /// `{"name": "vmax", "value": 1.0}`, or `"value": null` with `"failure"` in words.
  package var json: JSONValue {
    switch value {
    case .success(let number): .object([("name", .string(name)), ("value", .number(number))])
    case .failure(let failure):
      .object([("name", .string(name)), ("value", .null), ("failure", .string(failure.description))])
    }
  }
}

extension SpikeResults {
  /// Times in seconds, rates in Hz, velocity in m/s; null where there is none.
  package var json: JSONValue {
    let signals: [JSONValue] = signalNames.indices.map { index in
      .object([
        ("signal", .string(signalNames[index])), ("count", .integer(count(index))),
        ("latency", (try? latency(index).get()).map { .number($0) } ?? .null), ("rate", .number(rate(index))),
        ("time", .array(times[index].map { .number($0) })),
      ])
    }
    return .object([
      ("name", .string(name)), ("velocity", (try? velocity.get()).map { .number($0) } ?? .null),
      ("signals", .array(signals)),
    ])
  }
}

extension Verdict {
  /// `holds`, what was measured, and the sentence that the tables show.
  package var json: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("expect", .string(expectation.text)), ("holds", .boolean(holds)),
    ]
    members.append(("measured", (try? measured.get()).map { .number($0) } ?? .null))
    if !isCondition {
      members.append(("expected", .number(expectation.expected)))
      members.append(("allowed", .number(expectation.allowed)))
    }
    members.append(("sentence", .string(sentence)))
    return .object(members)
  }
}
