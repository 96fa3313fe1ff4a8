internal import Diagnostics
internal import Kernels

/// `noise w = S`: a white signal that enters currents and rates linearly; `noise i = S` adds one to the current.
extension DeviceCompiler {
  /// The node of `text`, which may read anything but noise.
  mutating func lowerWithoutNoise(_ text: SourceText) -> NodeID {
    let node = lower(text)
    reportNoise(in: node, range: text.range)
    return node
  }

  /// Reports a noise where none may stand.
  mutating func reportNoise(in node: NodeID, range: SourceRange) {
    if syntax.noises.isEmpty { return }
    for leaf in context.graph.leaves(of: [node]).sorted(by: Leaf.precedes) where isNoise(leaf) {
      DeviceError.noiseMisused(name(of: leaf), range: range).report(to: &context.diagnostics)
    }
  }

  private func isNoise(_ leaf: Leaf) -> Bool {
    if case .memory(let index) = leaf { index >= scope.memoryCount } else { false }
  }

  /// `node` with every noise at 0: its mean.
  mutating func mean(of node: NodeID) -> NodeID {
    if syntax.noises.isEmpty { return node }
    let zero = context.graph.constant(0)
    let count = scope.memoryCount
    return context.graph.substitute(node) { leaf in
      if case .memory(let index) = leaf, index >= count { zero } else { nil }
    }
  }

  /// The coefficient of each noise in `node`, by the index of its line; one that itself holds noise is reported.
  mutating func noiseCoefficients(in node: NodeID, range: SourceRange) -> [(noise: Int, coefficient: NodeID)] {
    if syntax.noises.isEmpty { return [] }
    var result: [(noise: Int, coefficient: NodeID)] = []
    let leaves = context.graph.leaves(of: [node])
    for index in syntax.noises.indices where leaves.contains(scope.noiseLeaf(index)) {
      let coefficient = context.graph.derivative(of: node, by: scope.noiseLeaf(index))
      if context.graph.leaves(of: [coefficient]).contains(where: isNoise) {
        DeviceError.nonlinearNoise(syntax.noises[index].name.value, range: range).report(to: &context.diagnostics)
      }
      result.append((index, coefficient))
    }
    return result
  }

  /// Lists every noise with its coefficients in the equations.
  mutating func addNoise(_ coefficients: [(noise: Int, equation: Int, coefficient: NodeID)], currentEquation: Int?) {
    for (index, line) in syntax.noises.enumerated() {
      let density = lowerWithoutNoise(line.expression)
      model.noise.append(
        NoiseSource(
          name: line.name.value.lowercased(), density: density,
          coefficients: coefficients.filter { $0.noise == index }.map { ($0.equation, $0.coefficient) }))
    }
    for line in syntax.currentNoises {
      let density = lowerWithoutNoise(line.expression)
      let one = context.graph.constant(1)
      model.noise.append(
        NoiseSource(name: "i", density: density, coefficients: currentEquation.map { [($0, one)] } ?? []))
    }
  }
}
