import Diagnostics
import Expressions
import Netlists
import Scripts
import Waveforms

/// A circuit whose every analysis gives the same ramp: v(a) = 2 t at t = 0, 1, 2, 3 s, i(v1) = -t.
final class FakeCircuit: ScriptHost {
  var asked: [String] = []
  var alterations: [Alteration] = []
  var isCancelled: Bool { false }

  func analyse(_ line: SourceText?, _ wanted: ScriptDemand) -> [ScriptResult]? {
    asked.append(line?.string ?? "run")
    let kind = line.map { String($0.string.prefix { $0 != " " }) } ?? "tran"
    let header = PlotHeader(
      title: "Ramp", plotName: "Transient Analysis", analysis: kind, axis: Signal(name: "time", kind: .time),
      signals: [Signal(name: "v(a)", kind: .voltage), Signal(name: "i(v1)", kind: .current)])
    return [ScriptResult(header: header, columns: [[0, 1, 2, 3], [0, 2, 4, 6], [0, -1, -2, -3]])]
  }

  func plan(ofMeasure line: SourceText) -> (name: String, plan: MeasurePlan)? { nil }

  func alter(_ alteration: Alteration) -> Bool {
    alterations.append(alteration)
    return true
  }

  func reset() { alterations = [] }

  func draw() -> (uniform: Double, normal: Double) { (0.75, -1.5) }

  func parameter(_ name: String) -> Double? { name == "gain" ? 10 : nil }
}

/// What a script of `lines` prints and complains about.
func obey(_ lines: String, on circuit: FakeCircuit = FakeCircuit()) -> (text: String, codes: [String]) {
  let texts = lines.split(separator: "\n").map {
    SourceText(file: FileID(index: 0), bytes: Array($0.drop { $0 == " " }.utf8), origin: 0)
  }
  var diagnostics = DiagnosticBag()
  let program = ScriptProgram(
    Script(opening: SourceRange(file: FileID(index: 0), start: 0, end: 0), lines: texts), diagnostics: &diagnostics)
  var interpreter = ScriptInterpreter(program, host: circuit, mostPasses: 1000)
  interpreter.run()
  diagnostics.append(interpreter.diagnostics)
  return (interpreter.output, diagnostics.diagnostics.map(\.code.name))
}
