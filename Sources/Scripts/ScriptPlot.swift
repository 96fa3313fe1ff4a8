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
  /// The same of `fourier` lines.
  var harmonics: [String: [FourierResult]] = [:]
  /// Where a transient's line wants points.
  var grid: (start: Double, stop: Double, step: Double)?
  /// As directives call the analysis: `tran`.
  let analysis: String

  init(name: String, title: String, kind: String, analysis: String = "") {
    self.name = name
    self.title = title
    self.kind = kind
    self.analysis = analysis
  }

  init(name: String, _ result: ScriptResult) {
    self.init(
      name: name, title: result.header.title, kind: result.header.plotName, analysis: result.header.analysis)
    let signals = [result.header.axis] + result.header.signals
    measured = result.lines
    harmonics = result.harmonics
    grid = result.grid
    // An operating point and integrated noise have no axis.
    let isPoint = result.isPoint
    for (index, signal) in signals.enumerated() where index < result.columns.count {
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
    get { vectors[key(of: name)] }
    set {
      if vectors[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      vectors[name] = newValue
    }
  }

  /// Under which name the vector is kept that somebody calls `name`: `v(out)` of `out`, `i(v1)` of `v1#branch`.
  func key(of name: String) -> String {
    if vectors[name] != nil { return name }
    if let branch = name.range(ofBranch: "#branch") { return "i(\(branch))" }
    return vectors["v(\(name))"] == nil ? name : "v(\(name))"
  }

  var scaleVector: ScriptVector? { scale.flatMap { self[$0] } }

  /// What `all` means, in the alphabet's order as in ngspice; differences of voltages are no vectors of their own.
  var listedNames: [String] {
    names.filter { !($0.hasPrefix("v(") && $0.contains(",")) }.sorted { Self.listed($0) < Self.listed($1) }
  }

  /// The name under which ngspice lists a vector: `out` of `v(out)`, `v1#branch` of `i(v1)`.
  static func listed(_ name: String) -> String {
    guard name.hasPrefix("v("), name.hasSuffix(")") else { return PrintedTable.vectorName(name) }
    return String(name.dropFirst(2).dropLast())
  }
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
