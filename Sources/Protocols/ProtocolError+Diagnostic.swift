package import Diagnostics

extension Diagnostic {
  /// A file to compare without a `.neuron` line.
  package static func missingNeuron(_ title: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "missing-neuron", "the netlist does not say where its neuron is stimulated and read", at: title,
      fixIts: [FixIt("add a line such as .neuron cell input=Istim output=v(v) threshold=0 max=100u")])
  }

  /// A file to compare whose `.step` makes more than one run.
  package static func firstRunCompared(_ range: SourceRange, values: String, names: [String]) -> Diagnostic {
    Diagnostic(
      .note, "first-run-compared", "of the runs of '.step' the first one's neuron is compared: \(values)", at: range,
      notes: ["--set \(names.map { "\($0)=VALUE" }.joined(separator: " --set ")) compares another"])
  }

  /// A neuron in a netlist without `.tran`.
  static func neuronWithoutTime(_ range: SourceRange, neuron: String) -> Diagnostic {
    Diagnostic(
      .error, "neuron-without-time", "nothing tells how long the neuron '\(neuron)' may take to respond", at: range,
      notes: ["protocols wait for a response as long as the netlist's .tran runs"],
      fixIts: [FixIt("add a .tran line that is long enough for a spike and the return to rest")])
  }
}
