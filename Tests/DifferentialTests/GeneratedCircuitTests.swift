import Foundation
import Testing

/// Random circuits through ngspice and neuristor.
@Suite(.enabled(if: Ngspice.path != nil, "ngspice is not installed; make difftest installs it"))
struct GeneratedCircuitTests {
  /// `make difftest ONLY=diodes` runs one family.
  static let chosen = ProcessInfo.processInfo.environment["NEURISTOR_DIFFTEST"].flatMap { $0.isEmpty ? nil : $0 }

  @Test(arguments: GeneratedCircuit.all.filter { circuit in chosen.map { circuit.name.contains($0) } ?? true })
  func agreesWithNgspice(circuit: GeneratedCircuit) throws {
    let found = Comparison.differences(of: circuit.text)
    func expectNone() { #expect(found.isEmpty, "\(found.joined(separator: "\n"))\n\(circuit.text)") }
    if let fault = GeneratedCircuit.ngspiceFaults[circuit.name] {
      withKnownIssue(fault, isIntermittent: GeneratedCircuit.faultsAtTheBound.contains(circuit.name)) { expectNone() }
    } else {
      expectNone()
    }
  }

  @Test func thereAreEnough() { #expect(GeneratedCircuit.all.count >= 300) }
}
