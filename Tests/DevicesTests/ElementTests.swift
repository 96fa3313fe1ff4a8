import Devices
import Diagnostics
import Expressions
import Kernels
import Netlists
import Testing

/// What cards of elements mean.
struct ElementTests {
  @Test func resistorIsAConductance() throws {
    var binder = ElementBinder()
    let (elements, complaints) = bind("R1 in out 2k tc1=1m\nR2 out 0 {r}\n", binder: &binder)
    #expect(complaints.isEmpty)
    #expect(binder.models.count == 1)
    let element = try #require(elements[0])
    #expect(element.nodes.map { $0.value.plain } == ["in", "out"])
    #expect(element.parameters.map { binder.models[0].parameters[$0.index].name } == ["r", "tc1"])
    let point = Point(model: binder.models[0], values: ["r": 2e3, "tc1": 1e-3, "temp": 127, "tnom": 27, "v": 4.4])
    #expect(abs(point.quantity("i") - 2e-3) < 1e-18)
    #expect(abs(point.quantity("p") - 8.8e-3) < 1e-17)
  }

  @Test func zeroResistanceIsAMilliohmWithAWarning() {
    var binder = ElementBinder()
    _ = bind("R1 a 0 0\n", binder: &binder)
    let model = binder.models[0]
    let point = Point(model: model, values: ["r": 0, "temp": 27, "tnom": 27, "v": 1e-3])
    #expect(abs(point.quantity("i") - 1) < 1e-15)
    #expect(point.value(of: model.checks[0].condition) == 1)
    #expect(Point(model: model, values: ["r": 1]).value(of: model.checks[0].condition) == 0)
    #expect(Point(model: model, values: ["r": -1]).value(of: model.checks[0].condition) == 0)
  }

  @Test func capacitorKeepsChargeAndInitialCondition() throws {
    var binder = ElementBinder()
    let (elements, complaints) = bind("C1 a 0 2u ic=0.5\n", binder: &binder)
    #expect(complaints.isEmpty)
    #expect(try #require(elements[0]).initialCondition != nil)
    let model = binder.models[0]
    let reactive = try #require(model.equations[0].reactive)
    var point = Point(model: model, values: ["c": 2e-6, "v": 3])
    #expect(point.value(of: reactive) == 6e-6)
    point.rates = ["v": 10]
    #expect(abs(point.quantity("i") - 2e-5) < 1e-19)
    #expect(model.topology == [.conductsInTime(0, 1)])
  }

  @Test func inductorOwnsItsCurrent() throws {
    var binder = ElementBinder()
    _ = bind("L1 a 0 2m\n", binder: &binder)
    let model = binder.models[0]
    #expect(model.equations.map(\.row) == [.current(from: 0, to: 1), .branch])
    let point = Point(model: model, values: ["l": 2e-3, "i": 0.5, "v": 1])
    #expect(point.value(of: model.equations[1].resistive) == 1)
    #expect(point.value(of: try #require(model.equations[1].reactive)) == -1e-3)
  }

  @Test func sourceReadsValuePhasorAndShape() throws {
    var binder = ElementBinder()
    let (elements, complaints) = bind("V1 in 0 DC 1 AC 2 90 PULSE(0 5 1n 2n 3n 4n 20n)\n", binder: &binder)
    #expect(complaints.isEmpty)
    let card = try #require(elements[0]?.waveform)
    var diagnostics = DiagnosticBag()
    #expect(card.expressions.count == 10)
    let waveform = try #require(
      card.waveform([1, 2, 90, 0, 5, 1e-9, 2e-9, 3e-9, 4e-9, 20e-9], step: 1e-9, stop: 1, diagnostics: &diagnostics))
    #expect(waveform.direct == 1)
    #expect(waveform.acMagnitude == 2 && waveform.acPhase == 90)
    #expect(waveform.shape?.description == "PULSE(0.0 5.0 1e-09 2e-09 3e-09 4e-09 2e-08 0.0)")
  }

  @Test func edgesLeftOutAreTheStepWithANote() throws {
    var binder = ElementBinder()
    let (elements, _) = bind("I1 0 a PULSE(1 2)\nI2 0 a PWL(0 3 1u 4) td=1u r=0\n", binder: &binder)
    var diagnostics = DiagnosticBag()
    let pulse = try #require(
      elements[0]?.waveform?.waveform([1, 2], step: 1e-6, stop: 1e-3, diagnostics: &diagnostics))
    #expect(pulse.shape?.description == "PULSE(1.0 2.0 0.0 1e-06 1e-06 0.001 0.001 0.0)")
    #expect(pulse.direct == 1)
    #expect(diagnostics.diagnostics.map(\.code.name) == ["pulse-edge"])
    let points = try #require(
      elements[1]?.waveform?.waveform([0, 3, 1e-6, 4, 1e-6, 0], step: 1e-6, stop: 1, diagnostics: &diagnostics))
    #expect(points.shape?.description == "PWL(0.0 3.0 1e-06 4.0) r=0.0 td=1e-06")
  }

  @Test func periodThatTheClockCannotResolveIsAnError() {
    var binder = ElementBinder()
    let (elements, _) = bind("V1 0 a PULSE(0 1 0 1f 1f 1f 1f)\nV2 0 b PWL(0 0 1f 1) r=0\n", binder: &binder)
    var diagnostics = DiagnosticBag()
    let pulse = [0, 1, 0, 1e-15, 1e-15, 1e-15, 1e-15]
    #expect(elements[0]?.waveform?.waveform(pulse, step: 1e-3, stop: 1, diagnostics: &diagnostics) == nil)
    #expect(elements[1]?.waveform?.waveform([0, 0, 1e-15, 1, 0], step: 1, stop: 1, diagnostics: &diagnostics) == nil)
    #expect(diagnostics.diagnostics.map(\.code.name) == ["unresolvable-period", "unresolvable-period"])
  }

  @Test func likeBehaviouralSourcesShareOneModel() throws {
    var binder = ElementBinder()
    let (elements, complaints) = bind(
      "B1 a 0 I=g*v(b)**2 + i(v1)\nB2 c 0 I=h*v(d)**2 + i(v2)\nB3 a 0 V=g*v(b)**2 + i(v1)\n", binder: &binder)
    #expect(complaints.isEmpty)
    #expect(binder.models.count == 2)
    let first = try #require(elements[0])
    let second = try #require(elements[1])
    #expect(first.model == second.model)
    #expect(second.nodes.map { $0.value.plain } == ["c", "0", "d"])
    #expect(first.signals.count == 1)
    let point = Point(model: binder.models[0], values: ["g": 2, "v(2)": 3, "signal 1": 0.5])
    #expect(point.quantity("i") == 18.5)
    #expect(binder.models[0].topology == [.fixesCurrent(0, 1)])
    #expect(binder.models[1].topology == [.fixesVoltage(0, 1)])
  }

  @Test func behaviouralSourceReadsItsOwnNodes() throws {
    var binder = ElementBinder()
    let (elements, complaints) = bind("B1 a b I=v(a,b)*1m + ddt(1u*v(a)) + v(b,a)*2m\n", binder: &binder)
    #expect(complaints.isEmpty)
    #expect(try #require(elements[0]).nodes.count == 2)
    let model = binder.models[0]
    #expect(model.topology == [.conducts(0, 1)])
    let point = Point(model: model, values: ["v": 2, "v(0)": 5], rates: ["v(0)": 7])
    #expect(abs(point.value(of: model.equations[0].resistive) + 2e-3) < 1e-18)
    #expect(abs(point.value(of: try #require(model.equations[0].reactive)) - 5e-6) < 1e-18)
    #expect(abs(point.quantity("i") - (-2e-3 + 7e-6)) < 1e-15)
  }

  @Test func nonlinearChargeBecomesAnUnknown() throws {
    var binder = ElementBinder()
    let (_, complaints) = bind("B1 a 0 I=ddt(1u*v(a)*v(a)*v(a))\n", binder: &binder)
    #expect(complaints.isEmpty)
    let model = binder.models[0]
    #expect(model.equations.count == 2)
    let charge = try #require(model.variables.firstIndex { if case .charge = $0.kind { true } else { false } })
    #expect(model.equations[1].row == .variable(charge))
    #expect(model.equations[0].reactive == Optional(try nodeOfLeaf(.variable(charge), in: model)))
  }

  private func nodeOfLeaf(_ leaf: Leaf, in model: DeviceModel) throws -> NodeID {
    NodeID(index: Int32(try #require(model.graph.operations.firstIndex(of: .leaf(leaf)))))
  }

  @Test(arguments: [
    ("R1 a\n", "missing-node 1:1 'r1' lacks its node n-"),
    ("R1 a 0\n", "missing-element-value 1:1 'r1' has no resistance"),
    ("R1 a 0 rload\n", "not-a-number 1:8 'rload' is no number"),
    ("R1 a 0 1k tc3=1\n", "unknown-parameter 1:11 a resistor has no parameter 'tc3'"),
    ("R1 a 0 1k r=2k\n", "given-twice 1:11 'r' is given twice"),
    ("C1 a 0 1u 2u\n", "unexpected-word 1:11 '2u' has no meaning on the card of a capacitor"),
    ("Q1 a b 0 fast\n", "foreign-element 1:1 'q1' is a bipolar transistor, which neuristor does not have"),
    ("T1 a 0 b 0 td=1n\n", "missing-element-value 1:1 't1' has no z0, the impedance of the line"),
    ("V1 a 0 PULS(0 1)\n", "unknown-source-shape 1:8 'PULS' is no value or shape of a source"),
    ("V1 a 0 SIN(0)\n", "source-argument-count 1:8 SIN takes 2 to 6 values, here is 1"),
    ("V1 a 0 PWL(0 1 2)\n", "source-argument-count 1:8 PWL needs pairs of time and value; it has 3 numbers"),
    ("V1 a 0 DC\n", "missing-element-value 1:8 no value follows 'DC'"),
    ("V1 a 0 AM(1 0 1k 20k 0 0 30 1)\n", "source-argument-count 1:8 AM takes 2 to 7 values, here are 8"),
    ("B1 a 0\n", "missing-equation 1:1 'b1' has neither I= nor V="),
    ("B1 a 0 I=1 V=2\n", "two-equations 1:12 a B source gives its current or its voltage, not both"),
    ("B1 a 0 I=2 v(a)\n", "missing-operator 1:12 two operands stand side by side"),
    (
      "R1 a 0 1k tc1={v(a)}\n",
      "running-value 1:16 the values of a resistor stand still during a run; a voltage or current may not enter"
    ),
    ("N1 a\n", "missing-model 1:1 'n1' names no model"),
  ])
  func faultyCardsAreExplained(text: String, complaint: String) {
    var binder = ElementBinder()
    let (elements, complaints) = bind(text, binder: &binder)
    #expect(complaints == [complaint])
    #expect(elements.allSatisfy { $0 == nil })
  }

  @Test func lettersBehindANumberAreIgnoredWithAWarning() {
    var binder = ElementBinder()
    let (elements, complaints) = bind("C1 a 0 1x\nC2 a 0 10pF\nR1 a 0 1kOhm\n", binder: &binder)
    #expect(elements.allSatisfy { $0 != nil })
    #expect(complaints == ["unknown-unit 1:8 the letters at the end of '1x' are ignored, as in ngspice"])
  }

  @Test func everyElementFileIsInTheCatalogue() {
    let letters = ElementCatalogue.kinds.map { $0.letter }
    #expect(letters.sorted() == Array("abcdefghiklnrstvwy"))
    for kind in ElementCatalogue.kinds {
      #expect(kind.syntax.example.lowercased().first == kind.letter)
      #expect(kind.syntax.model?.types.allSatisfy(ElementBinder().isElementType) != false)
    }
  }
}
