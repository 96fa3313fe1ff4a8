internal import Diagnostics
internal import Expressions

/// `spice_pulse`, `spice_sin`, `spice_exp`, `spice_sffm` of Xyce: the shapes of sources as functions in expressions.
enum SourceFunctions {
  private struct Shape {
    var parameters: [String]
    /// Arguments that may be left out, from the last one on, with what they are then.
    var defaults: [Double]
    var body: String
  }

  private static let onePulse = """
    time < td ? v1 : time < td + tr ? v1 + (v2 - v1)*(time - td)/tr : time < td + tr + pw ? v2 :
    time < td + tr + pw + tf ? v2 + (v1 - v2)*(time - td - tr - pw)/tf : v1
    """

  /// The time within a period stands for the time.
  private static let pulses = onePulse.replacing("time", with: "(time - (time < td ? 0 : per*floor((time - td)/per)))")

  private static let shapes: [String: Shape] = [
    "spice_pulse": Shape(
      parameters: ["v1", "v2", "td", "tr", "tf", "pw", "per"], defaults: [0, 0, 0, .infinity, .infinity], body: pulses),
    "spice_sin": Shape(
      parameters: ["v0", "va", "freq", "td", "theta", "phase"], defaults: [0, 0, 0],
      body: """
        time < td ? v0 + va*sin(phase*pi/180)
        : v0 + va*sin(2*pi*freq*(time - td) + phase*pi/180)*exp(-(time - td)*theta)
        """),
    "spice_exp": Shape(
      parameters: ["v1", "v2", "td1", "tau1", "td2", "tau2"], defaults: [],
      body: """
        v1 + (time < td1 ? 0 : (v2 - v1)*(1 - exp(-(time - td1)/tau1)))
        + (time < td2 ? 0 : (v1 - v2)*(1 - exp(-(time - td2)/tau2)))
        """),
    "spice_sffm": Shape(
      parameters: ["v0", "va", "fc", "mdi", "fs"], defaults: [],
      body: "v0 + va*sin(2*pi*fc*time + mdi*sin(2*pi*fs*time))"),
  ]

  /// The call with the function's formula in its place; nil where it is another, or has too few or too many arguments.
  static func formula(_ name: String, _ arguments: [Expression], at range: SourceRange) -> Expression? {
    guard let shape = shapes[name], arguments.count <= shape.parameters.count,
      arguments.count >= shape.parameters.count - shape.defaults.count
    else { return nil }
    let missing = shape.parameters.count - arguments.count
    let values = arguments + shape.defaults.suffix(missing).map { .number($0, range) }
    let isOnePulse = name == "spice_pulse" && missing > 0
    var ignored = DiagnosticBag()
    let text = SourceText(
      file: range.file, bytes: Array((isOnePulse ? onePulse : shape.body).utf8), origin: range.start)
    let named = Dictionary(zip(shape.parameters, values), uniquingKeysWith: { first, _ in first })
    return Expression.parse(text, diagnostics: &ignored).substituting { named[$0] }
  }
}
