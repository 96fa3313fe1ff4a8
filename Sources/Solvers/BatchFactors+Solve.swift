extension BatchFactors {
  /// z = D⁻¹ b into x, and -C z added to the border's right side, for some of the instances.
  ///
  /// `b` holds row k of the first of `instances` at `k * stride`.
  func eliminate(
    _ b: UnsafePointer<Double>, stride: Int, instances: Range<Int>, into x: UnsafeMutablePointer<Double>,
    borderRightSide rightSide: UnsafeMutablePointer<Double>
  ) {
    if batch.count == 1 { return eliminateSingle(b, stride: stride, into: x, borderRightSide: rightSide) }
    let start = instances.lowerBound
    let length = instances.count
    let own = x + batch.firstUnknown + start
    for index in 0..<inversePlaces.count {
      let term = inverseTerms[index]
      let z = own + term.row * batch.count
      let from = b + term.column * stride
      let factor = term.factor + start
      if term.isFirst {
        forEachInstance(length) { k in z[k] = factor[k] * from[k] }
      } else {
        forEachInstance(length) { k in z[k] += factor[k] * from[k] }
      }
    }
    for index in 0..<batch.outputPlaces.count {
      let term = outputTerms[index]
      let z = own + term.row * batch.count
      let factor = term.factor + start
      if term.run >= 0 {
        let to = rightSide + (term.run + start)
        forEachInstance(length) { k in to[k] -= factor[k] * z[k] }
      } else {
        let plus = term.plus + start
        let minus = term.minus + start
        forEachInstance(length) { k in
          let current = factor[k] * z[k]
          rightSide[Int(plus[k])] -= current
          rightSide[Int(minus[k])] += current
        }
      }
    }
    for index in 0..<extraCount where instances.contains(extraTerms[index].instance) {
      let term = extraTerms[index]
      let z = x[batch.firstUnknown + term.row * batch.count + term.instance]
      rightSide[term.borderRow] -= term.sign * term.factor[term.instance] * z
    }
  }

  /// x = z - w v with v from the border's solution, for some of the instances.
  func substitute(
    _ solution: UnsafePointer<Double>, instances: Range<Int>, into x: UnsafeMutablePointer<Double>
  ) {
    if batch.count == 1 { return substituteSingle(solution, into: x) }
    let start = instances.lowerBound
    let length = instances.count
    for index in 0..<weightPlaces.count {
      let term = weightTerms[index]
      let to = x + (batch.firstUnknown + term.row * batch.count + start)
      let factor = term.factor + start
      if term.run >= 0 {
        let from = solution + (term.run + start)
        forEachInstance(length) { k in to[k] -= factor[k] * from[k] }
      } else {
        let plus = term.plus + start
        let minus = term.minus + start
        forEachInstance(length) { k in to[k] -= factor[k] * (solution[Int(plus[k])] - solution[Int(minus[k])]) }
      }
    }
  }
}

/// The same for a batch of one instance, without loops over instances. Place -1 of the border's vectors takes what enters
/// ground, and holds 0 in a solution.
extension BatchFactors {
  private func eliminateSingle(
    _ b: UnsafePointer<Double>, stride: Int, into x: UnsafeMutablePointer<Double>,
    borderRightSide rightSide: UnsafeMutablePointer<Double>
  ) {
    let own = x + batch.firstUnknown
    var inverse = inverseTerms
    for _ in 0..<inversePlaces.count {
      let product = inverse.pointee.factor[0] * b[inverse.pointee.column &* stride]
      let row = inverse.pointee.row
      own[row] = inverse.pointee.isFirst ? product : own[row] + product
      inverse += 1
    }
    var output = outputTerms
    for _ in 0..<batch.outputPlaces.count {
      let current = output.pointee.factor[0] * own[output.pointee.row]
      rightSide[Int(output.pointee.plus[0])] -= current
      rightSide[Int(output.pointee.minus[0])] += current
      output += 1
    }
    for index in 0..<extraCount {
      let term = extraTerms[index]
      rightSide[term.borderRow] -= term.sign * term.factor[0] * own[term.row]
    }
  }

  private func substituteSingle(_ solution: UnsafePointer<Double>, into x: UnsafeMutablePointer<Double>) {
    let own = x + batch.firstUnknown
    var weight = weightTerms
    for _ in 0..<weightPlaces.count {
      let change = solution[Int(weight.pointee.plus[0])] - solution[Int(weight.pointee.minus[0])]
      own[weight.pointee.row] -= weight.pointee.factor[0] * change
      weight += 1
    }
  }
}
