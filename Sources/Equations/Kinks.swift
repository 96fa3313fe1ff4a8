internal import Devices
internal import Kernels
internal import Solvers

/// The comparisons whose branches meet where they turn: `abs`, `min`, `max`, a current that sets in without a jump.
///
/// A comparison is known for a kink once its branches were found to agree at an instant where it turned. From then on its
/// mode follows the prediction: every attempt of a step takes the side on which its predicted point lies, and keeps it
/// through Newton's iteration. A backward differentiation formula asks for the equations at the end of a step alone, and
/// there prediction and solution differ by what the error test allows, as then do the branches.
final class Kinks {
  struct Kink: Hashable {
    /// Place among the evaluator's kernel groups, and the guard of its model.
    var group: Int
    var comparison: Int
  }

  private(set) var areFollowed = false
  /// Those of one group side by side.
  private var known: [Kink] = []
  /// The modes of the known kinks where the step began, one kink after the other.
  private var begun: [Double] = []
  private var attempt = Double.nan

  func contains(_ kink: Kink) -> Bool { known.contains(kink) }

  func learn(_ kink: Kink) {
    guard !known.contains(kink) else { return }
    known.insert(kink, at: known.firstIndex { $0.group > kink.group } ?? known.endIndex)
  }

  func forget(_ kink: Kink) { known.removeAll { $0 == kink } }

  func begin(_ groups: [KernelGroup]) {
    guard !known.isEmpty else { return }
    begun.removeAll(keepingCapacity: true)
    for kink in known {
      let group = groups[kink.group]
      begun.append(contentsOf: UnsafeBufferPointer(start: group.modes[kink.comparison], count: group.count))
    }
    attempt = .nan
    areFollowed = true
  }

  func end(_ groups: [KernelGroup]) {
    guard areFollowed else { return }
    areFollowed = false
    begun.withUnsafeBufferPointer { modes in
      guard var next = modes.baseAddress else { return }
      for kink in known {
        let group = groups[kink.group]
        group.modes[kink.comparison].update(from: next, count: group.count)
        next += group.count
      }
    }
  }

  /// Whether an attempt of a step to `time` has just begun: it asks for the residual at its predicted point first.
  func wantModes(at time: Double) -> Bool { areFollowed && time != attempt }

  /// The modes at the predicted point (time, y, y').
  func follow(_ groups: [KernelGroup], time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>) {
    attempt = time
    var last = -1
    for kink in known {
      let group = groups[kink.group]
      if kink.group != last { group.guards?.run(y: y, rate: rate, result: nil) }
      last = kink.group
      let includesZero = group.model.guards[kink.comparison].includesZero
      let values = group.guardValues[kink.comparison]
      let modes = group.modes[kink.comparison]
      for instance in 0..<group.count {
        modes[instance] = values[instance] > 0 || (includesZero && values[instance] == 0) ? 1 : 0
      }
    }
  }
}

extension SystemEvaluator {
  /// A step begins: until `restoreKinks` the modes of kinks follow the prediction.
  package func followKinks() { kinks.begin(groups) }

  /// Puts the modes of kinks back to where the step began; `changes` then finds those that have turned.
  package func restoreKinks() { kinks.end(groups) }
}
