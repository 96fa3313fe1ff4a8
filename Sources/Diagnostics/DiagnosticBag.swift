/// Complaints in the order they were found; a stage runs only if the one before left no error.
package struct DiagnosticBag: Sendable {
  package private(set) var diagnostics: [Diagnostic] = []
  package private(set) var hasErrors = false
  private var seen: Set<Diagnostic> = []

  package init() {}

  /// Keeps `diagnostic` unless the very same one is there already (a line in a `.for` complains once).
  package mutating func report(_ diagnostic: Diagnostic) {
    guard seen.insert(diagnostic).inserted else { return }
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { hasErrors = true }
  }

  package mutating func append(_ other: DiagnosticBag) {
    for diagnostic in other.diagnostics { report(diagnostic) }
  }
}
