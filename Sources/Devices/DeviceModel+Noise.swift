internal import Kernels

/// Noise in time.
extension DeviceModel {
  /// The model with every noise line as a running quantity: a memory ξ per line, of two-sided density 1, which somebody
  /// keeps at its value of the moment and which is 0 at rest. A line of one-sided density S and coefficient c adds
  /// c √(S/2) ξ to its equations.
  ///
  /// ξ is smooth, so that what is integrated converges to Stratonovich's solution (Wong and Zakai 1965, Ann. Math. Stat.
  /// 36:1560, doi 10.1214/aoms/1177699916). Coefficients are meant in Itô's sense: with b = c √(S/2) of each line in each
  /// equation, the drift ½ Σ b_k ∂b/∂x_k over the states x_k of the device is taken off (Gardiner, Stochastic Methods,
  /// 4th ed., section 4.3.6).
  package func withNoise() -> DeviceModel {
    guard !noise.isEmpty else { return self }
    var result = self
    result.noiseMemories = memories.count..<memories.count + noise.count
    let zero = result.graph.constant(0)
    for (line, source) in noise.enumerated() {
      let process = result.graph.leaf(.memory(memories.count + line))
      result.memories.append(Memory(name: "noise \(source.name)", start: zero))
      let amplitudes = source.coefficients.map { equation, coefficient in
        (equation: equation, value: result.amplitude(coefficient, density: source.density))
      }
      for amplitude in amplitudes {
        result.add(result.graph.multiply(amplitude.value, process), to: amplitude.equation)
        result.add(result.drift(of: amplitude.value, among: amplitudes), to: amplitude.equation)
      }
    }
    return result
  }

  /// c √(S/2); 0 where rounding or a fluctuation has made S negative.
  private mutating func amplitude(_ coefficient: NodeID, density: NodeID) -> NodeID {
    let root = graph.apply(.squareRoot, graph.multiply(density, 0.5))
    let isPositive = graph.apply(.isPositive, density)
    return graph.multiply(coefficient, graph.select(isPositive, root, graph.constant(0)))
  }

  /// ½ Σ b_k ∂b/∂x_k: what the equation holds is x' - f, or a current, so that taking drift off f adds it here.
  private mutating func drift(of amplitude: NodeID, among amplitudes: [(equation: Int, value: NodeID)]) -> NodeID {
    var sum = graph.constant(0)
    for other in amplitudes {
      guard case .variable(let state) = equations[other.equation].row, case .state = variables[state].kind else {
        continue
      }
      let slope = graph.derivative(of: amplitude, by: .variable(state))
      sum = graph.add(sum, graph.multiply(graph.multiply(other.value, slope), 0.5))
    }
    return sum
  }

  private mutating func add(_ term: NodeID, to equation: Int) {
    equations[equation].resistive = graph.add(equations[equation].resistive, term)
  }
}

extension NoiseSource {
  /// Boltzmann's constant, J/K, and the charge of an electron, C.
  static let boltzmann = 1.380649e-23
  static let electronCharge = 1.602176634e-19

  /// A noise that adds to one equation as it is.
  init(
    name: String, density: NodeID, frequencyExponent: Double = 0, equation: Int, of graph: inout ExpressionGraph
  ) {
    self.init(name: name, density: density, coefficients: [(equation, graph.constant(1))])
    self.frequencyExponent = frequencyExponent
  }
}
