import Devices
import Diagnostics
import Kernels
import Netlists
import Testing

/// Blocks that compile, and what they become.
struct DeviceLanguageTests {
  /// A block around lines.
  private func block(_ lines: String, terminals: String = "") -> String {
    ".memristor dev \(terminals)\n\(lines)\n.endmemristor\n"
  }

  @Test func lineOrderIsFree() throws {
    let (model, complaints) = compile(
      block(
        """
        i = g*v
        g = a*x
        ddt(x) = b - x
        a = 2*b
        b = 3*c
        param c = d/2 in (0, d]   ; S, scale
        param d = 4               ; -, twice the scale
        state x in [0, 1] tol=1u = b/100   ; -, opening
        """))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.parameters.map(\.name) == ["d", "c"])
    let point = Point(model: device, values: ["v": 2, "x": 0.5])
    #expect(point.quantity("i") == 12)
    #expect(point.rate(of: "x") == 5.5)
    #expect(point.start(of: "x") == 0.06)
    #expect(device.parameters[1].unit == "S")
    #expect(device.parameters[1].documentation == "scale")
    let state = device.variables[try #require(device.variable(named: "x"))]
    #expect(state.bounds.holdsLower && state.bounds.holdsUpper)
    #expect(state.tolerance.map(point.value) == 1e-6)
  }

  @Test func currentControlledDeviceHasItsCurrentAsUnknown() throws {
    let (model, complaints) = compile(
      block("param r = 100\nstate x = 1\nddt(x) = i*v - x\nv = r*x*i"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.equations.map(\.row) == [.current(from: 0, to: 1), .branch, .variable(2)])
    let point = Point(model: device, values: ["v": 3, "i": 0.5, "x": 0.25])
    #expect(point.value(of: device.equations[1].resistive) == 3 - 12.5)
    #expect(point.quantity("i") == 0.5)
    #expect(point.quantity("p") == 1.5)
    #expect(point.rate(of: "x") == 1.25)
    #expect(device.topology == [.conducts(0, 1)])
  }

  @Test func constraintsFixVarsAndReadTheCurrent() throws {
    let (model, complaints) = compile(block("var y in (-1, 1) = 0\n0 = y - tanh(v - i)\ni = 2*y"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.equations.map(\.row) == [.current(from: 0, to: 1), .variable(1)])
    let point = Point(model: device, values: ["v": 1, "y": 0.5])
    #expect(point.value(of: device.equations[1].resistive) == 0.5)
  }

  @Test func currentMayBeImplicit() throws {
    let (model, complaints) = compile(block("0 = v - 5*i - i**3"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.equations.map(\.row) == [.current(from: 0, to: 1), .branch])
    #expect(Point(model: device, values: ["v": 1, "i": 2]).value(of: device.equations[1].resistive) == -17)
  }

  @Test func internalNodesAndThirdTerminals() throws {
    let (model, complaints) = compile(
      block("node m\ni(p, m) = v(p, m)/10\ni(m, n) = v(m, n)*v(g)", terminals: "(p n g)"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.terminals == ["p", "n", "g", "m"])
    #expect(device.internalNodeCount == 1)
    #expect(device.equations.map(\.row) == [.current(from: 0, to: 3), .current(from: 3, to: 1)])
    let point = Point(model: device, values: ["v(p,m)": 5, "v(m,n)": 2, "v(g)": 3])
    #expect(point.quantity("i") == 0.5)
    #expect(point.quantity("p") == 2.5 + 12)
  }

  @Test func terminalBesideStateOfTheSameName() throws {
    let (model, complaints) = compile(block("state n = 0\nddt(n) = v - n\ni = n*v(p, n)"))
    #expect(complaints.isEmpty)
    #expect(try #require(model).variables.map(\.name) == ["v", "n"])
  }

  @Test func inputsAreSignals() throws {
    let (model, complaints) = compile(block("param c = 2\ninput ca = 3*c ; mM, calcium\ninput u\ni = ca*v + u"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    var binder = ElementBinder()
    var parsed = ParsedText(block("param c = 2\ninput ca = 3*c ; mM, calcium\ninput u\ni = ca*v + u"))
    let defined = try #require(
      binder.define(parsed.blocks[0], function: { _ in nil }, diagnostics: &parsed.diagnostics))
    let (elements, bound) = bind("N1 a 0 dev u=v(b,c) c=5\n", model: defined.model, binder: &binder)
    #expect(bound.isEmpty)
    let element = try #require(elements[0])
    #expect(element.signals.count == 2)
    #expect(element.signals[0] == nil)
    guard case .voltage(let plus, let minus)? = element.signals[1]?.value else {
      Issue.record("u is bound to a voltage")
      return
    }
    #expect(plus.plain == "b" && minus?.plain == "c")
    #expect(device.variables[1].unit == "mM")
  }

  @Test func eventsWriteMemoriesAndStates() throws {
    let (model, complaints) = compile(
      block(
        """
        memory d = 1     ; -, direction
        state x = 0
        ddt(x) = d*v
        on rise(x > 0.5)
          d = -d
          x = ddt(x)/2
        endon
        i = x*v
        """))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    let event = try #require(device.events.first)
    #expect(event.edge == .rise)
    let point = Point(model: device, values: ["v": 3, "x": 0.75])
    #expect(point.value(of: event.argument) == 0.25)
    #expect(event.assignments.map(\.target) == [.memory(0), .variable(1)])
    #expect(event.assignments.map { point.value(of: $0.value) } == [-1, 1.5])
  }

  @Test func noiseIsTakenOutOfTheEquations() throws {
    let (model, complaints) = compile(
      block("noise w = 4*abs(v)\nnoise i = 1e-20\nstate x = 0\nddt(x) = v - x + 2*x*w\ni = x*v + 3*w"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.noise.map(\.name) == ["w", "i"])
    let point = Point(model: device, values: ["v": 2, "x": 5])
    #expect(point.value(of: device.noise[0].density) == 8)
    #expect(device.noise[0].coefficients.map(\.equation) == [0, 1])
    #expect(device.noise[0].coefficients.map { point.value(of: $0.coefficient) } == [3, -10])
    #expect(point.quantity("i") == 10)
    #expect(point.rate(of: "x") == -3)
    #expect(device.noise[1].coefficients.map(\.equation) == [0])
  }

  @Test func defaultsReadTheEnclosingScopeThroughParameters() throws {
    var parsed = ParsedText(block("param g = 2*outer\ni = g*v"))
    var binder = ElementBinder()
    let defined = try #require(
      binder.define(parsed.blocks[0], function: { _ in nil }, diagnostics: &parsed.diagnostics))
    #expect(parsed.complaints.isEmpty)
    let model = binder.models[defined.model]
    #expect(defined.parameters.map { model.parameters[$0.index].name } == ["outer"])
    #expect(model.parameters.map(\.origin) == [.scope, .card])
    #expect(Point(model: model, values: ["outer": 3, "v": 4]).quantity("i") == 24)
    let (_, complaints) = bind("N1 a 0 dev outer=3\n", model: defined.model, binder: &binder)
    #expect(complaints.count == 1)
  }

  @Test func temperatureIsAHiddenParameter() throws {
    let (model, complaints) = compile(block("param is = 1f\ni = is*(exp(v/vthermal) - 1) + 0*tempk + 0*temper"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.parameters[0].name == "temp" && device.parameters[0].origin == .temperature)
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    let point = Point(model: device, values: ["temp": 27, "v": thermal])
    #expect(abs(point.quantity("i") / 1e-15 - (2.718281828459045 - 1)) < 1e-12)
    #expect(compile(block("i = v")).model?.parameters.isEmpty == true)
  }

  @Test func chargeMayStandInTheCurrent() throws {
    let (model, complaints) = compile(block("param c = 2\nq = c*v + v**3\ni = v/5 + ddt(q)"))
    #expect(complaints.isEmpty)
    let device = try #require(model)
    #expect(device.equations.count == 2)
    let point = Point(model: device, values: ["v": 2], rates: ["charge#1": 7])
    #expect(point.quantity("i") == 7.4)
  }

  @Test func modelLineGivesNewDefaults() throws {
    var parsed = ParsedText(
      ".memristor dev\nparam g = 1\ni = g*v\n.endmemristor\n.model fast dev(g=3)\n.model bad dev(h=3)\n")
    var binder = ElementBinder()
    let defined = try #require(
      binder.define(parsed.blocks[0], function: { _ in nil }, diagnostics: &parsed.diagnostics))
    let fast = binder.define(parsed.models[0], on: defined.model, diagnostics: &parsed.diagnostics)
    #expect(fast?.parameters.count == 1)
    #expect(binder.define(parsed.models[1], on: defined.model, diagnostics: &parsed.diagnostics) == nil)
    #expect(parsed.complaints == ["unknown-parameter 6:16 a model 'dev' has no parameter 'h'"])
  }

  @Test func tenThousandChainedLinesCompile() {
    let lines = (1...10_000).map { "q\($0) = q\($0 + 1)" } + ["q10001 = v", "i = q1"]
    #expect(compile(block(lines.joined(separator: "\n"))).complaints.isEmpty)
  }
}
