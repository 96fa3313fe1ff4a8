/// A JSON value that prints itself; objects keep the order they were made in.
package indirect enum JSON: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// Printed with as many digits as tell it from its neighbours (17 at most); null where it is not finite.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// The text, indented by two blanks a level; arrays of numbers stay on one line.
  package var text: String {
    var text = ""
    write(into: &text, indent: 0)
    return text + "\n"
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(into text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? value.description : "null"
    case .string(let value): Self.quote(value, into: &text)
    case .array(let values) where values.allSatisfy(\.isScalar):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", " }
        value.write(into: &text, indent: indent)
      }
      text += "]"
    case .array(let values):
      Self.block("[", values, "]", into: &text, indent) { $0.write(into: &$1, indent: indent + 1) }
    case .object(let members) where members.isEmpty: text += "{}"
    case .object(let members):
      Self.block("{", members, "}", into: &text, indent) { member, text in
        Self.quote(member.0, into: &text)
        text += ": "
        member.1.write(into: &text, indent: indent + 1)
      }
    }
  }

  private static func block<Item>(
    _ open: String, _ items: [Item], _ close: String, into text: inout String, _ indent: Int,
    _ write: (Item, inout String) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      text += (index > 0 ? ",\n" : "\n") + String(repeating: "  ", count: indent + 1)
      write(item, &text)
    }
    text += "\n" + String(repeating: "  ", count: indent) + close
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension MeasureResult {
  /// `{"name": "vmax", "value": 1.0}`, or `"value": null` with `"failure"` in words.
  package var json: JSON {
    switch value {
    case .success(let number): .object([("name", .string(name)), ("value", .number(number))])
    case .failure(let failure):
      .object([("name", .string(name)), ("value", .null), ("failure", .string(failure.description))])
    }
  }
}

extension SpikeResults {
  /// Times in seconds, rates in Hz, velocity in m/s; null where there is none.
  package var json: JSON {
    let signals: [JSON] = signalNames.indices.map { index in
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
  package var json: JSON {
    var members: [(String, JSON)] = [("expect", .string(expectation.text)), ("holds", .boolean(holds))]
    members.append(("measured", (try? measured.get()).map { .number($0) } ?? .null))
    if !isCondition {
      members.append(("expected", .number(expectation.expected)))
      members.append(("allowed", .number(expectation.allowed)))
    }
    members.append(("sentence", .string(sentence)))
    return .object(members)
  }
}
