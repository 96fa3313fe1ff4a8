import Foundation
import Neuristor
import Waveforms

/// One netlist through both programs.
struct Comparison {
  /// Sentences, one for each signal that differs; empty where the programs agree.
  var differences: [String] = []
  /// How many signals were compared.
  var count = 0

  /// `folder` is where files stand that the netlist names.
  init(_ text: String, name: String, folder: URL = FileManager.default.temporaryDirectory) throws {
    let deck = NgspiceDeck(text)
    let path = folder.appending(path: name).path
    let result = Self.simulate(deck.plainText, path, [:])
    guard result.status == .completed || result.status == .expectationFailed else {
      differences = ["neuristor: \(result.status)\n\(result.report.text())"]
      return
    }
    let reference = try Ngspice.run(deck.text(steps: 5000), within: folder)
    if reference.hasGivenUp { differences.append("ngspice gave up:\n\(reference.words)") }
    let dense = Once { Self.simulate(deck.plainText(steps: 4000), path, ["points": "steps"]) }
    let finer = Once { try Ngspice.run(deck.text(steps: 10000), within: folder) }
    for (directive, plotName) in Self.plotNames {
      let ours = result.analyses.filter { $0.directive == directive }
      let theirs = reference.plots.indices.filter { reference.plots[$0].header.plotName.hasPrefix(plotName) }
      if ours.count > theirs.count { differences.append("ngspice has no .\(directive):\n\(reference.words)") }
      for (number, (our, index)) in zip(ours, theirs).enumerated() {
        let isPoint = directive == "op"
        guard let curves = isPoint ? Curves(our.operatingPoint) : our.waveforms.map({ Curves($0) }) else { continue }
        let their = Curves(reference.plots[index], isPoint: isPoint)
        count += Agreement.shared(curves, their).count
        let found =
          switch directive {
          case "tran":
            try Agreement.outsideTube(
              curves, their,
              dense: {
                let analyses = try dense.value().analyses.filter { $0.directive == directive }
                return analyses[number].waveforms.map { Curves($0) }
              }, finer: { Curves(try finer.value().plots[index], isPoint: false) })
          case "ac": Agreement.phasorDifferences(curves, their, relative: 1e-5)
          case "noise": Agreement.spectrumDifferences(curves, their, relative: 1e-5)
          default: Agreement.differences(curves, their, relative: 1e-4)
          }
        differences += found.map { ".\(directive): \($0)" }
      }
    }
    if deck.asksForResults {
      let printed = try Ngspice.results(deck.text(steps: 5000), within: folder)
      compareMeasures(of: result, with: printed.measures)
      compareHarmonics(of: result, with: printed.harmonics)
    }
  }

  /// Numbers that ngspice reads off its points, neuristor off its polynomials: 2e-3 of each.
  private mutating func compareMeasures(of result: SimulationResult, with theirs: [String: Double]) {
    for measure in result.analyses.flatMap(\.measures) {
      guard let value = measure.value, let their = theirs[measure.name] else { continue }
      count += 1
      if abs(value - their) > 2e-3 * abs(their) + 1e-9 {
        differences.append(".measure: \(measure.name) is \(value), ngspice has \(their)")
      }
    }
  }

  /// Phasors, to 5e-4 of the fundamental: ngspice sums 200 points of a period, on straight lines between its steps.
  private mutating func compareHarmonics(
    of result: SimulationResult, with theirs: [String: [FourierResult.Harmonic]]
  ) {
    for ours in result.analyses.flatMap(\.table.fourier) {
      guard let their = theirs[ours.signal], let first = ours.harmonics.first?.magnitude else { continue }
      let harmonics = [FourierResult.Harmonic(magnitude: ours.mean, phase: 0)] + ours.harmonics
      for (number, (harmonic, other)) in zip(harmonics, their).enumerated() {
        count += 1
        if Self.distance(harmonic, other) > 5e-4 * first {
          differences.append(
            ".four: harmonic \(number) of \(ours.signal) is \(harmonic), ngspice has \(other)")
        }
      }
    }
  }

  private static func distance(_ left: FourierResult.Harmonic, _ right: FourierResult.Harmonic) -> Double {
    func part(_ of: (Double) -> Double) -> Double {
      left.magnitude * of(left.phase * .pi / 180) - right.magnitude * of(right.phase * .pi / 180)
    }
    return hypot(part(cos), part(sin))
  }

  private static func simulate(_ text: String, _ path: String, _ settings: [String: String]) -> SimulationResult {
    var options = RunOptions()
    options.settings = settings.merging(["reltol": "1e-6"]) { $1 }
    options.isCancelled = { false }
    return Simulator().run(Source(text, name: path), options: options)
  }

  /// All that is to be said of a netlist: what differs, why there is no comparison, or that nothing was compared.
  static func differences(
    of text: String, name: String = "netlist.cir", folder: URL = FileManager.default.temporaryDirectory
  ) -> [String] {
    do {
      let comparison = try Comparison(text, name: name, folder: folder)
      let isVoid = comparison.differences.isEmpty && comparison.count == 0
      return isVoid ? ["nothing to compare"] : comparison.differences
    } catch {
      return ["\(error)"]
    }
  }

  /// The beginnings of ngspice's names.
  private static let plotNames = [
    ("op", "Operating Point"), ("dc", "DC transfer"), ("ac", "AC Analysis"), ("noise", "Noise Spectral"),
    ("tran", "Transient"),
  ]
}

/// A value that is worked out when it is first asked for.
private final class Once<Value> {
  private let make: () throws -> Value
  private var made: Value?

  init(_ make: @escaping () throws -> Value) { self.make = make }

  func value() throws -> Value {
    let value = try made ?? make()
    made = value
    return value
  }
}
