import Analyses
import Circuits
import Diagnostics
import Expressions
import Netlists
import Waveforms

/// No other file is read.
private struct NoFiles: SourceReader {
  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
  {
    throw SourceReaderError(reason: "there are no files here")
  }
}

/// What the directives in `lines` ask for, with the parameters vth = 0.5 and t0 = 1m; patterns match nodes c1 ... c12.
func requests(_ lines: String) -> (requests: Requests, complaints: [Diagnostic]) {
  var sources = SourceMap()
  var diagnostics = DiagnosticBag()
  let file = sources.add(name: "test.cir", bytes: Array(("title\nr1 a 0 1k\n" + lines + "\n").utf8))
  let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &diagnostics)
  let cards = netlist.statements.compactMap { if case .directive(let card) = $0 { card } else { nil } }
  let requests = Requests.read(
    cards, scope: ParameterScope(values: ["vth": 0.5, "t0": 1e-3]),
    names: SignalNames(matching: { probe in
      guard case .voltage("c*", nil) = probe else { return [] }
      return [10, 2, 1, 12, 3, 11, 4, 5, 6, 7, 8, 9].map { Probe.voltage("c\($0)", nil) }
    }), diagnostics: &diagnostics)
  return (requests, diagnostics.diagnostics)
}

/// The quantity of the only `.measure` line, and what was complained about.
func measure(_ line: String) -> (quantity: MeasureRequest.Quantity?, complaints: [Diagnostic]) {
  let result = requests(line)
  let measures = result.requests.plans.values.flatMap(\.measures)
  return (measures.first?.quantity, result.complaints)
}
