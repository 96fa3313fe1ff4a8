internal import Devices
internal import Diagnostics

/// Coils whose couplings contradict one another: with L1 bound to L2, and L2 to L3, but L1 not to L3, the field's energy could
/// be negative. The matrix of coupling coefficients of all coils that hang together must not have a negative eigenvalue.
struct CouplingCheck {
  private struct Coupling {
    var a: DeviceReference
    var b: DeviceReference
    var coefficient: Double
    var origin: SourceRange
  }

  static func check(_ circuit: Circuit, diagnostics: inout DiagnosticBag) {
    let couplings = couplings(of: circuit)
    if couplings.isEmpty { return }
    var coils: [DeviceReference: Int] = [:]
    for coupling in couplings {
      for coil in [coupling.a, coupling.b] where coils[coil] == nil { coils[coil] = coils.count }
    }
    var parts = UnionFind(count: coils.count)
    for coupling in couplings { parts.join(NodeIndex(coils[coupling.a] ?? 0), NodeIndex(coils[coupling.b] ?? 0)) }
    var members: [NodeIndex: [Int]] = [:]
    for coil in 0..<coils.count { members[parts.root(of: NodeIndex(coil)), default: []].append(coil) }
    var places = [Int](repeating: 0, count: coils.count)
    for part in members.values { for (place, coil) in part.enumerated() { places[coil] = place } }
    var matrices = members.mapValues { part in
      part.indices.map { row in part.indices.map { $0 == row ? 1.0 : 0 } }
    }
    var origins: [NodeIndex: SourceRange] = [:]
    for coupling in couplings {
      guard let a = coils[coupling.a], let b = coils[coupling.b] else { continue }
      let root = parts.root(of: NodeIndex(a))
      matrices[root]?[places[a]][places[b]] += coupling.coefficient
      matrices[root]?[places[b]][places[a]] += coupling.coefficient
      origins[root] = coupling.origin
    }
    for (root, matrix) in matrices.sorted(by: { $0.key < $1.key }) where !isPossible(matrix) {
      let names = (members[root] ?? []).compactMap { coil in coils.first { $0.value == coil }?.key }
        .map { circuit.groups[$0.group].names[$0.instance] }.sorted()
      diagnostics.report(CircuitError.impossibleCoupling(origins[root], coils: names))
    }
  }

  private static func couplings(of circuit: Circuit) -> [Coupling] {
    var result: [Coupling] = []
    for group in circuit.groups {
      guard group.model.parameters.contains(where: { if case .read = $0.origin { true } else { false } }) else {
        continue
      }
      for instance in 0..<group.count {
        let coils = group.signals.compactMap { signal in
          if case .current(let device) = signal[instance] { device } else { nil }
        }
        for (place, coil) in coils.enumerated() {
          for other in coils[(place + 1)...] {
            result.append(
              Coupling(
                a: coil, b: other, coefficient: group.parameters[0][instance], origin: group.origins[instance]))
          }
        }
      }
    }
    return result
  }

  /// Whether a symmetric matrix has no negative eigenvalue, to rounding: Cholesky's method, the largest pivot first.
  private static func isPossible(_ matrix: [[Double]]) -> Bool {
    var rest = matrix
    var remaining = Array(matrix.indices)
    while let pivot = remaining.max(by: { rest[$0][$0] < rest[$1][$1] }) {
      let size = rest[pivot][pivot]
      let tolerance = 1e-12 * Double(matrix.count)
      if size <= tolerance {
        return remaining.allSatisfy { row in
          rest[row][row] >= -tolerance && remaining.allSatisfy { rest[row][$0].magnitude <= 1e-6 }
        }
      }
      remaining.removeAll { $0 == pivot }
      for row in remaining {
        let factor = rest[row][pivot] / size
        for column in remaining { rest[row][column] -= factor * rest[pivot][column] }
      }
    }
    return true
  }
}
