import Diagnostics
import Netlists
import Scripts
import Testing
import Waveforms

/// The words of `plot` lines.
@Suite struct PlotTests {
  /// What the last line of a script draws.
  private func figure(_ script: String) throws -> Figure {
    let texts = script.split(separator: "\n").map {
      SourceText(file: FileID(index: 0), bytes: Array($0.utf8), origin: 0)
    }
    var diagnostics = DiagnosticBag()
    let opening = SourceRange(file: FileID(index: 0), start: 0, end: 0)
    let program = ScriptProgram(Script(opening: opening, lines: texts), diagnostics: &diagnostics)
    var interpreter = ScriptInterpreter(program, host: FakeCircuit())
    interpreter.run()
    #expect(interpreter.diagnostics.diagnostics.isEmpty)
    return try #require(interpreter.figures.last)
  }

  @Test(arguments: [
    "plot v(a) ylimit -0.5 0", "plot loglog v(a) title 'one two'", "plot v(a) xlimit 1 2 xlog",
    "plot v(a) xlabel 'a b c' ylabel \"d e\"", "gnuplot out v(a) ylog",
  ])
  func windowWordsAreLeftOut(line: String) throws {
    let figure = try figure("tran 1 3\n\(line)")
    let drawn = figure.panels.flatMap(\.traces)
    #expect(drawn.map(\.signal.name) == ["v(a)"])
    #expect(drawn.first?.y == [0, 2, 4, 6])
  }

  @Test func everyCurveOverItsOwn() throws {
    let figure = try figure("tran 1 3\nplot v(a) vs i(v1) 2*v(a) vs time - 1")
    let drawn = figure.panels.flatMap(\.traces)
    #expect(drawn.map(\.x) == [[0, -1, -2, -3], [-1, 0, 1, 2]])
    #expect(drawn.map(\.y) == [[0, 2, 4, 6], [0, 4, 8, 12]])
  }

  @Test func theTitleIsTheLines() throws {
    #expect(try figure("tran 1 3\nplot v(a) title 'Slow ramp'").title == "Slow ramp")
    #expect(try figure("tran 1 3\nplot v(a)").title == "Ramp")
  }
}
