/// What condensing a batch's blocks into the border costs at every factorisation, found out once: w = D⁻¹B, and the
/// border's share A - C w, product by product.
struct Condensation {
  /// to += left right, instance by instance.
  private struct Product {
    var left: UnsafeMutablePointer<Double>
    var right: UnsafeMutablePointer<Double>
    var to: UnsafeMutablePointer<Double>
  }

  /// to += from.
  private struct Share {
    var from: UnsafeMutablePointer<Double>
    var to: UnsafeMutablePointer<Double>
  }

  /// A matrix of every instance: its structural non-zeros, and the first value of their columns.
  struct Matrix {
    var places: [BlockPlace]
    var values: UnsafeMutablePointer<Double>
  }

  private let count: Int
  private let weights: Matrix
  private let border: Matrix
  private let weightProducts: UnsafeMutableBufferPointer<Product>
  private let directShares: UnsafeMutableBufferPointer<Share>
  private let borderProducts: UnsafeMutableBufferPointer<Product>

  /// Matrices of `count` instances: D⁻¹, B, C, A, and what is to be made of them.
  init(
    count: Int, inverse: Matrix, input: Matrix, output: Matrix, direct: Matrix, weights: Matrix, border: Matrix,
    arena: Arena
  ) {
    self.count = count
    self.weights = weights
    self.border = border
    func products(_ left: Matrix, _ right: Matrix, _ result: Matrix) -> UnsafeMutableBufferPointer<Product> {
      var products: [Product] = []
      for (first, leftPlace) in left.places.enumerated() {
        for (second, rightPlace) in right.places.enumerated() where rightPlace.row == leftPlace.column {
          let wanted = BlockPlace(row: leftPlace.row, column: rightPlace.column)
          guard let target = result.places.firstIndex(of: wanted) else { continue }
          products.append(
            Product(
              left: left.values + first * count, right: right.values + second * count,
              to: result.values + target * count))
        }
      }
      return UnsafeMutableBufferPointer(start: arena.copy(products), count: products.count)
    }
    weightProducts = products(inverse, input, weights)
    borderProducts = products(output, weights, border)
    let shares = direct.places.enumerated().compactMap { index, place in
      border.places.firstIndex(of: place).map {
        Share(from: direct.values + index * count, to: border.values + $0 * count)
      }
    }
    directShares = UnsafeMutableBufferPointer(start: arena.copy(shares), count: shares.count)
  }

  /// Works w and the border's share out of the present values.
  func run() {
    weights.values.update(repeating: 0, count: weights.places.count * count)
    for product in weightProducts {
      forEachInstance(count) { k in product.to[k] += product.left[k] * product.right[k] }
    }
    border.values.update(repeating: 0, count: border.places.count * count)
    for share in directShares {
      forEachInstance(count) { k in share.to[k] += share.from[k] }
    }
    for product in borderProducts {
      forEachInstance(count) { k in product.to[k] -= product.left[k] * product.right[k] }
    }
  }
}
