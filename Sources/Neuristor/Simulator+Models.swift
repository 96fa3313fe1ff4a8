internal import Devices
internal import Diagnostics
internal import Netlists
internal import Waveforms

extension Simulator {
  /// The names of every model and subcircuit of the library.
  public var modelNames: [String] { library.names }

  /// The card of a model of the library; nil where there is none of that name or its text is wrong.
  public func describe(model name: String) -> ModelDescription? {
    let name = name.lowercased()
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    guard let statements = library.statements(defining: name, sources: &sources, diagnostics: &diagnostics) else {
      return nil
    }
    let text = library.reader(name).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    for case var description? in statements.map({ Self.describe($0, name, &diagnostics) }) {
      description.text = text
      if description.summary.isEmpty { description.summary = Self.firstWords(of: text) }
      return description
    }
    return nil
  }

  /// The first comment up to its colon or end of line, without the star.
  private static func firstWords(of text: String) -> String {
    guard let line = text.split(separator: "\n").first, line.hasPrefix("*") else { return "" }
    let words = line.dropFirst().drop { $0 == " " }
    return String(words[..<(words.firstRange(of: ": ")?.lowerBound ?? words.endIndex)])
  }

  private static func describe(
    _ statement: Statement, _ name: String, _ diagnostics: inout DiagnosticBag
  ) -> ModelDescription? {
    switch statement {
    case .memristor(let block) where block.name.value == name:
      var binder = ElementBinder()
      guard let defined = binder.define(block, diagnostics: &diagnostics) else { return nil }
      return ModelDescription(binder.models[defined.model], named: name)
    case .model(let definition) where definition.name.value == name: return ModelDescription(definition)
    case .subcircuit(let subcircuit) where subcircuit.name.value == name: return ModelDescription(subcircuit)
    default: return nil
    }
  }

  /// The names of the library's models that resemble one it does not have.
  public func suggestion(forModel name: String) -> String? {
    Suggestion.nearest(to: name, among: modelNames)
  }

  /// Every model of the library, one line each.
  public var modelTable: String {
    Tables.aligned(descriptions.map { [$0.name, $0.kind.rawValue, $0.summary] })
  }

  /// The cards of all models of the library as JSON.
  public var modelsJSON: String { JSONValue.document(.array(descriptions.map(\.jsonValue))) }

  private var descriptions: [ModelDescription] { modelNames.compactMap(describe) }
}
