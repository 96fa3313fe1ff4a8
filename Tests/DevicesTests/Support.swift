import Devices
import Diagnostics
import Expressions
import Kernels
import Netlists

/// Netlist text parsed for a test, with everything that was complained about.
struct ParsedText {
  var statements: [Statement]
  var sources = SourceMap()
  var diagnostics = DiagnosticBag()

  init(_ text: String) {
    let file = sources.add(name: "test.cir", bytes: Array(text.utf8))
    statements =
      NetlistParser.parse(file, in: &sources, reader: NoFiles(), hasTitle: false, diagnostics: &diagnostics).statements
  }

  private struct NoFiles: SourceReader {
    func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError)
      -> (name: String, bytes: [UInt8])
    {
      throw SourceReaderError(reason: "no files in a test")
    }
  }

  var cards: [Card] {
    statements.compactMap { if case .element(let card) = $0 { card } else { nil } }
  }

  var blocks: [MemristorBlock] {
    statements.compactMap { if case .memristor(let block) = $0 { block } else { nil } }
  }

  var models: [ModelDefinition] {
    statements.compactMap { if case .model(let model) = $0 { model } else { nil } }
  }

  /// `code line:column message` of every complaint, in order.
  var complaints: [String] {
    diagnostics.diagnostics.map { diagnostic in
      guard let range = diagnostic.range else { return "\(diagnostic.code) \(diagnostic.message)" }
      let place = sources[range.file].position(of: range.start)
      return "\(diagnostic.code) \(place.line):\(place.column) \(diagnostic.message)"
    }
  }
}

/// The only block of `text`, compiled, and the complaints.
func compile(_ text: String) -> (model: DeviceModel?, complaints: [String]) {
  var parsed = ParsedText(text)
  var binder = ElementBinder()
  guard let block = parsed.blocks.first else { return (nil, parsed.complaints) }
  let defined = binder.define(block, function: { _ in nil }, diagnostics: &parsed.diagnostics)
  return (defined.map { binder.models[$0.model] }, parsed.complaints)
}

/// The elements of `text`, bound with `model`, and the complaints.
func bind(_ text: String, model: Int? = nil, binder: inout ElementBinder) -> (
  elements: [BoundElement?], complaints: [String]
) {
  var parsed = ParsedText(text)
  var elements: [BoundElement?] = []
  for card in parsed.cards {
    elements.append(binder.bind(card, model: model, function: { _ in nil }, diagnostics: &parsed.diagnostics))
  }
  return (elements, parsed.complaints)
}

/// Numbers for the leaves of one model, by the names of its parameters, variables and memories.
struct Point {
  var model: DeviceModel
  var values: [String: Double] = [:]
  var rates: [String: Double] = [:]
  var time = 0.0

  /// The value of `node`; parameters without a value take their defaults, guards the side their arguments are on.
  func value(of node: NodeID) -> Double {
    model.graph.value(of: node, leaves: leaf)
  }

  private func leaf(_ leaf: Leaf) -> Double {
    switch leaf {
    case .time: return time
    case .parameter(let index):
      let parameter = model.parameters[index]
      if let value = values[parameter.name] { return value }
      return parameter.defaultValue.map(value) ?? .nan
    case .variable(let index): return values[model.variables[index].name] ?? .nan
    case .rate(let index): return rates[model.variables[index].name] ?? 0
    case .memory(let index): return values[model.memories[index].name] ?? value(of: model.memories[index].start)
    case .mode(let index):
      let condition = model.guards[index]
      let argument = value(of: condition.argument)
      return argument > 0 || (condition.includesZero && argument == 0) ? 1 : 0
    case .draw, .derived: return .nan
    }
  }

  func quantity(_ name: String) -> Double {
    model.quantity(named: name).map { value(of: model.quantities[$0].value) } ?? .nan
  }

  /// The derivative of quantity `name` by variable `variable`.
  func slope(of name: String, by variable: String) -> Double {
    guard let quantity = model.quantity(named: name), let index = model.variable(named: variable) else { return .nan }
    var copy = self
    let node = copy.model.graph.derivative(of: model.quantities[quantity].value, by: .variable(index))
    return copy.value(of: node)
  }

  /// f of the row x' - f = 0 of state `name`.
  func rate(of name: String) -> Double {
    guard let index = model.variable(named: name),
      let equation = model.equations.first(where: { $0.row == .variable(index) })
    else { return .nan }
    return -value(of: equation.resistive)
  }

  func start(of name: String) -> Double {
    guard let index = model.variable(named: name), case .value(let node) = model.variables[index].start else {
      return .nan
    }
    return value(of: node)
  }
}
