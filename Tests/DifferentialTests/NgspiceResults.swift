import Foundation
import Waveforms

/// Numbers that ngspice prints and writes to no file.
struct NgspiceResults {
  /// Values of `.measure` lines by their names.
  var measures: [String: Double] = [:]
  /// The harmonics of `.four` by their signals, the mean first.
  var harmonics: [String: [FourierResult.Harmonic]] = [:]

  init(words: String) {
    var signal: String?
    for line in words.split(separator: "\n") {
      if let name = line.wholeMatch(of: /Fourier analysis for (.+):/)?.1 {
        signal = name.lowercased()
        continue
      }
      let cells = line.split(separator: " ")
      let numbers = cells.compactMap { Double($0) }
      if let signal, cells.count == 6, numbers.count == 6 {
        harmonics[signal, default: []].append(FourierResult.Harmonic(magnitude: numbers[2], phase: numbers[3]))
        continue
      }
      let sides = line.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, let word = sides[1].split(separator: " ").first, let value = Double(word) else {
        continue
      }
      let name = sides[0].trimmingCharacters(in: .whitespaces).lowercased()
      if measures[name] == nil { measures[name] = value }
    }
  }
}
