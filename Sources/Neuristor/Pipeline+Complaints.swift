internal import Diagnostics
internal import Waveforms

/// Many runs of one netlist, and what is said about them: what all have in common once, the rest with the run's values.
extension Pipeline {
  /// Errors of one kind that are told; of a thousand runs that all fail the table says the rest.
  private static let mostErrors = 8

  /// Does `work` on a copy, whose complaints are taken over, with the values of the run where `namesRun`.
  ///
  mutating func aside<Value>(
    at place: RunPlace, namesRun: Bool, _ work: (inout Pipeline) -> Value
  ) -> Value {
    var copy = self
    copy.diagnostics = DiagnosticBag()
    let value = work(&copy)
    var isNew = false
    for var diagnostic in copy.diagnostics.diagnostics where isFirst(Complaint(diagnostic, in: copy.sources)) {
      isNew = true
      if namesRun, !place.parameters.isEmpty { diagnostic.notes.append("in the run with \(place.words)") }
      diagnostics.report(diagnostic)
    }
    // What was read and compiled for one run serves the next.
    if isNew || !copy.diagnostics.hasErrors { sources = copy.sources }
    if !copy.diagnostics.hasErrors { memory = copy.memory }
    return value
  }

  /// Whether nothing of the kind was said about that place; errors count as different where their words are.
  private mutating func isFirst(_ complaint: Complaint) -> Bool {
    let words = complaint.severity == .error ? complaint.message : ""
    let place = complaint.place.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
    guard saidAlready.insert("\(complaint.code) \(place) \(words)").inserted else { return false }
    guard complaint.severity == .error else { return true }
    errorCounts["\(complaint.code) \(place)", default: 0] += 1
    return errorCounts["\(complaint.code) \(place)", default: 0] <= Self.mostErrors
  }
}
