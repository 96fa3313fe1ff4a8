internal import Circuits
internal import Devices
internal import Kernels

/// A jump of a source made a short straight line.
///
/// A tied node that jumps across a capacitive path would drive an impulse of current, which no finite number describes.
/// The line carries the same charge in a time too short to matter.
struct JumpRamp {
  var begin: Double
  var end: Double
  var from: Double
  var to: Double

  func isActive(inSegmentOf anchor: Double) -> Bool { begin <= anchor && anchor < end }

  func evaluate(at time: Double) -> (value: Double, slope: Double) {
    let slope = (to - from) / (end - begin)
    return (from + slope * (time - begin), slope)
  }

  /// How long a ramp lasts that begins at `time`, the next corner being `gap` away.
  static func width(at time: Double, gap: Double) -> Double { max(64 * time.ulp, 1e-9 * gap) }
}

extension SourceForest {
  /// Waveforms that move the voltage across something whose current follows from a rate.
  func waveformsAcrossCapacitors(of circuit: Circuit) -> Set<Int> {
    var result: Set<Int> = []
    func isTied(_ node: NodeIndex) -> Bool { parentBranches[Int(node)] >= 0 }
    for group in circuit.groups {
      for pair in group.model.capacitivePairs {
        for instance in 0..<group.count {
          guard
            isTied(group.terminals[pair.plus][instance])
              || pair.minus.map({ isTied(group.terminals[$0][instance]) }) == true
          else { continue }
          var signs: [Int: Double] = [:]
          for step in path(of: group.terminals[pair.plus][instance]) { signs[step.waveform, default: 0] += step.sign }
          if let minus = pair.minus {
            for step in path(of: group.terminals[minus][instance]) { signs[step.waveform, default: 0] -= step.sign }
          }
          for (waveform, sign) in signs where sign != 0 { result.insert(waveform) }
        }
      }
    }
    return result
  }
}

extension DeviceModel {
  /// The pairs of terminals whose voltages stand under a derivative.
  fileprivate var capacitivePairs: [(plus: Int, minus: Int?)] {
    let reactive = equations.compactMap(\.reactive)
    return graph.leaves(of: reactive).compactMap { leaf in
      guard case .variable(let index) = leaf, index < variables.count,
        case .voltage(let plus, let minus) = variables[index].kind
      else { return nil }
      return (plus, minus)
    }
  }
}
