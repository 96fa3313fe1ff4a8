internal import Diagnostics
package import Netlists

/// Ports of subcircuits by the names they have inside: `x1:in` is the node that the instance X1 connects its port `in` to.
///
/// ngspice knows a port by its outer name alone; Xyce reads both. Names are looked up in the text, when somebody asks.
package struct PortNames: Sendable {
  private let statements: [Statement]

  package init(_ netlist: Netlist) {
    statements = netlist.statements
  }

  package init() {
    statements = []
  }

  /// The outer name of the node that `name` calls by its inner one; nil where it is no port.
  package func node(named name: String) -> String? {
    let parts = name.split(whereSeparator: { $0 == ":" || $0 == "." }).map(String.init)
    guard parts.count > 1 else { return nil }
    return node(parts[...], in: [statements], path: [], bindings: [:])
  }

  /// `levels` are the statements around, the innermost last; `bindings` gives the nodes of the innermost one's ports.
  private func node(
    _ parts: ArraySlice<String>, in levels: [[Statement]], path: [String],
    bindings: [String: String]
  ) -> String? {
    guard let first = parts.first, let own = levels.last else { return nil }
    if parts.count == 1 { return bindings[first] }
    guard let words = words(ofInstance: first, in: own), let called = words.last,
      let subcircuit = subcircuit(called, in: levels), subcircuit.ports.count == words.count - 1
    else { return nil }
    let outer = words.dropLast().map { word in
      bindings[word] ?? (word == "0" ? word : (path + [word]).joined(separator: "."))
    }
    return node(
      parts.dropFirst(), in: levels + [subcircuit.statements], path: path + [first],
      bindings: Dictionary(
        zip(subcircuit.ports.map(\.value), outer), uniquingKeysWith: { first, _ in first }))
  }

  /// The nodes of an instance and the name of its subcircuit.
  private func words(ofInstance name: String, in statements: [Statement]) -> [String]? {
    for case .element(let card) in statements
    where card.keyword.value == name && name.hasPrefix("x") {
      let words = card.fields.compactMap(\.name.plain).filter {
        $0 != "params:" && $0 != "(" && $0 != ")"
      }
      return words.count > 1 ? words : nil
    }
    return nil
  }

  private func subcircuit(_ name: String, in levels: [[Statement]]) -> Subcircuit? {
    for level in levels.reversed() {
      for case .subcircuit(let subcircuit) in level where subcircuit.name.value == name {
        return subcircuit
      }
    }
    return nil
  }
}
