internal import Kernels

/// Points spread over a cube, for parameters that are sampled together.
package enum SampleDesign: String, Sendable, CaseIterable {
  /// I. M. Sobol's sequence, USSR Comput. Math. Math. Phys. 7:86 (1967), with the direction numbers of S. Joe and F. Y.
  /// Kuo, SIAM J. Sci. Comput. 30:2635 (2008), shifted digit by digit at random.
  case sobol
  /// M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21:239 (1979): every parameter meets each of as many
  /// equal intervals as there are samples once.
  case lhs

  /// How many parameters a design takes.
  package var mostDimensions: Int { self == .sobol ? Self.polynomials.count + 1 : .max }

  /// `count` points of the open unit cube: a column for each dimension.
  package func points(_ count: Int, dimensions: Int, seed: UInt64) -> [[Double]] {
    let generator = Philox(seed: seed)
    return (0..<dimensions).map { dimension in
      let stream = Philox.stream(of: "\(rawValue) \(dimension)")
      switch self {
      case .sobol:
        let directions = Self.directions(dimension)
        var bits = generator.block(SIMD4(stream, 0))[0]
        return (0..<count).map { index in
          // Antonov and Saleev's order: point k + 1 differs from point k in one direction.
          if index > 0 { bits ^= directions[min(31, (~(index - 1)).trailingZeroBitCount)] }
          return (Double(bits) + 0.5) * 0x1p-32
        }
      case .lhs:
        var order = Array(0..<count)
        for index in order.indices.dropFirst().reversed() {
          let other = Int(generator.uniform(SIMD4(stream, UInt64(index))) * Double(index + 1))
          order.swapAt(index, min(other, index))
        }
        return order.enumerated().map { index, place in
          (Double(place) + generator.uniform(SIMD4(stream, 1 << 40 | UInt64(index)))) / Double(count)
        }
      }
    }
  }

  private static func directions(_ dimension: Int) -> [UInt32] {
    guard dimension > 0, dimension <= polynomials.count else { return (0..<32).map { 1 << (31 - UInt32($0)) } }
    let (coefficients, start) = polynomials[dimension - 1]
    let degree = start.count
    var directions = start.enumerated().map { $1 << (31 - UInt32($0)) }
    for index in degree..<32 {
      var next = directions[index - degree] ^ directions[index - degree] >> UInt32(degree)
      for k in 1..<max(degree, 1) where coefficients >> UInt32(degree - 1 - k) & 1 == 1 {
        next ^= directions[index - k]
      }
      directions.append(next)
    }
    return directions
  }

  /// From the second dimension on: the inner coefficients of the primitive polynomial, and the first m.
  private static let polynomials: [(UInt32, [UInt32])] = [
    (0, [1]), (1, [1, 3]), (1, [1, 3, 1]), (2, [1, 1, 1]), (1, [1, 1, 3, 3]), (4, [1, 3, 5, 13]),
    (2, [1, 1, 5, 5, 17]), (4, [1, 1, 5, 5, 5]), (7, [1, 1, 7, 11, 19]), (11, [1, 1, 5, 1, 1]),
    (13, [1, 1, 1, 3, 11]), (14, [1, 3, 5, 5, 31]), (1, [1, 3, 3, 9, 7, 49]), (13, [1, 1, 1, 15, 21, 21]),
    (16, [1, 3, 1, 13, 27, 49]), (19, [1, 1, 1, 15, 7, 5]), (22, [1, 3, 1, 15, 13, 25]), (25, [1, 1, 5, 5, 19, 61]),
    (1, [1, 3, 7, 11, 23, 15, 103]), (4, [1, 3, 7, 13, 13, 15, 69]),
  ]
}
