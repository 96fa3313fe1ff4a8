package import Diagnostics
internal import Waveforms

extension SimulationResult {
  /// Everything but the waveforms as JSON; `Docs/manual/json.md` has the schema.
  public var json: String {
    var head: [(name: String, value: JSONValue)] = [
      ("title", .string(title)), ("status", .string(status.word)), ("complaints", report.complaintsJSON),
    ]
    if !transcript.isEmpty { head.append(("transcript", .string(transcript))) }
    let isStepped = runs.contains { !$0.parameters.isEmpty }
    let results = isStepped ? [("runs", .array(runs.map(\.json)))] : runs.first?.results ?? RunResult.noResults
    return JSONValue.document(.object(head + results))
  }
}

extension RunResult {
  fileprivate typealias Members = [(name: String, value: JSONValue)]

  fileprivate static let noResults: Members = [("analyses", .array([])), ("expectations", .array([]))]

  fileprivate var results: Members {
    [("analyses", .array(analyses.map(\.json))), ("expectations", .array(verdicts.map(\.json)))]
  }

  fileprivate var json: JSONValue {
    let parameters = parameters.map { (name: $0.name, value: JSONValue.number($0.value)) }
    return .object([("parameters", .object(parameters)), ("status", .string(status.word))] + results)
  }
}

extension Report {
  /// The complaints as JSON, as `neuristor check --json` writes them.
  public var json: String {
    JSONValue.document(["valid": .boolean(!hasErrors), "complaints": complaintsJSON])
  }
}

extension Inspection {
  /// The stage's text and the complaints as JSON.
  public var json: String {
    JSONValue.document(["text": text.map { .string($0) } ?? .null, "complaints": report.complaintsJSON])
  }
}

extension ErrorPage {
  /// A page as JSON.
  public static func json(code: String, page: String) -> String {
    JSONValue.document(["code": .string(code), "page": .string(page)])
  }
}

extension WaveformFile {
  /// What the file holds, as JSON.
  public var json: String {
    let results: [JSONValue] = tables.map { table in
      let columns: [JSONValue] = zip(table.signals, table.columns).map { signal, values in
        [
          "name": .string(signal.name), "unit": .string(signal.kind.unit),
          "least": values.min().map { .number($0) } ?? .null, "greatest": values.max().map { .number($0) } ?? .null,
        ]
      }
      return [
        "title": .string(table.header.title), "plot": .string(table.header.plotName), "points": .integer(table.count),
        "signals": .array(columns),
      ]
    }
    return JSONValue.document(["results": .array(results)])
  }
}

extension JSONValue {
  /// `value` as the text of a file.
  package static func document(_ value: JSONValue) -> String { value.text(indented: true) + "\n" }
}

extension SimulationResult.Status {
  var word: String {
    switch self {
    case .completed: "completed"
    case .expectationFailed: "expectation-failed"
    case .invalid: "invalid"
    case .gaveUp: "gave-up"
    case .interrupted: "interrupted"
    }
  }
}

extension AnalysisResult {
  fileprivate var json: JSONValue {
    var members: [(name: String, value: JSONValue)] = [("analysis", .string(directive))]
    if !values.isEmpty {
      members.append(("operatingPoint", .object(values.map { ($0.signal.name, .number($0.value)) })))
    }
    if !devices.isEmpty { members.append(("devices", .object(devices.flatMap(\.json)))) }
    members.append(("measures", .array(table.measures.map(\.json))))
    members.append(("spikes", .array(table.spikes.map(\.json))))
    if !table.fourier.isEmpty { members.append(("fourier", .array(table.fourier.map(\.json)))) }
    if !accounts.isEmpty { members.append(("accounts", .object(accounts.map { ($0.name, .integer($0.count)) }))) }
    return .object(members)
  }
}
