/// What the manual's page on compatibility says of each directive.
package struct DirectiveSummary: Sendable {
  /// Without the dot.
  package var name: String
  /// Who else has it: "ngspice", "LTspice", "Xyce", "HSPICE", or "ours".
  package var origin: String
  /// "same", "extended: ...", "refused: ...", "no effect: ...".
  package var treatment: String
}

extension DirectiveCatalogue {
  /// Every directive, by name.
  package static var summaries: [DirectiveSummary] {
    directives.keys.sorted().map { name in
      DirectiveSummary(
        name: name, origin: origins.first { $0.value.contains(name) }?.key ?? "ngspice", treatment: treatment(of: name))
    }
  }

  private static func treatment(of name: String) -> String {
    switch directives[name]?.action {
    case .refuse(let reason): return "refused: " + reason
    case .ignore(let reason): return "no effect: " + reason
    default: return extensions[name].map { "extended: " + $0 } ?? "same"
    }
  }

  private static let origins: [String: Set<String>] = [
    "ours": ["memristor", "endmemristor", "for", "endfor", "spikes", "expect", "neuron", "mc"],
    "LTspice": ["step", "backanno", "machine", "wave", "net", "savebias", "loadbias"],
    "Xyce": [
      "global_param", "preprocess", "hb", "mpde", "fft", "sampling", "embeddedsampling", "pce", "lin", "dcvolt", "dcop",
      "result",
    ],
    "HSPICE": ["data", "enddata", "macro", "eom", "prot", "unprot", "protect", "unprotect", "parameters"],
  ]

  private static let extensions = [
    "dc": "`back` returns along the chain",
    "tran": "LTspice's `.tran tstop`; `noop`; `sweep data=`",
    "measure": "`around=`, `lobe`, `deriv`; results of `.spikes`",
    "meas": "as `.measure`",
    "save": "patterns, `from= to= every=`",
    "print": "`all`, expressions without `par()`, Xyce's `format= file=`",
    "plot": "pictures; `Y vs X`",
    "probe": "PSpice's `.probe v(a)`",
    "temp": "a list is a `.step`",
    "ic": "`@n1[x]=` for states",
    "lib": "without a section, as LTspice has it",
    "options": "the [options](#options) below",
    "step": "ngspice has none",
    "control": "the [commands](control.md)",
    "subckt": "parameters without a default",
    "if": "anywhere",
  ]
}
