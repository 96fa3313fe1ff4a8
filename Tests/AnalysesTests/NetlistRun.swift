import Analyses
import Circuits
import Devices
import Diagnostics
import Netlists
import Waveforms

/// A netlist as text, run to its end: results by name, points, complaints.
struct NetlistRun {
  var outcomes: [AnalysisOutcome] = []
  var verdicts: [Verdict] = []
  var diagnostics: [Diagnostic] = []
  /// Points of each analysis, in the order of the netlist.
  var tables: [WaveformTable] = []

  /// Runs the lines in `text` (a title is put before them). `sink` stands in for tables in memory.
  init(_ text: String, sink: (any WaveformSink)? = nil, isCancelled: @escaping () -> Bool = { false }) {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let file = sources.add(name: "test.cir", bytes: Array(("title\n" + text + "\n").utf8))
    let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &bag)
    let library = ModelLibrary(names: []) { _ in nil }
    let elaboration = Elaborator.elaborate(netlist, library: library, sources: &sources, diagnostics: &bag)
    guard !bag.hasErrors, let elaboration else {
      diagnostics = bag.diagnostics
      return
    }
    let experiment = Experiment(elaboration, diagnostics: &bag)
    guard !bag.hasErrors else {
      diagnostics = bag.diagnostics
      return
    }
    var tables: [WaveformTable] = []
    let run = experiment.run { _ in
      let table = WaveformTable()
      tables.append(table)
      var control = RunControl()
      control.sink = sink ?? table
      control.isCancelled = isCancelled
      return control
    }
    self.tables = tables
    outcomes = run.outcomes
    verdicts = run.verdicts
    diagnostics = bag.diagnostics + run.diagnostics.diagnostics
  }

  /// The value of a measure or spikes result, NaN where it failed or there is none.
  subscript(name: String) -> Double {
    for outcome in outcomes {
      if let value = outcome.table.value(of: name), let number = try? value.get() { return number }
    }
    return .nan
  }

  /// A value of the operating point.
  func rest(_ name: String) -> Double {
    outcomes.flatMap(\.values).first { $0.signal.name == name }?.value ?? .nan
  }

  /// A column of the last analysis.
  func column(_ name: String) -> [Double] { tables.last?.column(named: name) ?? [] }

  /// Codes of the complaints, in order.
  var codes: [String] { diagnostics.map(\.code.name) }

  func complaint(_ code: String) -> Diagnostic? { diagnostics.first { $0.code.name == code } }

  var isCompleted: Bool {
    !outcomes.isEmpty && outcomes.allSatisfy { if case .completed = $0.ending { true } else { false } }
  }

  var hasFailed: Bool { outcomes.contains { if case .failed = $0.ending { true } else { false } } }

  /// Instants written twice, from the left and from the right: corners and events.
  var discontinuities: [Double] {
    let times = column("time")
    return zip(times, times.dropFirst()).filter { $0 == $1 }.map(\.0)
  }

  /// What was said, for a failed expectation.
  var words: String {
    diagnostics.map { "\($0.severity) \($0.code.name): \($0.message) \($0.notes)" }.joined(separator: "\n")
  }
}

/// No other file is read.
private struct NoFiles: SourceReader {
  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
  {
    throw SourceReaderError(reason: "there are no files here")
  }
}

/// Whether two numbers agree to a relative tolerance.
func isClose(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
  abs(value - expected) <= tolerance * abs(expected)
}
