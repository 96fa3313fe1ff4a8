internal import Waveforms

extension SimulationResult {
  /// Everything but the waveforms as JSON; `Docs/manual/json.md` has the schema.
  public var json: String {
    JSON.object([
      ("title", .string(title)), ("status", .string(status.word)),
      ("complaints", .array(report.complaints.map(\.json))), ("analyses", .array(analyses.map(\.json))),
      ("expectations", .array(verdicts.map(\.json))),
    ]).text
  }
}

extension Report {
  /// The complaints as JSON, as `neuristor check --json` writes them.
  public var json: String {
    JSON.object([("valid", .boolean(!hasErrors)), ("complaints", .array(complaints.map(\.json)))]).text
  }
}

extension Inspection {
  /// The stage's text and the complaints as JSON.
  public var json: String {
    JSON.object([
      ("text", text.map { .string($0) } ?? .null), ("complaints", .array(report.complaints.map(\.json))),
    ]).text
  }
}

extension ErrorPage {
  /// A page as JSON.
  public static func json(code: String, page: String) -> String {
    JSON.object([("code", .string(code)), ("page", .string(page))]).text
  }
}

extension SimulationResult.Status {
  fileprivate var word: String {
    switch self {
    case .completed: "completed"
    case .expectationFailed: "expectation-failed"
    case .invalid: "invalid"
    case .gaveUp: "gave-up"
    case .interrupted: "interrupted"
    }
  }
}

extension Complaint {
  fileprivate var json: JSON {
    var members: [(String, JSON)] = [
      ("severity", .string(severity.rawValue)), ("code", .string(code)), ("message", .string(message)),
    ]
    if let place {
      members += [("file", .string(place.file)), ("line", .integer(place.line)), ("column", .integer(place.column))]
    }
    return .object(members)
  }
}

extension AnalysisResult {
  fileprivate var json: JSON {
    var members: [(String, JSON)] = [("analysis", .string(directive))]
    if !values.isEmpty {
      members.append(("operatingPoint", .object(values.map { ($0.signal.name, .number($0.value)) })))
    }
    members.append(("measures", .array(table.measures.map(\.json))))
    members.append(("spikes", .array(table.spikes.map(\.json))))
    return .object(members)
  }
}
