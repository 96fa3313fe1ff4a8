import Foundation
import Neuristor
import Testing

/// Damaged netlists: no crash, no hang, and every error says where.
///
/// `NEURISTOR_FUZZ_SECONDS` is how long it takes, `NEURISTOR_FUZZ_SEED` which mutants there are. What failed is kept in
/// `.build/fuzz`.
@Suite struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["NEURISTOR_FUZZ_SECONDS"].flatMap(Double.init) ?? 5
  private static let seed = environment["NEURISTOR_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  /// A simulation is asked to stop after this time, in seconds; all of a netlist may take ten.
  private static let patience = 0.3
  private static let watchdog = Watchdog(limit: 30)

  @Test func everyMutantIsAnswered() {
    let end = Date().addingTimeInterval(Self.seconds)
    var number = 0
    while Date() < end {
      number += 1
      let mutant = Mutant(seed: Self.seed, number: number)
      mutant.keep(as: "current.cir")
      var faults: [String] = []
      let taken = Self.watchdog.watch(mutant.name) { faults = Self.faults(of: mutant) }
      if taken > 10 { faults.append("it took \(taken) s") }
      if !faults.isEmpty { mutant.keep(as: "\(Self.seed)-\(number).cir") }
      #expect(faults.isEmpty, "\(mutant.name)")
    }
    #expect(number > 1)
  }

  private static func faults(of mutant: Mutant) -> [String] {
    var source = Source("", name: mutant.path)
    source.bytes = mutant.bytes
    let deadline = Date().addingTimeInterval(patience)
    var options = RunOptions()
    options.keepsWaveforms = false
    options.isCancelled = { Date() > deadline }
    let report = Simulator().run(source, options: options).report
    // What is shown to a user must be renderable too.
    let text = report.text()
    let errors = report.complaints.filter { $0.severity == .error }
    return (errors.isEmpty || !text.isEmpty ? [] : ["no text"])
      + errors.filter { $0.place == nil }.map { "[\($0.code)] says not where: \($0.message)" }
  }
}
