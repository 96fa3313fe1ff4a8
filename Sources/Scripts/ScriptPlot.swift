internal import Waveforms

/// The vectors of one analysis, and those that `let` has put beside them.
package struct ScriptPlot: Sendable {
  /// `tran1`, `op2`, `const`.
  package let name: String
  package var title: String
  /// "Transient Analysis".
  package var kind: String
  /// The vector that others are drawn and printed over; nil where there is none.
  package var scale: String?
  /// In the order in which they came.
  package private(set) var names: [String] = []
  private var vectors: [String: ScriptVector] = [:]
  /// What `meas` lines gave while the analysis ran, by their text.
  var measured: [String: MeasureResult] = [:]
  /// As directives call the analysis: `tran`.
  var analysis = ""

  init(name: String, title: String, kind: String) {
    self.name = name
    self.title = title
    self.kind = kind
  }

  init(name: String, _ result: ScriptResult) {
    self.init(name: name, title: result.header.title, kind: result.header.plotName)
    let signals = [result.header.axis] + result.header.signals
    analysis = result.header.analysis
    measured = result.lines
    let isPoint = analysis == "op"
    for (index, signal) in signals.enumerated() where index < result.columns.count {
      // An operating point has no axis.
      if index == 0, isPoint { continue }
      let imaginary = index > 0 && index < result.imaginary.count ? result.imaginary[index] : []
      self[signal.name.lowercased()] = ScriptVector(result.columns[index], imaginary: imaginary, kind: signal.kind)
    }
    if !isPoint { scale = result.header.axis.name.lowercased() }
    for measure in result.measures {
      if let value = try? measure.value.get() { self[measure.name] = ScriptVector(value) }
    }
  }

  /// The vector of that name, or of the node that bears it.
  subscript(name: String) -> ScriptVector? {
    get {
      if let vector = vectors[name] { return vector }
      if let branch = name.range(ofBranch: "#branch") { return vectors["i(\(branch))"] }
      return vectors["v(\(name))"]
    }
    set {
      if vectors[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      vectors[name] = newValue
    }
  }

  var scaleVector: ScriptVector? { scale.flatMap { self[$0] } }
}

extension String {
  /// The name before `suffix`, where it ends so.
  fileprivate func range(ofBranch suffix: String) -> Substring? {
    hasSuffix(suffix) ? dropLast(suffix.count) : nil
  }
}

extension ScriptPlot {
  /// What is there before anything has run.
  static let constants: ScriptPlot = {
    var plot = ScriptPlot(name: "const", title: "Constant values", kind: "constants")
    let values: [(String, Double)] = [
      ("boltz", 1.380649e-23), ("c", 299_792_458), ("e", 2.718281828459045), ("echarge", 1.602176634e-19),
      ("false", 0), ("kelvin", -273.15), ("no", 0), ("pi", .pi), ("planck", 6.62607015e-34), ("true", 1), ("yes", 1),
    ]
    for (name, value) in values { plot[name] = ScriptVector(value) }
    plot["i"] = ScriptVector([0], imaginary: [1])
    return plot
  }()
}
