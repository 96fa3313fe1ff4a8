/// The smallest amplitude that does something, between nothing and a largest one; either sign.
package enum Bisection {
  /// The share of the amplitude to which it is found.
  package static let accuracy = 1e-5

  /// Halves `largest` until it does, then on until it does not, and bisects in between; nil where no half does.
  ///
  /// Strong stimuli may do what weaker ones do not (latch, block), so the search goes down from above rather than up
  /// from zero, and the threshold is that of the lowest stretch that was met. Less than a millionth of `largest` is not
  /// told from nothing.
  package static func threshold(
    below largest: Double, accuracy: Double = Bisection.accuracy, where does: (Double) -> Bool
  ) -> Double? {
    var enough = largest
    var halvings = 0
    while !does(enough) {
      enough /= 2
      halvings += 1
      if halvings > 12 { return nil }
    }
    for _ in 0..<20 {
      if !does(enough / 2) { return narrowed(from: enough / 2, to: enough, accuracy: accuracy, where: does) }
      enough /= 2
    }
    return enough
  }

  /// The border between `without`, which does not, and `with`, which does, on the side that does.
  static func narrowed(
    from without: Double, to with: Double, accuracy: Double = Bisection.accuracy, where does: (Double) -> Bool
  ) -> Double {
    var (without, with) = (without, with)
    while abs(with - without) > accuracy * abs(with) {
      let middle = 0.5 * (without + with)
      guard middle != without, middle != with else { break }
      if does(middle) { with = middle } else { without = middle }
    }
    return with
  }
}
