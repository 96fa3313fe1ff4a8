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

  /// Whether `solutionProducts` solve for the border as it was factored last.
  package var solvesByProducts: Bool { border.usesTree }

  /// What `endSweep` and `substitute` do behind `eliminationProducts`, where `solvesByProducts`.
  package func solutionProducts(into solution: UnsafeMutablePointer<Double>) -> [EliminationProduct] {
    border.treeProducts(into: solution) + batches.flatMap { $0.substitutionProducts(into: solution) }
  }
}

extension BorderFactors {
  fileprivate func treeProducts(into solution: UnsafeMutablePointer<Double>) -> [EliminationProduct] {
    tree?.products(rightSide, into: solution) ?? []
  }
}

extension TreeElimination {
  /// As `solve`, with the solution elsewhere than the right side.
  fileprivate func products(
    _ rightSide: UnsafeMutablePointer<Double>, into solution: UnsafeMutablePointer<Double>
  ) -> [EliminationProduct] {
    var result: [EliminationProduct] = []
    for place in placesDown {
      let own = rightSide + Int(nodes[place.own])
      if place.next >= 0 {
        result.append(
          EliminationProduct(
            effect: .subtract, target: rightSide + place.next, factor: lower + place.own, source: own))
      }
    }
    for place in placesDown.reversed() {
      let node = Int(nodes[place.own])
      result.append(
        EliminationProduct(
          effect: .replace, target: solution + node, factor: inverse + place.own, source: rightSide + node))
      if place.next >= 0 {
        result.append(
          EliminationProduct(
            effect: .subtract, target: solution + node, factor: upper + place.own, source: solution + place.next))
      }
    }
    return result
  }
}

extension BatchFactors {
  fileprivate func substitutionProducts(into solution: UnsafeMutablePointer<Double>) -> [EliminationProduct] {
    let own = solution + batch.firstUnknown
    var result: [EliminationProduct] = []
    for index in weightPlaces.indices {
      let term = weightTerms[index]
      func add(_ effect: EliminationProduct.Effect, from node: Int32) {
        guard node >= 0 else { return }
        result.append(
          EliminationProduct(effect: effect, target: own + term.row, factor: term.factor, source: solution + Int(node)))
      }
      add(.subtract, from: term.plus[0])
      add(.add, from: term.minus[0])
    }
    return result
  }

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
