internal import Diagnostics

/// What can be wrong with the card of a device whose equations stand in a model.
enum CompiledDeviceError {
  case missingModel(name: String, range: SourceRange)
  case wrongTerminalCount(device: String, model: String, terminals: [String], found: Int, range: SourceRange)
  case unknownAssignment(name: String, model: String, known: [String], range: SourceRange)
  case quantityGiven(name: String, model: String, range: SourceRange)
  case noSignal(name: String, range: SourceRange)
  case unboundInput(name: String, device: String, model: String, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
