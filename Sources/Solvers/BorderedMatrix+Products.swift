/// A product that an elimination of single instances adds somewhere: target = factor · source, target ± factor · source.
package struct EliminationProduct {
  package enum Effect: Sendable {
    case replace, add, subtract
  }

  package let effect: Effect
  package let target: UnsafeMutablePointer<Double>
  package let factor: UnsafeMutablePointer<Double>
  package let source: UnsafeMutablePointer<Double>
}

extension BorderedMatrix {
  /// What `eliminate` does, product by product, where every batch is one instance; nil where it does more than that.
  ///
  /// `rows` holds where the rows of each batch begin. Nothing enters ground but what has no other end.
  package func eliminationProducts(
    rows: [UnsafeMutablePointer<Double>], into solution: UnsafeMutablePointer<Double>
  ) -> [EliminationProduct]? {
    guard !keepsInstances else { return nil }
    var result: [EliminationProduct] = []
    for (factors, rows) in zip(batches, rows) {
      guard let products = factors.eliminationProducts(rows, into: solution, borderRightSide: borderRightSide) else {
        return nil
      }
      result += products
    }
    return result
  }
}

extension BatchFactors {
  fileprivate func eliminationProducts(
    _ rows: UnsafeMutablePointer<Double>, into solution: UnsafeMutablePointer<Double>,
    borderRightSide rightSide: UnsafeMutablePointer<Double>
  ) -> [EliminationProduct]? {
    guard batch.count == 1 else { return nil }
    let own = solution + batch.firstUnknown
    var result: [EliminationProduct] = []
    for index in inversePlaces.indices {
      let term = inverseTerms[index]
      result.append(
        EliminationProduct(
          effect: term.isFirst ? .replace : .add, target: own + term.row, factor: term.factor,
          source: rows + term.column))
    }
    for index in batch.outputPlaces.indices {
      let term = outputTerms[index]
      let (plus, minus) = (Int(term.plus[0]), Int(term.minus[0]))
      func add(_ effect: EliminationProduct.Effect, to row: Int) {
        result.append(
          EliminationProduct(effect: effect, target: rightSide + row, factor: term.factor, source: own + term.row))
      }
      if plus >= 0 || minus < 0 { add(.subtract, to: plus) }
      if minus >= 0 { add(.add, to: minus) }
    }
    for index in 0..<extraCount {
      let term = extraTerms[index]
      guard term.sign.magnitude == 1 else { return nil }
      result.append(
        EliminationProduct(
          effect: term.sign > 0 ? .subtract : .add, target: rightSide + term.borderRow, factor: term.factor,
          source: own + term.row))
    }
    return result
  }
}
