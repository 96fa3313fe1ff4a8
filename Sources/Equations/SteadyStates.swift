internal import Circuits
package import Diagnostics
internal import Devices
package import Solvers

extension SystemEvaluator {
  /// A state begun by `steady` whose instance's own equations at `y` do not determine it: its block ∂f/∂x is singular.
  package func undeterminedSteadyState(_ matrix: BorderedMatrix, y: UnsafePointer<Double>)
    -> (device: String, state: String, range: SourceRange?)?
  {
    guard operatingPointJacobian(y: y, into: matrix) else { return nil }
    for (batch, group) in groups.enumerated() where group.hasSteadyStarts {
      let values = matrix.values(ofBatch: batch)
      let size = group.local.internals.count
      for instance in 0..<group.count {
        var block = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for (place, entry) in group.blockPlaces.internals.enumerated() {
          block[entry.row][entry.column] = values[place * group.count + instance]
        }
        guard let column = dependentColumn(of: block), group.startsSteady(column) else { continue }
        let range = instance < group.group.origins.count ? group.group.origins[instance] : nil
        return (group.group.names[instance], group.local.name(ofVariable: group.local.internals[column]), range)
      }
    }
    return nil
  }

  /// The first column that depends on those before it, by elimination with row pivoting; nil where none does.
  private func dependentColumn(of matrix: [[Double]]) -> Int? {
    var rows = matrix
    for column in rows.indices {
      let pivot = (column..<rows.count).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
      let scale = matrix.reduce(0) { max($0, $1[column].magnitude) }
      guard rows[pivot][column].magnitude > 1e-12 * scale else { return column }
      rows.swapAt(column, pivot)
      for row in rows.indices.dropFirst(column + 1) {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for k in column..<rows.count { rows[row][k] -= factor * rows[column][k] }
      }
    }
    return nil
  }
}

extension KernelGroup {
  fileprivate var hasSteadyStarts: Bool { local.internals.indices.contains(where: startsSteady) }

  fileprivate func startsSteady(_ position: Int) -> Bool {
    if case .steady = local.variables[local.internals[position]].start { true } else { false }
  }
}
