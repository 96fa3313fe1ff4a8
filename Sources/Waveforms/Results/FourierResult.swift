package import Diagnostics

/// The harmonics of one signal, mean + Σ magnitude_k sin(2 pi k f t + phase_k), t counting from the beginning of the last
/// period.
package struct FourierResult: Sendable, Equatable {
  package struct Harmonic: Sendable, Equatable {
    package var magnitude: Double
    /// Degrees.
    package var phase: Double

    package init(magnitude: Double, phase: Double) {
      self.magnitude = magnitude
      self.phase = phase
    }
  }

  package var signal: String
  /// Hz.
  package var fundamental: Double
  package var mean: Double
  /// The fundamental first.
  package var harmonics: [Harmonic]

  package init(signal: String, fundamental: Double, mean: Double, harmonics: [Harmonic]) {
    self.signal = signal
    self.fundamental = fundamental
    self.mean = mean
    self.harmonics = harmonics
  }

  /// Total harmonic distortion in per cent: the root of the sum of squares of all harmonics but the first, over the first.
  package var distortion: Double {
    guard let first = harmonics.first else { return .nan }
    let squares = harmonics.dropFirst().reduce(0) { $0 + $1.magnitude * $1.magnitude }
    return 100 * squares.squareRoot() / first.magnitude
  }

  /// What `.expect` calls the distortion: `thd(v(out))`.
  package var name: String { Self.name(of: signal) }
  package static func name(of signal: String) -> String { "thd(\(signal))" }

  /// The rows of ngspice's table: frequency, magnitude, phase, both over the fundamental's; the mean is harmonic 0.
  fileprivate var rows: [[Double]] {
    let first = harmonics.first ?? Harmonic(magnitude: .nan, phase: .nan)
    return [[0, 0, mean, 0, 0, 0]]
      + harmonics.enumerated().map { index, harmonic in
        [
          Double(index + 1), Double(index + 1) * fundamental, harmonic.magnitude, harmonic.phase,
          harmonic.magnitude / first.magnitude, harmonic.phase - first.phase,
        ]
      }
  }
}

extension Tables {
  /// A table per signal, as ngspice prints it.
  package static func fourier(_ results: [FourierResult]) -> String {
    guard !results.isEmpty else { return "" }
    return results.map { result in
      let head = ["Harmonic", "Frequency", "Magnitude", "Phase", "Norm. Mag", "Norm. Phase"]
      let rule = head.map { String(repeating: "-", count: $0.count) }
      let rows = result.rows.map { $0.map { NumberFormat.significant($0, digits: 6) } }
      let distortion = NumberFormat.significant(result.distortion, digits: 6)
      return "Fourier analysis for \(result.signal):\n"
        + "  No. Harmonics: \(result.harmonics.count + 1), THD: \(distortion) %\n\n" + aligned([head, rule] + rows)
    }.joined(separator: "\n")
  }
}

extension FourierResult {
  /// Frequencies in Hz, phases in degrees, `thd` in per cent.
  package var json: JSONValue {
    let harmonics: [JSONValue] = rows.map { row in
      [
        "frequency": .number(row[1]), "magnitude": .number(row[2]), "phase": .number(row[3]),
        "normalizedMagnitude": .number(row[4]), "normalizedPhase": .number(row[5]),
      ]
    }
    return [
      "signal": .string(signal), "fundamental": .number(fundamental), "thd": .number(distortion),
      "harmonics": .array(harmonics),
    ]
  }
}
