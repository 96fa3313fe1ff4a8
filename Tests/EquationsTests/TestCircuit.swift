import Circuits
import Devices
import Diagnostics
import Equations
import Expressions
import Netlists
import Solvers
import TestSupport
import Testing

/// A netlist's text, elaborated, with an evaluator of its equations.
final class TestCircuit {
  let elaboration: Elaboration
  let system: EquationSystem
  let evaluator: SystemEvaluator
  let y: UnsafeMutablePointer<Double>
  let rate: UnsafeMutablePointer<Double>
  let arena = Arena()
  /// "Newton", or the continuation that found the operating point.
  private(set) var method = ""

  /// `text` without title line; models of the library are found by name.
  convenience init(_ text: String, reltol: Double = 1e-4) throws {
    var tolerances = ToleranceSettings()
    tolerances.relative = reltol
    try self.init(text, tolerances: tolerances)
  }

  init(_ text: String, tolerances: ToleranceSettings) throws {
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    let file = sources.add(name: "test.cir", bytes: Array(("title\n" + text).utf8))
    let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &diagnostics)
    let elaborated = Elaborator.elaborate(
      netlist, library: Self.library, sources: &sources, diagnostics: &diagnostics)
    let complaints = DiagnosticRenderer(style: .plain).render(diagnostics, in: sources)
    elaboration = try #require(elaborated, "\(complaints)")
    #expect(!diagnostics.hasErrors, "\(complaints)")
    system = EquationSystem(elaboration.circuit)
    evaluator = SystemEvaluator(system, tolerances: tolerances)
    y = arena.doubles(evaluator.count)
    rate = arena.doubles(evaluator.count)
  }

  private static let library = ModelLibrary(names: ["hh_sodium", "hh_potassium", "nbo2_pickett"]) { name in
    let path = "Sources/Devices/Models/\(name).memristor"
    return (try? Repository.text(of: path)).map { (name: path, bytes: Array($0.utf8)) }
  }

  private struct NoFiles: SourceReader {
    func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError)
      -> (name: String, bytes: [UInt8])
    {
      throw SourceReaderError(reason: "there are no files")
    }
  }

  /// Names of all unknowns, in order.
  var unknowns: [String] { (0..<evaluator.count).map { system.name(of: $0) } }

  /// Finds the operating point, for sources at time 0 of a transient where `initial`.
  func settle(initial: Bool = false) throws {
    let matrix = BorderedMatrix(evaluator.structure, method: .sparse)
    evaluator.prepareRest(initial: initial)
    evaluator.guess(into: y, voltages: [])
    evaluator.settleTolerances(matrix, y: y)
    method = try OperatingPointSolver.solve(NewtonSolver(evaluator, matrix: matrix), y).method
    evaluator.settleTolerances(matrix, y: y)
    evaluator.endRest(y)
  }

  /// Signals compiled for reading; names that do not exist fail the test.
  func program(_ signals: [String]) -> SignalProgram {
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    let expressions = signals.map { signal in
      let file = sources.add(name: "signal", bytes: Array(signal.utf8))
      return Expression.parse(
        SourceText(file: file, bytes: Array(signal.utf8), origin: 0), diagnostics: &diagnostics)
    }
    evaluator.system.check(expressions, scope: elaboration.scope, diagnostics: &diagnostics)
    #expect(diagnostics.diagnostics.isEmpty, "\(diagnostics.diagnostics.map(\.message))")
    return SignalProgram(expressions, of: evaluator, scope: elaboration.scope)
  }

  /// Signals at rest, after `settle`.
  func values(_ signals: String...) -> [Double] {
    let program = program(signals)
    program.loadRest(time: 0, y: y)
    program.run(1)
    return signals.indices.map { program.value($0) }
  }

  /// A signal at rest, after `settle`.
  func value(_ signal: String) -> Double { values(signal)[0] }

  /// F at (time, y, y').
  func residual(time: Double) -> [Double]? {
    let result = arena.doubles(evaluator.count)
    guard evaluator.residual(time: time, y: y, rate: rate, into: result) else { return nil }
    return (0..<evaluator.count).map { result[$0] }
  }
}
