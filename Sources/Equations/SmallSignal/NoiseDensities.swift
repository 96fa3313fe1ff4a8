package import Circuits
internal import Devices
internal import Glibc
internal import Kernels
internal import Solvers

/// The noise sources of a circuit at a point of rest: density, and what a unit of each adds to which rows.
package struct NoiseDensities {
  /// One white or flickering source of one device.
  package struct Source {
    package let device: DeviceReference
    /// `thermal`, `id`, or the name of the device's `noise` line.
    package let name: String
    /// One-sided, unit^2/Hz at 1 Hz.
    let density: Double
    /// The power of the frequency with which the density falls.
    let exponent: Double
    /// Unknown-sized rows and the source's coefficient in each.
    let rows: [(row: Int, coefficient: Double)]

    /// The density at `frequency`, Hz.
    package func density(at frequency: Double) -> Double {
      exponent == 0 ? density : density / Self.power(frequency, exponent)
    }

    private static func power(_ base: Double, _ exponent: Double) -> Double {
      exponent == 1 ? base : pow(base, exponent)
    }

    /// |Σ coefficient × adjoint|^2, `adjoint` holding pairs of real and imaginary part by row.
    package func gain(_ adjoint: UnsafePointer<Double>) -> Double {
      var (real, imaginary) = (0.0, 0.0)
      for (row, coefficient) in rows {
        real += coefficient * adjoint[2 * row]
        imaginary += coefficient * adjoint[2 * row + 1]
      }
      return real * real + imaginary * imaginary
    }
  }

  /// Device by device in the circuit's order.
  package private(set) var sources: [Source] = []

  /// Of every device whose density is above 0.
  package init(_ linearisation: Linearisation) {
    let evaluator = linearisation.evaluator
    let system = evaluator.system
    let wiring = Wiring(system.circuit, system.forest, system.unknowns)
    let kernelGroups = Dictionary(evaluator.groups.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, group) in system.circuit.groups.enumerated() {
      let lines = group.model.noise + group.model.inherentNoise
      guard !lines.isEmpty, let local = system.locals[index] else { continue }
      let nodes = lines.flatMap { [$0.density] + $0.coefficients.map(\.coefficient) }
      var values =
        if let kernelGroup = kernelGroups[index] {
          Self.values(nodes, of: kernelGroup, y: linearisation.y)
        } else {
          Self.values(nodes, of: local, group)
        }
      let parts = lines.map { line in
        let density = values.removeFirst()
        let coefficients = line.coefficients.map {
          (rows: Self.rows($0.equation, local, index, wiring), column: values.removeFirst())
        }
        return (line: line, density: density, coefficients: coefficients)
      }
      for instance in 0..<group.count {
        for part in parts where part.density[instance] > 0 {
          let rows = part.coefficients.flatMap { rows, column in
            rows(instance).map { (row: $0.row, coefficient: $0.sign * column[instance]) }
          }
          sources.append(
            Source(
              device: DeviceReference(group: index, instance: instance), name: part.line.name,
              density: part.density[instance], exponent: part.line.frequencyExponent, rows: rows))
        }
      }
    }
  }

  private static func values(
    _ nodes: [NodeID], of group: KernelGroup, y: UnsafePointer<Double>
  ) -> [[Double]] {
    let scratch = Arena()
    let columns = nodes.map { _ in scratch.doubles(group.count) }
    // The group's graph holds the model's nodes under the same ids: it grew out of the model's.
    group.bind(group.local.graph, nodes, columns.map { .fixed($0) }).run(y: y, rate: y, result: nil)
    defer { withExtendedLifetime(scratch) {} }
    return columns.map { Array(UnsafeBufferPointer(start: $0, count: group.count)) }
  }

  private static func values(_ nodes: [NodeID], of local: LocalSystem, _ group: DeviceGroup) -> [[Double]] {
    let columns = ParameterColumns(group, arena: Arena())
    return columns.evaluate(nodes, of: local.graph).map { columns.values($0) }
  }

  /// The rows that an equation of a model adds to, by instance.
  private static func rows(
    _ equation: Int, _ local: LocalSystem, _ group: Int, _ wiring: Wiring
  ) -> (Int) -> [(row: Int, sign: Double)] {
    let model = wiring.circuit.groups[group].model
    switch model.equations[equation].row {
    case .current(let from, let to): return rows(of: .current(from: from, to: to), group, wiring)
    case .branch: return rows(of: .branch, group, wiring)
    case .branchRead(let signal): return rows(of: .branchRead(signal: signal), group, wiring)
    case .variable(let variable):
      return { instance in
        let device = DeviceReference(group: group, instance: instance)
        return wiring.unknowns.internalIndex(of: device, variable: variable).map { [($0, 1)] } ?? []
      }
    }
  }

  private static func rows(
    of output: LocalSystem.Output, _ group: Int, _ wiring: Wiring
  ) -> (Int) -> [(row: Int, sign: Double)] {
    let rows = wiring.rows(of: output, group: group)
    return { instance in
      var result: [(row: Int, sign: Double)] = [(Int(rows.plus[instance]), 1), (Int(rows.minus[instance]), -1)]
      result += rows.extra.filter { $0.instance == instance }.map { (Int($0.row), $0.sign) }
      return result.filter { $0.row >= 0 }
    }
  }
}
