internal import Diagnostics

/// The words of complaints about the names of a device block.
extension DeviceError {
  var nameDiagnostic: Diagnostic {
    switch self {
    case .tooFewTerminals(let range):
      return Diagnostic(
        .error, "too-few-terminals", "a device has at least two terminals", at: range,
        caption: "expected .memristor name (p n ...)")
    case .duplicateName(let first, let kind, let second):
      let sameSpelling = first.value == second.value
      return Diagnostic(
        .error, "name-clash",
        sameSpelling
          ? "'\(second.value)' is \(kind) already"
          : "'\(second.value)' and '\(first.value)' are one name: letter case is ignored",
        at: second.range, caption: "declared again", labels: [Label(first.range, "\(kind), declared here")])
    case .duplicateNode(let name, let range):
      return Diagnostic(
        .error, "name-clash", "two nodes of the device are called '\(name)'", at: range, caption: "named again")
    case .reservedName(let name, let range):
      return Diagnostic(
        .error, "reserved-name", "'\(name)' has a meaning of its own in a device block", at: range,
        caption: "choose another name",
        notes: ["reserved are v i time temp temper tempk vthermal pi inf P_Q P_K P_H P_EPS0"])
    case .unknownNode(let name, let known, let range):
      return Diagnostic(
        .error, "unknown-device-node", "the device has no node '\(name)'", at: range,
        caption: "its nodes are \(known.joined(separator: " "))",
        notes: ["a terminal stands in parentheses behind the block's name, an internal node on a line: node \(name)"],
        fixIts: Self.spelling(of: name, among: known, at: range))
    case .nodeReadAsName(let name, let range):
      return Diagnostic(
        .error, "node-read-as-name", "'\(name)' is a node; its voltage is v(\(name))", at: range,
        caption: "a node has no value of its own",
        fixIts: [FixIt("write v(\(name))", replacing: range, with: "v(\(name))")])
    case .foreignProbe(let range):
      return Diagnostic(
        .error, "closed-block", "a device block cannot read the circuit around it", at: range,
        caption: "a quantity of another device",
        fixIts: [FixIt("declare input x and bind it on the N line: x=i(v1)")])
    case .notConstant(let what, let reads, let range):
      return Diagnostic(
        .error, "running-value", "\(what) must be a constant, but reads '\(reads)'", at: range,
        caption: "only parameters may stand here")
    case .cycle(let chain):
      return Diagnostic(
        .error, "equation-cycle", "equations read each other in a circle: \(Self.path(chain))", at: chain.first?.range,
        caption: "depends on itself",
        labels: chain.dropFirst().dropLast().map { Label($0.range, "'\($0.value)' is part of the circle") },
        fixIts: [FixIt("make one of them an unknown: var y = guess and 0 = y - ...")])
    default: return diagnostic
    }
  }

  private static func path(_ chain: [Located<String>]) -> String {
    chain.map(\.value).joined(separator: " -> ")
  }
}
