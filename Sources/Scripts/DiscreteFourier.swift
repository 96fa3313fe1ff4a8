internal import Glibc

/// The spectrum of a column that lies evenly over its scale.
enum DiscreteFourier {
  /// What a column is multiplied by before it is transformed, so that what does not fit the window leaks little: ngspice's
  /// `specwindow`, each of mean 1.
  enum Window: String {
    case none, rectangular, bartlet, triangle, hann, hanning, cosine, hamming, blackman, flattop, gaussian

    init?(named name: String) {
      let name = name.lowercased()
      self.init(rawValue: name == "bartlett" ? "bartlet" : name)
    }

    /// `turn` goes from 0 to 2 pi along the window; `order` narrows the Gaussian one.
    func weight(_ turn: Double, order: Double) -> Double {
      switch self {
      case .none, .rectangular: return 1
      case .bartlet, .triangle: return 2 - abs(2 - 2 * turn / .pi)
      case .hann, .hanning, .cosine: return 1 - cos(turn)
      case .hamming: return 1 - 0.46 / 0.54 * cos(turn)
      case .blackman: return 1 - 0.5 / 0.42 * cos(turn) + 0.08 / 0.42 * cos(2 * turn)
      case .flattop:
        return 1 - 1.93 * cos(turn) + 1.29 * cos(2 * turn) - 0.388 * cos(3 * turn) + 0.032 * cos(4 * turn)
      case .gaussian:
        let distance = order * (turn / .pi - 1)
        return 0.83 * order * exp(-0.5 * distance * distance)
      }
    }
  }

  /// How many numbers are transformed: the power of two that holds `count`, the rest being zeros.
  static func length(for count: Int) -> Int {
    var length = 1
    while length < count { length *= 2 }
    return length
  }

  /// The amplitudes of the first half of the frequencies, i/(length h) for points h apart: a sine that fits has its own, a
  /// mean twice its own, as in ngspice.
  static func amplitudes(_ values: [Double]) -> (real: [Double], imaginary: [Double]) {
    let length = length(for: values.count)
    var (re, im) = (values + Array(repeating: 0, count: length - values.count), Array(repeating: 0.0, count: length))
    transform(&re, &im)
    let scale = 2 / Double(max(length, 2))
    return (re.prefix(length / 2 + 1).map { $0 * scale }, im.prefix(length / 2 + 1).map { $0 * scale })
  }

  /// All terms of the series of complex numbers, zeros behind them up to a power of two, divided by their count.
  static func series(_ vector: ScriptVector) -> ScriptVector {
    let length = length(for: vector.count)
    let padding = Array(repeating: 0.0, count: length - vector.count)
    var re = vector.real + padding
    var im = vector.isComplex ? vector.imaginary + padding : Array(repeating: 0, count: length)
    transform(&re, &im)
    let scale = 1 / Double(max(length, 1))
    return ScriptVector(re.map { $0 * scale }, imaginary: im.map { $0 * scale })
  }

  /// What `series` makes the terms of; of other counts than powers of two the sum of the terms with zeros behind them, in
  /// ngspice's measure.
  static func inverse(_ terms: ScriptVector) -> ScriptVector {
    // The conjugate's series, conjugated, is the sum.
    let conjugate = ScriptVector(terms.real, imaginary: terms.isComplex ? terms.imaginary.map { -$0 } : [])
    let sum = series(conjugate)
    let scale = Double(terms.count)
    return ScriptVector(
      sum.real.prefix(terms.count).map { $0 * scale }, imaginary: sum.imaginary.prefix(terms.count).map { -$0 * scale })
  }

  /// Cooley and Tukey's, in place, for a power of two.
  private static func transform(_ re: inout [Double], _ im: inout [Double]) {
    let count = re.count
    var reversed = 0
    for index in 1..<max(count, 1) {
      var bit = count / 2
      while reversed & bit != 0 {
        reversed ^= bit
        bit /= 2
      }
      reversed |= bit
      if index < reversed {
        re.swapAt(index, reversed)
        im.swapAt(index, reversed)
      }
    }
    var span = 1
    while span < count {
      for offset in 0..<span {
        let angle = -Double.pi * Double(offset) / Double(span)
        let (c, s) = (cos(angle), sin(angle))
        for first in stride(from: offset, to: count, by: 2 * span) {
          let second = first + span
          let (x, y) = (re[second] * c - im[second] * s, re[second] * s + im[second] * c)
          (re[second], im[second]) = (re[first] - x, im[first] - y)
          re[first] += x
          im[first] += y
        }
      }
      span *= 2
    }
  }
}
