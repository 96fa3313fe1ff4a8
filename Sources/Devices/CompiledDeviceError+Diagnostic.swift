internal import Diagnostics

/// The words of every complaint about the card of a device whose equations stand in a model.
extension CompiledDeviceError {
  var diagnostic: Diagnostic {
    switch self {
    case .missingModel(let name, let range):
      return Diagnostic(
        .error, "missing-model", "'\(name)' names no model", at: range, caption: "no model",
        notes: ["the form is Nxxx n+ n- ... model [name=value ...], for example N1 d k hh_potassium gmax=36m"])
    case .wrongTerminalCount(let device, let model, let terminals, let found, let range):
      let list = terminals.joined(separator: " ")
      return Diagnostic(
        .error, "wrong-node-count",
        "'\(device)' has \(found) node\(found == 1 ? "" : "s"), the model '\(model)' has \(terminals.count) terminals",
        at: range, caption: "expected \(terminals.count) nodes: \(list)")
    case .unknownAssignment(let name, let model, let known, let range):
      var fixIts: [FixIt] = []
      if let near = Suggestion.nearest(to: name, among: known) {
        fixIts.append(FixIt("did you mean '\(near)'?", replacing: range, with: near))
      }
      return Diagnostic(
        .error, "unknown-parameter", "the model '\(model)' has no parameter, state or input '\(name)'", at: range,
        caption: "unknown name",
        notes: [known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"], fixIts: fixIts)
    case .quantityGiven(let name, let model, let range):
      return Diagnostic(
        .error, "quantity-given", "'\(name)' follows from the equations of '\(model)'; it cannot be given", at: range,
        caption: "not a parameter, state or input")
    case .noSignal(let name, let range):
      return Diagnostic(
        .error, "not-a-signal", "the input '\(name)' is bound to one signal or one constant", at: range,
        caption: "expected v(a), v(a,b), i(device), p(device), @device[quantity] or a number",
        fixIts: [FixIt("let a B source make the expression a voltage: Bx x 0 V=..., then \(name)=v(x)")])
    case .unboundInput(let name, let device, let model, let range):
      return Diagnostic(
        .error, "unbound-input", "'\(device)' does not say what the input '\(name)' of '\(model)' reads", at: range,
        caption: "write \(name)=v(a), for example")
    }
  }
}
