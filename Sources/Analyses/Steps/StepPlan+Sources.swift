package import Circuits
package import Diagnostics
internal import Devices
internal import Netlists

extension StepPlan {
  /// Gives the sources of `elaboration` the values of one run; names that are no source's are reported.
  package func setSources(of elaboration: inout Elaboration, run: Int, diagnostics: inout DiagnosticBag) {
    let hasTransient = elaboration.directives.contains { $0.keyword.value == "tran" }
    for (source, value) in sourceValues(ofRun: run) {
      guard let device = elaboration.circuit.source(named: source.value) else {
        let known = elaboration.circuit.sourceNames + elaboration.scope.names
        diagnostics.report(.unknownStep(source.range, name: source.value, known: known, mustBeParameter: false))
        continue
      }
      var waveform = elaboration.circuit.waveform(of: device)
      waveform.direct = value
      elaboration.circuit = elaboration.circuit.replacing(waveformOf: device, by: waveform)
      if waveform.shape != nil, hasTransient {
        diagnostics.report(.shapeOutranksStep(source.range, name: source.value))
      }
    }
  }
}
