extension BatchFactors {
  /// z = D⁻¹ b_x into x, and b_v - C z into the border's right side.
  func eliminate(
    _ b: UnsafePointer<Double>, into x: UnsafeMutablePointer<Double>,
    borderRightSide rightSide: UnsafeMutablePointer<Double>
  ) {
    let count = batch.count
    guard batch.size > 0 else { return }
    var row = -1
    for (index, place) in inversePlaces.enumerated() {
      let z = x + batch.firstUnknown + place.row * count
      let from = b + batch.firstUnknown + place.column * count
      let factor = inverse + index * count
      if place.row != row {
        row = place.row
        for instance in 0..<count { z[instance] = factor[instance] * from[instance] }
      } else {
        for instance in 0..<count { z[instance] += factor[instance] * from[instance] }
      }
    }
    for (index, place) in batch.outputPlaces.enumerated() {
      let z = x + batch.firstUnknown + place.column * count
      let factor = outputValues + index * count
      if outputRuns[place.row] >= 0 {
        let to = rightSide + outputRuns[place.row]
        for instance in 0..<count { to[instance] -= factor[instance] * z[instance] }
      } else {
        let plus = plusOutput[place.row]
        let minus = minusOutput[place.row]
        for instance in 0..<count {
          let current = factor[instance] * z[instance]
          rightSide[Int(plus[instance])] -= current
          rightSide[Int(minus[instance])] += current
        }
      }
      for extra in batch.extraRows where extra.output == place.row {
        rightSide[Int(extra.row)] -= extra.sign * factor[extra.instance] * z[extra.instance]
      }
    }
  }

  /// x = z - w v with v from the border's solution.
  func substitute(_ solution: UnsafePointer<Double>, into x: UnsafeMutablePointer<Double>) {
    let count = batch.count
    for (index, place) in weightPlaces.enumerated() {
      let to = x + batch.firstUnknown + place.row * count
      let factor = weightValues + index * count
      if inputRuns[place.column] >= 0 {
        let from = solution + inputRuns[place.column]
        for instance in 0..<count { to[instance] -= factor[instance] * from[instance] }
        continue
      }
      let plus = plusInput[place.column]
      let minus = minusInput[place.column]
      for instance in 0..<count {
        to[instance] -= factor[instance] * (solution[Int(plus[instance])] - solution[Int(minus[instance])])
      }
    }
  }
}
