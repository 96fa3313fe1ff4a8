internal import Diagnostics

extension Diagnostic {
  static func unknownSignalNode(_ range: SourceRange, name: String, known: some Sequence<String>) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      .error, "unknown-node", "there is no node '\(name)' in the circuit", at: range, caption: "not a node",
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func unknownSignalDevice(_ range: SourceRange, name: String, known: some Sequence<String>) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      .error, "unknown-device", "there is no device '\(name)' in the circuit", at: range, caption: "not a device",
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func unknownQuantity(_ range: SourceRange, name: String, device: String, known: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      .error, "unknown-quantity", "device '\(device)' has no quantity '\(name)'", at: range,
      caption: "it has \(known.filter { !$0.isEmpty }.joined(separator: ", "))",
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func secondDerivative(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "second-derivative", "ddt() of something that is a rate itself", at: range,
      caption: "this holds a time derivative already",
      notes: ["the integrator gives first derivatives; take ddt of a voltage, a state, or an expression of those"])
  }
}
